package dev.clockbill.invoice.draft;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.clockbill.firm.Customer;
import dev.clockbill.firm.CustomerItem;
import dev.clockbill.firm.FirmItem;
import dev.clockbill.firm.FirmSettings;
import dev.clockbill.invoice.HistoryEvent;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.Invoice.Party;
import dev.clockbill.invoice.InvoiceChange;
import dev.clockbill.invoice.InvoiceItem;
import dev.clockbill.invoice.InvoiceState;
import dev.clockbill.invoice.Line;
import dev.clockbill.invoice.OpenDraft;
import dev.clockbill.invoice.mail.OwnerNotices;
import dev.clockbill.invoice.send.AutomaticSend;
import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Json;
import dev.clockbill.table.DueQueue;
import dev.clockbill.table.Item;
import dev.clockbill.table.Retry;
import dev.clockbill.table.Table;
import dev.clockbill.table.UnitOfWork;
import dev.clockbill.timer.TimeEntry;
import dev.clockbill.timer.TimeEntry.State;
import dev.clockbill.timer.TimeEntryItem;
import dev.clockbill.timer.TimeEntryStore;
import dev.clockbill.workflow.Step;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Workflow: makes a draft of logged time, or appends the time to the customer's open draft; sends
 * the new draft at once where the firm or the customer is set up for that.
 */
public final class DraftInvoice implements RequestStreamHandler {
  private static final int TRIES = 10;

  private static final Map<String, Object> NOTHING_DRAFTED =
      Json.object("invoiceId", "", "state", "none", "ownDraft", false);

  private final Table table;
  private final TimeEntryStore time;
  private final OpenDraftTime open;
  private final AutomaticSend sending;

  /** Wired from the process's environment. */
  public DraftInvoice() {
    this(System.getenv());
  }

  /** Wired from these variables. */
  public DraftInvoice(Map<String, String> variables) {
    Environment environment = new Environment(variables);
    this.table = new Table(environment);
    this.time = new TimeEntryStore(table);
    this.open = new OpenDraftTime(table);
    this.sending = new AutomaticSend(table, new OwnerNotices(table, environment));
  }

  /**
   * Takes {@code {"firmId", "timeEntryId", "execution"}} and answers {@code {"invoiceId", "state",
   * "ownDraft"}}: whether the invoice is driven by this execution. For time that was deleted, or
   * waits for a person, the state is {@code none}.
   */
  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    Step.answer(input, output, this::draft);
  }

  private Map<String, Object> draft(Map<String, Object> payload) {
    String firm = Json.text(payload, "firmId");
    String timeEntryId = Json.text(payload, "timeEntryId");
    String execution = Json.text(payload, "execution");
    return Retry.onConflict(TRIES, () -> draft(firm, timeEntryId, execution));
  }

  private Map<String, Object> draft(String firm, String timeEntryId, String execution) {
    Optional<Item> item = table.get(firm, TimeEntryItem.key(timeEntryId));
    Optional<TimeEntry> entry = item.map(TimeEntryItem::of);
    Optional<String> invoiceId = entry.map(TimeEntry::invoiceId);
    if (invoiceId.isPresent()) {
      return draftedBefore(firm, invoiceId.get(), execution);
    }
    boolean waits = item.filter(DueQueue::holds).isPresent();
    return waits ? draft(firm, entry.get(), execution) : NOTHING_DRAFTED;
  }

  /** Time that was drafted before, by this step or by a person. */
  private Map<String, Object> draftedBefore(String firm, String invoiceId, String execution) {
    return table
        .get(firm, InvoiceItem.key(invoiceId))
        .map(InvoiceItem::of)
        .map(found -> answer(found, found.state(), execution.equals(found.execution())))
        .orElse(NOTHING_DRAFTED);
  }

  private Map<String, Object> draft(String firmId, TimeEntry entry, String execution) {
    String openKey = OpenDraft.key(entry.customerId());
    String customerKey = CustomerItem.key(entry.customerId());
    Map<String, Item> read = table.get(firmId, List.of(FirmItem.KEY, customerKey, openKey));
    FirmSettings firm = FirmItem.of(read.get(FirmItem.KEY));
    Customer customer = CustomerItem.of(read.get(customerKey));
    String openId = OpenDraft.id(read.get(openKey));
    Invoice draft =
        DraftRules.opened(
            firm,
            Party.of(customer),
            entry.currency(),
            List.of(Line.ofTime(entry)),
            execution,
            Invoice.Links.NONE);
    if (customer.sentAutomatically(firm)) {
      return makeAndSend(firm, customer, draft, entry);
    }
    return switch (firm.invoicing().onStop()) {
      // Where the firm collects, this customer's time is billed as it stops, or was when it did.
      case NEW_DRAFT, COLLECT -> make(table.begin(firmId), draft, entry);
      case APPEND_TO_DRAFT ->
          open.added(firmId, openId, entry)
              .map(draftBefore -> answer(draftBefore, draftBefore.state(), false))
              .orElseGet(() -> makeOpen(firmId, draft, openId, entry));
    };
  }

  /** Makes a draft to which the customer's next time is appended. */
  private Map<String, Object> makeOpen(
      String firm, Invoice draft, String openBefore, TimeEntry entry) {
    return make(table.begin(firm).add(OpenDraft.opened(firm, draft, openBefore)), draft, entry);
  }

  private Map<String, Object> make(UnitOfWork work, Invoice draft, TimeEntry entry) {
    making(work, draft, entry);
    work.add(time.taken(work.firm(), entry, draft.invoiceId(), State.DRAFTED)).commit();
    return answer(draft, draft.state(), true);
  }

  private Map<String, Object> makeAndSend(
      FirmSettings firm, Customer customer, Invoice draft, TimeEntry entry) {
    UnitOfWork work = table.begin(firm.firmId());
    InvoiceState state = sending.send(making(work, draft, entry), firm, customer, entry);
    State after = state.frozen() ? State.BILLED : State.DRAFTED;
    work.add(time.taken(work.firm(), entry, draft.invoiceId(), after)).commit();
    return answer(draft, state, true);
  }

  private static InvoiceChange making(UnitOfWork work, Invoice draft, TimeEntry entry) {
    return InvoiceChange.making(work, draft)
        .history(HistoryEvent.CLOCKBILL, "Draft created from time: " + DraftRules.words(entry));
  }

  private static Map<String, Object> answer(Invoice invoice, InvoiceState state, boolean own) {
    return Json.object("invoiceId", invoice.invoiceId(), "state", state.word(), "ownDraft", own);
  }
}
