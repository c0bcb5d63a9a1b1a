package dev.clockbill.invoice.draft;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.clockbill.firm.Customer;
import dev.clockbill.firm.CustomerItem;
import dev.clockbill.firm.FirmItem;
import dev.clockbill.firm.FirmSettings;
import dev.clockbill.firm.FirmSettings.OnStop;
import dev.clockbill.invoice.HistoryEvent;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.Invoice.Party;
import dev.clockbill.invoice.InvoiceItem;
import dev.clockbill.invoice.InvoiceStore;
import dev.clockbill.invoice.Line;
import dev.clockbill.invoice.OpenDraft;
import dev.clockbill.invoice.mail.OwnerNotices;
import dev.clockbill.invoice.send.AutomaticSend;
import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Json;
import dev.clockbill.shared.Time;
import dev.clockbill.table.DueQueue;
import dev.clockbill.table.Index;
import dev.clockbill.table.Item;
import dev.clockbill.table.Retry;
import dev.clockbill.table.Table;
import dev.clockbill.table.Write;
import dev.clockbill.timer.InvoicedTime;
import dev.clockbill.timer.TimeEntry;
import dev.clockbill.timer.TimeEntry.State;
import dev.clockbill.timer.TimeEntryItem;
import dev.clockbill.timer.TimeEntryStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Workflow: makes a draft of logged time, or adds the time to the customer's open draft; sends it
 * at once where the firm or the customer wants that.
 */
public final class DraftInvoice implements RequestStreamHandler {
  private static final int TRIES = 10;

  private final Table table;
  private final TimeEntryStore time;
  private final AutomaticSend sending;
  private final OwnerNotices notices;

  /** Wired from the process's environment. */
  public DraftInvoice() {
    this(System.getenv());
  }

  /** Wired from these variables. */
  public DraftInvoice(Map<String, String> environment) {
    Environment variables = new Environment(environment);
    this.table = new Table(variables);
    this.time = new TimeEntryStore(table);
    this.sending = new AutomaticSend(table);
    this.notices = new OwnerNotices(table, variables);
  }

