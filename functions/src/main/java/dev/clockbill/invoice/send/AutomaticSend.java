package dev.clockbill.invoice.send;

import dev.clockbill.firm.Customer;
import dev.clockbill.firm.FirmSettings;
import dev.clockbill.http.Problem;
import dev.clockbill.invoice.HistoryEvent;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceState;
import dev.clockbill.invoice.mail.InvoiceNotice;
import dev.clockbill.invoice.mail.OwnerNotices;
import dev.clockbill.table.Table;
import dev.clockbill.table.Write;
import dev.clockbill.timer.TimeEntry;
import java.util.List;
import java.util.Optional;

/**
 * Sends drafts as they are made, where the firm or the customer wants it. What Send would refuse
 * waits as a draft, and the owner is told.
 */
public final class AutomaticSend {
  private final Table table;

  public AutomaticSend(Table table) {
    this.table = table;
  }

  /** Whether time of a customer is sent by itself. */
  public static boolean wanted(FirmSettings firm, Customer customer) {
    return firm.invoicing().sendAutomatically() || customer.sendAutomatically();
  }

  /**
   * What becomes of a draft that is being made.
   *
   * @param state sending, or draft where it waits
   * @param more writes of the transaction that makes it
   */
  public record Fate(InvoiceState state, List<Write> more) {
    /** Whether the owner is to be told. */
    public boolean waits() {
      return state == InvoiceState.DRAFT;
    }
  }

  /**
   * Decides on a draft of one entry's time.
   *
   * @param made the write that makes it, to which is added what follows
   */
  public Fate decide(FirmSettings firm, Invoice draft, TimeEntry entry, Write made) {
    Approval approval = Approval.ofNew(table, firm, draft, entry);
    Optional<Problem> refusal = approval.refusal();
    if (refusal.isPresent()) {
      String why = refusal.get().getMessage();
      return new Fate(
          InvoiceState.DRAFT,
          List.of(
              OwnerNotices.queuedWithNew(
                  firm.firmId(), draft, made, InvoiceNotice.WAITS_FOR_SEND, why),
              HistoryEvent.now(
                  firm.firmId(), draft.invoiceId(), HistoryEvent.CLOCKBILL, "Not sent: " + why)));
    }
    approval.frozen(made);
    return new Fate(InvoiceState.SENDING, List.of(approval.approved(HistoryEvent.CLOCKBILL)));
  }
}
