package dev.clockbill.invoice.send;

import dev.clockbill.firm.Contact.Gets;
import dev.clockbill.firm.Customer;
import dev.clockbill.firm.CustomerItem;
import dev.clockbill.firm.FirmItem;
import dev.clockbill.firm.FirmSettings;
import dev.clockbill.http.Problem;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.Invoice.Party;
import dev.clockbill.invoice.InvoiceChange;
import dev.clockbill.invoice.InvoiceState;
import dev.clockbill.invoice.OpenDraft;
import dev.clockbill.invoice.mail.AddressedLetter;
import dev.clockbill.invoice.mail.Letter;
import dev.clockbill.invoice.mail.Recipients;
import dev.clockbill.shared.Time;
import dev.clockbill.table.Item;
import dev.clockbill.table.Table;
import dev.clockbill.table.UnitOfWork;
import dev.clockbill.timer.InvoicedTime;
import dev.clockbill.timer.TimeEntry;
import dev.clockbill.timer.TimeEntryItem;
import dev.clockbill.timer.Timer;
import dev.clockbill.timer.TimerStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What Send needs to know about a draft, read together: whether it may be sent, and what then
 * changes.
 *
 * @param draft as it is going to be sent: for its customer as they are now, with the taxes that go
 *     with that
 * @param retaxed whether its taxes are others than the draft had, since its customer became exempt
 *     from them or is no longer
 * @param recipients who of them gets invoices
 * @param running a timer that is running for the draft's customer, if there is one
 * @param openDraft whether the customer's stopped time is appended to this draft
 */
