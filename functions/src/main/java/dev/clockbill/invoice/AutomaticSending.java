package dev.clockbill.invoice;

import dev.clockbill.firm.Customer;
import dev.clockbill.firm.FirmSettings;
import dev.clockbill.shared.Ledger;
import dev.clockbill.shared.Problem;
import dev.clockbill.shared.Write;
import dev.clockbill.timer.TimeEntry;
import java.util.List;
import java.util.Optional;

/**
 * Sends drafts as they are made, where the firm or the customer wants it. What Send would refuse
 * waits as a draft, and the owner is told.
 */
final class AutomaticSending {
  private final Ledger ledger;

  AutomaticSending(Ledger ledger) {
    this.ledger = ledger;
  }

  /** Whether time of a customer is sent by itself. */
  static boolean wanted(FirmSettings firm, Customer customer) {
    return firm.invoicing().sendAutomatically() || customer.sendAutomatically();
  }

  /**
   * What becomes of a draft that is being made.
   *
   * @param state sending, or draft where it waits
   * @param more writes of the transaction that makes it
   */
  record Fate(InvoiceState state, List<Write> more) {
    /** Whether the owner is to be told. */
    boolean waits() {
      return state == InvoiceState.DRAFT;
    }
  }

  /**
   * Decides on a draft of one entry's time.
   *
   * @param made the write that makes it, to which is added what follows
   */
  Fate decide(FirmSettings firm, Invoice draft, TimeEntry entry, Write made) {
    Approval approval = Approval.ofNew(ledger, firm, draft, entry);
    Optional<Problem> refusal = approval.refusal();
    if (refusal.isPresent()) {
      String why = refusal.get().getMessage();
      return new Fate(
          InvoiceState.DRAFT,
          List.of(
              Notices.queuedWithNew(firm.firmId(), draft, made, News.WAITS_FOR_SEND, why),
              Happening.now(
                  firm.firmId(), draft.invoiceId(), Happening.CLOCKBILL, "Not sent: " + why)));
    }
    approval.frozen(made);
    return new Fate(InvoiceState.SENDING, List.of(approval.approved(Happening.CLOCKBILL)));
  }
}
