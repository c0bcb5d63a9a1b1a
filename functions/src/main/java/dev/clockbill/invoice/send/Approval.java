package dev.clockbill.invoice.send;

import dev.clockbill.firm.CustomerItem;
import dev.clockbill.firm.FirmItem;
import dev.clockbill.firm.FirmSettings;
import dev.clockbill.http.Problem;
import dev.clockbill.invoice.DeliveryStatus;
import dev.clockbill.invoice.HistoryEvent;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.Invoice.Party;
import dev.clockbill.invoice.InvoiceState;
import dev.clockbill.invoice.InvoiceStore;
import dev.clockbill.invoice.OpenDraft;
import dev.clockbill.shared.Time;
import dev.clockbill.table.DueQueue;
import dev.clockbill.table.Item;
import dev.clockbill.table.Table;
import dev.clockbill.table.Write;
import dev.clockbill.timer.InvoicedTime;
import dev.clockbill.timer.TimeEntry;
import dev.clockbill.timer.TimeEntryItem;
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
  static Approval read(Table table, String firm, Invoice draft) {
    String customerId = draft.customer().customerId();
    String openKey = OpenDraft.key(customerId);
    List<String> timeKeys = draft.timeEntryIds().stream().map(TimeEntryItem::key).toList();
    List<String> keys = new ArrayList<>(timeKeys);
    keys.addAll(List.of(FirmItem.KEY, CustomerItem.key(customerId), openKey));
    Map<String, Item> read = table.get(firm, keys);
    return new Approval(
        draft,
        FirmItem.of(read.get(FirmItem.KEY)),
        Party.of(CustomerItem.of(read.get(CustomerItem.key(customerId)))),
        timeKeys.stream().map(read::get).filter(Objects::nonNull).map(TimeEntryItem::of).toList(),
        running(table, firm, customerId),
        OpenDraft.is(read.get(openKey), draft));
  }

  /** The same of a draft that is being made of one entry's time. */
  static Approval ofNew(Table table, FirmSettings settings, Invoice draft, TimeEntry entry) {
    return new Approval(
        draft,
        settings,
        draft.customer(),
        List.of(entry),
        running(table, settings.firmId(), draft.customer().customerId()),
        false);
  }

  private static Optional<Timer> running(Table table, String firm, String customerId) {
    return new TimerStore(table)
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
    time.forEach(entry -> writes.add(InvoicedTime.billed(firm, entry, draft.invoiceId())));
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
    InvoiceStore.delivery(write, DeliveryStatus.QUEUED, now);
    write.due(DueQueue.PUSHES, draft.invoiceId(), now.plus(DueQueue.PATIENCE));
    return write.set("mails", 1L);
  }

  /** Notes it in the history. */
  Write approved(String who) {
    return HistoryEvent.now(settings.firmId(), draft.invoiceId(), who, "Approved for sending");
  }

  private static Problem refused(String word, String detail) {
    return Problem.of(409, word, detail);
  }
}