  /**
   * Takes {@code {"firmId", "timeEntryId", "execution"}} and answers {@code {"invoiceId", "state",
   * "ownDraft"}}: whether the invoice is driven by this execution. Time that is gone, or waits for
   * a person, answers the state {@code none}.
   */
  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    Map<String, Object> payload = Json.read(input);
    Map<String, Object> answer =
        Retry.onConflict(
            TRIES,
            () ->
                draft(
                    Json.text(payload, "firmId"),
                    Json.text(payload, "timeEntryId"),
                    Json.text(payload, "execution")));
    output.write(Json.write(answer).getBytes(StandardCharsets.UTF_8));
  }

  private Map<String, Object> draft(String firm, String timeEntryId, String execution) {
    Optional<Item> item = table.get(firm, TimeEntryItem.key(timeEntryId));
    Optional<TimeEntry> entry = item.map(TimeEntryItem::of);
    if (entry.map(TimeEntry::invoiceId).isPresent()) {
      return found(firm, entry.get().invoiceId(), execution);
    }
    boolean waits = item.map(found -> found.has(Index.DUE.partition())).orElse(false);
    return waits ? draft(firm, entry.get(), execution) : answer("", "none", false);
  }

  /** Time that was drafted before, by this step or by a person. */
  private Map<String, Object> found(String firm, String invoiceId, String execution) {
    return table
        .get(firm, InvoiceItem.key(invoiceId))
        .map(InvoiceItem::of)
        .map(
            invoice ->
                answer(invoiceId, invoice.state().word(), execution.equals(invoice.execution())))
        .orElseGet(() -> answer("", "none", false));
  }

  private Map<String, Object> draft(String firm, TimeEntry entry, String execution) {
    String openKey = OpenDraft.key(entry.customerId());
    String customerKey = CustomerItem.key(entry.customerId());
    Map<String, Item> read = table.get(firm, List.of(FirmItem.KEY, customerKey, openKey));
    FirmSettings settings = FirmItem.of(read.get(FirmItem.KEY));
    String openId = read.containsKey(openKey) ? read.get(openKey).text("invoiceId") : null;
    Customer customer = CustomerItem.of(read.get(customerKey));
    boolean sends = AutomaticSend.wanted(settings, customer);
    boolean appends = !sends && settings.invoicing().onStop() == OnStop.APPEND_TO_DRAFT;
    if (appends && openId != null) {
      Optional<Invoice> open = table.get(firm, InvoiceItem.key(openId)).map(InvoiceItem::of);
      if (open.isPresent() && DraftRules.takes(open.get(), entry)) {
        return append(firm, open.get(), entry);
      }
    }
    Invoice made =
        DraftRules.opened(
            settings,
            Party.of(customer),
            entry.currency(),
            List.of(Line.ofTime(entry)),
            execution,
            Invoice.Links.NONE);
    List<Write> writes = new ArrayList<>();
    if (appends) {
      writes.add(nowOpen(firm, openKey, openId, made));
    }
    return sends ? send(settings, made, entry) : open(firm, made, entry, writes);
  }

  private Map<String, Object> append(String firm, Invoice draft, TimeEntry entry) {
    table.write(
        List.of(
            drafted(firm, entry, draft.invoiceId()),
            InvoiceStore.edited(firm, draft, DraftRules.appended(draft, entry)),
            HistoryEvent.now(
                firm, draft.invoiceId(), HistoryEvent.CLOCKBILL, "Time added: " + what(entry))));
    return answer(draft.invoiceId(), draft.state().word(), false);
  }

  private Map<String, Object> open(String firm, Invoice made, TimeEntry entry, List<Write> writes) {
    writes.add(drafted(firm, entry, made.invoiceId()));
    writes.add(InvoiceStore.made(firm, made, Time.now().plus(DueQueue.PATIENCE)));
    writes.add(history(firm, made, entry));
    table.write(writes);
    return answer(made.invoiceId(), made.state().word(), true);
  }

  private Map<String, Object> send(FirmSettings settings, Invoice draft, TimeEntry entry) {
    String firm = settings.firmId();
    Write made = InvoiceStore.made(firm, draft, Time.now().plus(DueQueue.PATIENCE));
    Write history = history(firm, draft, entry);
    AutomaticSend.Fate fate = sending.decide(settings, draft, entry, made);
    State taken = fate.waits() ? State.DRAFTED : State.BILLED;
    List<Write> writes = new ArrayList<>(fate.more());
    writes.add(taken(firm, entry, draft.invoiceId(), taken));
    writes.add(made);
    writes.add(history);
    table.write(writes);
    if (fate.waits()) {
      notices.tryToBegin(firm, draft);
    }
    return answer(draft.invoiceId(), fate.state().word(), true);
  }

  private static Write history(String firm, Invoice made, TimeEntry entry) {
    return HistoryEvent.now(
        firm, made.invoiceId(), HistoryEvent.CLOCKBILL, "Draft made of time: " + what(entry));
  }

  private Write drafted(String firm, TimeEntry entry, String invoiceId) {
    return taken(firm, entry, invoiceId, State.DRAFTED);
  }

  /** Drafting finds out what other time of the same person it overlaps. */
  private Write taken(String firm, TimeEntry entry, String invoiceId, State state) {
    return InvoicedTime.taken(firm, entry, invoiceId, state)
        .set("overlaps", time.overlaps(firm, entry));
  }

  private static Write nowOpen(String firm, String openKey, String openBefore, Invoice made) {
    return Write.upsert(firm, openKey)
        .set("invoiceId", made.invoiceId())
        .ifEquals("invoiceId", openBefore);
  }

  private static String what(TimeEntry entry) {
    return entry.serviceName() + ", " + entry.staffName();
  }

  private static Map<String, Object> answer(String invoiceId, String state, boolean ownDraft) {
    return Json.object("invoiceId", invoiceId, "state", state, "ownDraft", ownDraft);
  }
}
