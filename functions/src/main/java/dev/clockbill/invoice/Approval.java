package dev.clockbill.invoice;

import dev.clockbill.firm.Customer;
import dev.clockbill.firm.FirmSettings;
import dev.clockbill.invoice.Invoice.Party;
import dev.clockbill.shared.Due;
import dev.clockbill.shared.Item;
import dev.clockbill.shared.Ledger;
import dev.clockbill.shared.Problem;
import dev.clockbill.shared.Time;
import dev.clockbill.shared.Write;
import dev.clockbill.timer.TimeEntry;
import dev.clockbill.timer.Timer;
import dev.clockbill.timer.TimerStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What Send has to know of a draft, as read together, and what it then writes.
 *
 * @param running a timer of the firm that runs for the draft's customer
 * @param openDraft whether the draft is the one that the customer's stops are appended to
 */
record Approval(
    Invoice draft,
    FirmSettings settings,
    Party customer,
    List<TimeEntry> time,
    Optional<Timer> running,
    boolean openDraft) {

  /**
   * Reads it, as the last writes left it. Time that was deleted since the draft was read is left
   * out: the draft is another one by then, and what is written of this one refused.
   */
  static Approval read(Ledger ledger, String firm, Invoice draft) {
    String customerId = draft.customer().customerId();
    String openKey = OpenDraft.key(customerId);
    List<String> timeKeys = draft.timeEntryIds().stream().map(TimeEntry::key).toList();
    List<String> keys = new ArrayList<>(timeKeys);
    keys.addAll(List.of(FirmSettings.KEY, Customer.key(customerId), openKey));
    Map<String, Item> read = ledger.get(firm, keys);
    return new Approval(
        draft,
        FirmSettings.of(read.get(FirmSettings.KEY)),
        Party.of(Customer.of(read.get(Customer.key(customerId)))),
        timeKeys.stream().map(read::get).filter(Objects::nonNull).map(TimeEntry::of).toList(),
        running(ledger, firm, customerId),
        OpenDraft.is(read.get(openKey), draft));
  }

  /** The same of a draft that is being made of one entry's time. */
  static Approval ofNew(Ledger ledger, FirmSettings settings, Invoice draft, TimeEntry entry) {
    return new Approval(
        draft,
        settings,
        draft.customer(),
        List.of(entry),
        running(ledger, settings.firmId(), draft.customer().customerId()),
        false);
  }

  private static Optional<Timer> running(Ledger ledger, String firm, String customerId) {
    return new TimerStore(ledger)
        .all(firm).stream().filter(timer -> timer.customerId().equals(customerId)).findFirst();
  }

  /**
   * Refuses what may not be sent.
   *
   * @throws Problem 409 {@code nothing-to-bill}, {@code time-unconfirmed}, {@code timer-running} or
   *     {@code payments-setup-incomplete}
   */
  void check() {
    refusal()
        .ifPresent(
            refused -> {
              throw refused;
            });
  }

  /** Why it may not be sent, if it may not. */
  Optional<Problem> refusal() {
    List<String> unconfirmed =
        time.stream().filter(TimeEntry::needsConfirmation).map(TimeEntry::timeEntryId).toList();
    Problem problem = null;
    if (draft.lines().isEmpty()) {
      problem =
          refused("nothing-to-bill", "This draft has no lines. Add one, or delete the draft.");
    } else if (draft.total() < 0) {
      problem =
          refused(
              "nothing-to-bill", "The total is below zero. Lower what is taken off, then send it.");
    } else if (!unconfirmed.isEmpty()) {
      problem =
          refused(
                  "time-unconfirmed",
                  "A timer of this draft ran very long. Confirm or correct its time, then send it.")
              .with("timeEntryIds", unconfirmed);
    } else if (running.isPresent()) {
      problem =
          refused(
                  "timer-running",
                  "A timer is running for this customer. Stop or discard it, then send the"
                      + " invoice.")
              .with("running", running.get().json(Time.now()));
    } else if (!settings.payments().ready()) {
      problem =
          refused(
              "payments-setup-incomplete",
              "The firm cannot take payments yet. Finish the payments setup under Settings first.");
    }
    return Optional.ofNullable(problem);
  }

  /** Freezes the draft and its time, as they were read, and queues its mail. */
  List<Write> writes(String who) {
    String firm = settings.firmId();
    List<Write> writes = new ArrayList<>();
    writes.add(
        frozen(InvoiceStore.changed(firm, draft)).ifEquals("state", InvoiceState.DRAFT.word()));
    time.forEach(entry -> writes.add(TimeOnInvoice.billed(firm, entry, draft.invoiceId())));
    if (openDraft) {
      writes.add(OpenDraft.closed(firm, draft));
    }
    writes.add(approved(who));
    return writes;
  }

  /** Adds to the write of the draft that it is frozen, and its mail queued. */
  Write frozen(Write write) {
    Instant now = Time.now();
    InvoiceStore.state(write, settings.firmId(), InvoiceState.SENDING);
    InvoiceStore.customer(write, customer);
    InvoiceStore.delivery(write, "queued", now);
    Due.at(write, Due.Queue.PUSHES, draft.invoiceId(), now.plus(Due.PATIENCE));
    return write.set("mails", 1L);
  }

  /** Notes it in the history. */
  Write approved(String who) {
    return Happening.now(settings.firmId(), draft.invoiceId(), who, "Approved for sending");
  }

  private static Problem refused(String word, String detail) {
    return Problem.of(409, word, detail);
  }
}
