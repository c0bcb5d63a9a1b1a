package dev.clockbill.invoice;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.clockbill.firm.Customer;
import dev.clockbill.firm.FirmSettings;
import dev.clockbill.firm.FirmSettings.OnStop;
import dev.clockbill.invoice.Invoice.Party;
import dev.clockbill.shared.Again;
import dev.clockbill.shared.Due;
import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Index;
import dev.clockbill.shared.Item;
import dev.clockbill.shared.Json;
import dev.clockbill.shared.Ledger;
import dev.clockbill.shared.Time;
import dev.clockbill.shared.Write;
import dev.clockbill.timer.TimeEntry;
import dev.clockbill.timer.TimeEntry.State;
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

  private final Ledger ledger;
  private final TimeEntryStore time;
  private final AutomaticSending sending;
  private final Notices notices;

  /** Wired from the process's environment. */
  public DraftInvoice() {
    this(System.getenv());
  }

  /** Wired from these variables. */
  public DraftInvoice(Map<String, String> environment) {
    Environment variables = new Environment(environment);
    this.ledger = new Ledger(variables);
    this.time = new TimeEntryStore(ledger);
    this.sending = new AutomaticSending(ledger);
    this.notices = new Notices(ledger, variables);
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
        Again.ifOvertaken(
            TRIES,
            () ->
                draft(
                    Json.text(payload, "firmId"),
                    Json.text(payload, "timeEntryId"),
                    Json.text(payload, "execution")));
    output.write(Json.write(answer).getBytes(StandardCharsets.UTF_8));
  }

  private Map<String, Object> draft(String firm, String timeEntryId, String execution) {
    Optional<Item> item = ledger.get(firm, TimeEntry.key(timeEntryId));
    Optional<TimeEntry> entry = item.map(TimeEntry::of);
    if (entry.map(TimeEntry::invoiceId).isPresent()) {
      return found(firm, entry.get().invoiceId(), execution);
    }
    boolean waits = item.map(found -> found.has(Index.DUE.partition())).orElse(false);
    return waits ? draft(firm, entry.get(), execution) : answer("", "none", false);
  }

  /** Time that was drafted before, by this step or by a person. */
  private Map<String, Object> found(String firm, String invoiceId, String execution) {
    return ledger
        .get(firm, Invoice.key(invoiceId))
        .map(Invoice::of)
        .map(
            invoice ->
                answer(invoiceId, invoice.state().word(), execution.equals(invoice.execution())))
        .orElseGet(() -> answer("", "none", false));
  }

  private Map<String, Object> draft(String firm, TimeEntry entry, String execution) {
    String openKey = OpenDraft.key(entry.customerId());
    String customerKey = Customer.key(entry.customerId());
    Map<String, Item> read = ledger.get(firm, List.of(FirmSettings.KEY, customerKey, openKey));
    FirmSettings settings = FirmSettings.of(read.get(FirmSettings.KEY));
    String openId = read.containsKey(openKey) ? read.get(openKey).text("invoiceId") : null;
    Customer customer = Customer.of(read.get(customerKey));
    boolean sends = AutomaticSending.wanted(settings, customer);
    boolean appends = !sends && settings.invoicing().onStop() == OnStop.APPEND_TO_DRAFT;
    if (appends && openId != null) {
      Optional<Invoice> open = ledger.get(firm, Invoice.key(openId)).map(Invoice::of);
      if (open.isPresent() && Drafts.takes(open.get(), entry)) {
        return append(firm, open.get(), entry);
      }
    }
    Invoice made =
        Drafts.opened(
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
    ledger.write(
        List.of(
            drafted(firm, entry, draft.invoiceId()),
            InvoiceStore.edited(firm, draft, Drafts.appended(draft, entry)),
            Happening.now(
                firm, draft.invoiceId(), Happening.CLOCKBILL, "Time added: " + what(entry))));
    return answer(draft.invoiceId(), draft.state().word(), false);
  }

  private Map<String, Object> open(String firm, Invoice made, TimeEntry entry, List<Write> writes) {
    writes.add(drafted(firm, entry, made.invoiceId()));
    writes.add(InvoiceStore.made(firm, made, Time.now().plus(Due.PATIENCE)));
    writes.add(history(firm, made, entry));
    ledger.write(writes);
    return answer(made.invoiceId(), made.state().word(), true);
  }

  private Map<String, Object> send(FirmSettings settings, Invoice draft, TimeEntry entry) {
    String firm = settings.firmId();
    Write made = InvoiceStore.made(firm, draft, Time.now().plus(Due.PATIENCE));
    Write history = history(firm, draft, entry);
    AutomaticSending.Fate fate = sending.decide(settings, draft, entry, made);
    State taken = fate.waits() ? State.DRAFTED : State.BILLED;
    List<Write> writes = new ArrayList<>(fate.more());
    writes.add(taken(firm, entry, draft.invoiceId(), taken));
    writes.add(made);
    writes.add(history);
    ledger.write(writes);
    if (fate.waits()) {
      notices.tryToBegin(firm, draft);
    }
    return answer(draft.invoiceId(), fate.state().word(), true);
  }

  private static Write history(String firm, Invoice made, TimeEntry entry) {
    return Happening.now(
        firm, made.invoiceId(), Happening.CLOCKBILL, "Draft made of time: " + what(entry));
  }

  private Write drafted(String firm, TimeEntry entry, String invoiceId) {
    return taken(firm, entry, invoiceId, State.DRAFTED);
  }

  /** Drafting finds out what other time of the same person it overlaps. */
  private Write taken(String firm, TimeEntry entry, String invoiceId, State state) {
    return TimeOnInvoice.taken(firm, entry, invoiceId, state)
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