record Approval(
    Invoice draft,
    boolean retaxed,
    FirmSettings settings,
    Recipients recipients,
    List<TimeEntry> time,
    Optional<Timer> running,
    boolean openDraft) {

  /**
   * Reads it consistently. Time entries that were deleted after the draft was read are left out:
   * the draft has changed by then, so that approving it fails.
   */
  static Approval read(Table table, String firm, Invoice draft) {
    String customerId = draft.customer().customerId();
    String openKey = OpenDraft.key(customerId);
    List<String> timeKeys = draft.timeEntryIds().stream().map(TimeEntryItem::key).toList();
    List<String> keys = new ArrayList<>(timeKeys);
    keys.addAll(List.of(FirmItem.KEY, CustomerItem.key(customerId), openKey));
    Map<String, Item> read = table.get(firm, keys);
    FirmSettings settings = FirmItem.of(read.get(FirmItem.KEY));
    Customer customer = CustomerItem.of(read.get(CustomerItem.key(customerId)));
    Invoice billed = draft.billedTo(Party.of(customer), settings.invoicing().taxes());
    return new Approval(
        billed,
        !billed.taxes().equals(draft.taxes()),
        settings,
        Recipients.of(customer, Gets.INVOICE),
        timeKeys.stream().map(read::get).filter(Objects::nonNull).map(TimeEntryItem::of).toList(),
        running(table, firm, customerId),
        OpenDraft.is(read.get(openKey), draft));
  }

  /** The same for a draft that is being made of one entry's time. */
  static Approval ofNew(
      Table table, FirmSettings settings, Customer customer, Invoice draft, TimeEntry entry) {
    return new Approval(
        draft,
        false,
        settings,
        Recipients.of(customer, Gets.INVOICE),
        List.of(entry),
        running(table, settings.firmId(), draft.customer().customerId()),
        false);
  }

  private static Optional<Timer> running(Table table, String firm, String customerId) {
    return new TimerStore(table)
        .all(firm).stream().filter(timer -> timer.customerId().equals(customerId)).findFirst();
  }

  /**
   * Refuses a draft that may not be sent.
   *
   * @throws Problem 409 {@code nothing-to-bill}, {@code time-unconfirmed}, {@code timer-running},
   *     {@code due-date-passed} or {@code payments-setup-incomplete}
   */
  void check() {
    refusal()
        .ifPresent(
            refused -> {
              throw refused;
            });
  }

  /** Why it may not be sent; empty if it may. */
  Optional<Problem> refusal() {
    return refusals().stream().findFirst();
  }

  /** Everything for which it may not be sent, what is told first at first. */
  List<Problem> refusals() {
    List<Problem> refusals = new ArrayList<>();
    if (draft.lines().isEmpty()) {
      refusals.add(
          refused("nothing-to-bill", "This draft has no lines. Add one, or delete the draft."));
    } else if (draft.total() < 0) {
      refusals.add(
          refused(
              "nothing-to-bill",
              "The total is below zero. Lower what is taken off, then send it."));
    }
    List<String> unconfirmed =
        time.stream().filter(TimeEntry::needsConfirmation).map(TimeEntry::timeEntryId).toList();
    if (!unconfirmed.isEmpty()) {
      refusals.add(
          refused(
                  "time-unconfirmed",
                  "Some of this draft is unusually long. Confirm or correct its time, then send"
                      + " it.")
              .with("timeEntryIds", unconfirmed));
    }
    running.ifPresent(
        timer ->
            refusals.add(
                refused(
                        "timer-running",
                        "A timer is running for this customer. Stop or discard it, then send the"
                            + " invoice.")
                    .with("running", timer.json(Time.now()))));
    if (draft.dueOn() != null && draft.dueOn().isBefore(settings.day(Time.now()))) {
      refusals.add(
          refused(
              "due-date-passed",
              "The due date of this draft, "
                  + settings.texts().date(draft.dueOn())
                  + ", has passed. Choose a later one, then send it."));
    }
    if (!settings.payments().ready()) {
      refusals.add(
          refused(
              "payments-setup-incomplete",
              "The firm cannot take payments yet. Finish the payments setup under Settings"
                  + " first."));
    }
    return refusals;
  }

  /** Approves the draft, with its time and as the customer's open draft. */
  InvoiceChange approve(UnitOfWork work, InvoicedTime invoiced, String who, Letter letter) {
    invoiced.bill(work, time, draft.invoiceId());
    if (openDraft) {
      work.add(OpenDraft.closed(work.firm(), draft));
    }
    InvoiceChange change =
        retaxed
            ? InvoiceChange.editing(work, draft, draft)
            : InvoiceChange.of(work, draft).onlyIn(InvoiceState.DRAFT);
    return approve(change, who, letter);
  }

  /** Approves a draft that is being made, without a word of anybody's. */
  InvoiceChange approve(InvoiceChange made, String who) {
    return approve(made, who, Letter.NONE);
  }

  /**
   * Approves the draft itself: it is frozen, its customer is as of now, its mail is queued. Where
   * there is nobody to mail it to, it goes on paper.
   */
  private InvoiceChange approve(InvoiceChange change, String who, Letter letter) {
    Party customer = draft.customer();
    change.to(InvoiceState.SENDING).customer(customer).pushLater();
    Optional<AddressedLetter> mail = AddressedLetter.of(recipients, letter);
    if (mail.isEmpty()) {
      return change
          .onPaper()
          .history(who, "Sent on paper: " + customer.name() + " has no email address" + taxes());
    }
    UnitOfWork work = change.work();
    mail.get().ofFirstMail(work.firm(), draft.invoiceId(), customer.email()).ifPresent(work::add);
    return change
        .mailQueued(1, mail.get().recipients())
        .history(who, "Sent to " + mail.get().told() + taxes());
  }

  /** What became of the taxes, where that changed the total. */
  private String taxes() {
    if (!retaxed) {
      return "";
    }
    return draft.customer().taxExempt()
        ? ", without taxes: the customer is tax exempt now"
        : ", with taxes: the customer is no longer tax exempt";
  }

  private static Problem refused(String word, String detail) {
    return Problem.of(409, word, detail);
  }
}
