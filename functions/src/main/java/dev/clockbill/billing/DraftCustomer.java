package dev.clockbill.billing;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.clockbill.firm.CustomerItem;
import dev.clockbill.firm.FirmItem;
import dev.clockbill.firm.FirmSettings;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.Invoice.Party;
import dev.clockbill.invoice.draft.DraftRules;
import dev.clockbill.invoice.draft.GatheredTime;
import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Json;
import dev.clockbill.table.Item;
import dev.clockbill.table.Retry;
import dev.clockbill.table.Table;
import dev.clockbill.table.UnitOfWork;
import dev.clockbill.timer.TimeEntry;
import dev.clockbill.timer.TimeEntryStore;
import dev.clockbill.timer.TimeMoves;
import dev.clockbill.workflow.Step;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Workflow: makes drafts of a part of a billing run, which is time of one customer; one draft for
 * each currency. What somebody else has put on an invoice meanwhile is left out, so that time is
 * drafted once however many runs are asked for. A draft to which stopped time is appended stays as
 * it is: the run's are drafts of their own.
 */
public final class DraftCustomer implements RequestStreamHandler {
  private static final int TRIES = 10;

  private final Table table;
  private final UnbilledTime unbilled;
  private final TimeEntryStore time;
  private final TimeMoves moves;
  private final GatheredTime gathered;

  /** Wired from the process's environment. */
  public DraftCustomer() {
    this(System.getenv());
  }

  /** Wired from these variables. */
  public DraftCustomer(Map<String, String> variables) {
    this.table = new Table(new Environment(variables));
    this.unbilled = new UnbilledTime(table);
    this.time = new TimeEntryStore(table);
    this.moves = new TimeMoves(table);
    this.gathered = new GatheredTime(table);
  }

  /** Takes {@code {"firmId", "runId", "part"}}, and answers nothing. */
  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    Step.take(input, output, this::draft);
  }

  private void draft(Map<String, Object> payload) {
    String firm = Json.text(payload, "firmId");
    String runId = Json.text(payload, "runId");
    long part = Long.parseLong(Json.text(payload, "part"));
    boolean more;
    do {
      more = Retry.onConflict(TRIES, () -> draftNext(firm, runId, part));
    } while (more);
  }

  /**
   * Makes the next draft of a part.
   *
   * @return whether there is another one to be made
   */
  private boolean draftNext(String firm, String runId, long number) {
    Optional<BillingRun> run = table.get(firm, BillingRunItem.key(runId)).map(BillingRunItem::of);
    return run.flatMap(of -> table.get(firm, RunPart.key(runId, of.plan(), number)))
        .map(RunPart::of)
        .filter(part -> !part.done())
        .filter(part -> draftNext(firm, run.get(), part))
        .isPresent();
  }

  private boolean draftNext(String firm, BillingRun run, RunPart part) {
    List<List<TimeEntry>> drafts =
        DraftRules.portions(moves.settled(firm, () -> unbilled(firm, run, part)));
    List<String> left =
        drafts.stream().skip(1).flatMap(List::stream).map(TimeEntry::timeEntryId).toList();
    UnitOfWork work = table.begin(firm).add(part.drafted(firm, left));
    if (!drafts.isEmpty()) {
      make(work, run, part, drafts.getFirst());
    }
    work.commit();
    return !left.isEmpty();
  }

  private List<TimeEntry> unbilled(String firm, BillingRun run, RunPart part) {
    return unbilled
        .read(firm, part.timeEntryIds(), run.upTo())
        .filter(entry -> entry.customerId().equals(part.customerId()))
        .toList();
  }

  private void make(UnitOfWork work, BillingRun run, RunPart part, List<TimeEntry> entries) {
    String firm = work.firm();
    String customerKey = CustomerItem.key(part.customerId());
    Map<String, Item> read = table.get(firm, List.of(FirmItem.KEY, customerKey));
    FirmSettings settings = FirmItem.of(read.get(FirmItem.KEY));
    Party customer = Party.of(CustomerItem.of(read.get(customerKey)));
    Map<String, List<String>> overlaps = time.overlaps(firm, entries);
    Invoice draft =
        gathered.draft(
            work,
            settings,
            customer,
            entries,
            overlaps,
            run.who(),
            "Draft created by a billing run for time up to " + settings.texts().date(run.upTo()));
    work.add(
        RunDraft.of(run.runId(), draft, doubtful(entries), overlapping(entries, overlaps.keySet()))
            .create(firm));
  }

  private static List<String> doubtful(List<TimeEntry> entries) {
    return entries.stream()
        .filter(TimeEntry::needsConfirmation)
        .map(TimeEntry::timeEntryId)
        .toList();
  }

  private static List<String> overlapping(List<TimeEntry> entries, Set<String> found) {
    return entries.stream().map(TimeEntry::timeEntryId).filter(found::contains).toList();
  }
}
