package dev.clockbill.invoice.send;

import dev.clockbill.firm.Customer;
import dev.clockbill.firm.FirmSettings;
import dev.clockbill.http.Problem;
import dev.clockbill.invoice.HistoryEvent;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceChange;
import dev.clockbill.invoice.InvoiceState;
import dev.clockbill.invoice.mail.InvoiceNotice;
import dev.clockbill.invoice.mail.OwnerNotices;
import dev.clockbill.shared.Time;
import dev.clockbill.table.Table;
import dev.clockbill.timer.TimeEntry;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;

/**
 * Sends a draft as soon as it is made, where the firm or the customer is set up for that. A draft
 * that Send would refuse, or whose time is implausible, stays a draft, and the owner gets a notice.
 */
public final class AutomaticSend {
  private final Table table;
  private final OwnerNotices notices;

  /** Reads this table, and queues the notices to the owner. */
  public AutomaticSend(Table table, OwnerNotices notices) {
    this.table = table;
    this.notices = notices;
  }

  /** What a person may well send, but nothing without one. */
  private Optional<String> implausible(FirmSettings firm, Invoice draft, TimeEntry entry) {
    if (entry.longerThanADay()) {
      return Optional.of(
          "This is "
              + String.format(Locale.US, "%,d", entry.measuredSeconds() / 3600)
              + " hours at a stretch. If that is right, send the invoice.");
    }
    LocalDate longAgo = firm.day(Time.now()).minusYears(1);
    return entry.workedOn().isBefore(longAgo)
        ? Optional.of(
            "This was worked more than a year ago. If the date is right, send the invoice.")
        : SendWarning.unusual(table, firm, draft)
            .map(unusual -> unusual.text() + " If the amount is right, send the invoice.")
            .or(
                () ->
                    SendWarning.unprintable(firm, draft)
                        .map(box -> box.text() + " If that is all right, send the invoice."));
  }

  /** What somebody has to print and hand over waits for them. */
  private static Optional<String> onPaper(Approval approval) {
    return approval.recipients().nobody()
        ? Optional.of(
            approval.draft().customer().name()
                + " has no email address, so this invoice goes on paper. Send it from the draft: it"
                + " gets its number, and you print it and hand it over.")
        : Optional.empty();
  }

  /**
   * Approves a draft that is being made of one entry's time, or says in its history why not.
   *
   * @return the state that it is made in: sending, or draft where it waits for a person
   */
  public InvoiceState send(
      InvoiceChange made, FirmSettings firm, Customer customer, TimeEntry entry) {
    Approval approval = Approval.ofNew(table, firm, customer, made.before(), entry);
    Optional<String> refusal =
        approval
            .refusal()
            .map(Problem::getMessage)
            .or(() -> onPaper(approval))
            .or(() -> implausible(firm, made.before(), entry));
    if (refusal.isPresent()) {
      String why = refusal.get();
      notices.add(made, InvoiceNotice.WAITS_FOR_SEND, why);
      made.history(HistoryEvent.CLOCKBILL, "Not sent: " + why);
      return InvoiceState.DRAFT;
    }
    approval.approve(made, HistoryEvent.CLOCKBILL);
    return InvoiceState.SENDING;
  }
}
