package dev.clockbill.billing;

import dev.clockbill.firm.FirmItem;
import dev.clockbill.firm.FirmSettings;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceItem;
import dev.clockbill.invoice.InvoiceState;
import dev.clockbill.invoice.send.Sending;
import dev.clockbill.shared.Json;
import dev.clockbill.table.Item;
import dev.clockbill.table.Table;
import dev.clockbill.timer.TimeEntry;
import dev.clockbill.timer.TimeEntryItem;
import dev.clockbill.timer.Timer;
import dev.clockbill.timer.TimerStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A run as responses show it: its drafts as they are now, with what stands in the way of sending
 * them. Drafts that were deleted or voided since are left out.
 */
final class RunView {
  private static final String OVERLAPS = "overlaps";

  private final Table table;

  RunView(Table table) {
    this.table = table;
  }

  /** A run without its drafts, as lists show it. */
  static Map<String, Object> summary(BillingRun run) {
    return Json.object(
        "runId", run.runId(),
        "state", run.state().word(),
        "upTo", run.upTo().toString(),
        "askedAt", run.askedAt().toString(),
        "askedBy", run.who(),
        "monthly", run.monthly(),
        "complete", run.complete(),
        "count", run.drafts(),
        "totals", amounts(run.totals()));
  }

  /** Minor units by currency, as responses show them. */
  static List<Map<String, Object>> amounts(Map<String, Long> byCurrency) {
    return byCurrency.entrySet().stream()
        .map(each -> Json.object("currency", each.getKey(), "amount", each.getValue()))
        .toList();
  }

  /**
   * A run with its drafts, by the names of customers.
   *
   * @param items everything of the run, its own item first
   */
  Map<String, Object> shown(String firm, List<Item> items) {
    BillingRun run = BillingRunItem.of(items.getFirst());
    List<RunPart> parts =
        items.stream().filter(item -> RunPart.is(item, run)).map(RunPart::of).toList();
    List<RunDraft> drafts = items.stream().filter(RunDraft::is).map(RunDraft::of).toList();
    Map<String, Object> shown = new LinkedHashMap<>(summary(run));
    shown.put("progress", progress(run, parts, drafts, items));
    shown.put("drafts", drafts.isEmpty() ? List.of() : new Drafts(firm, drafts).shown());
    return shown;
  }

  /** How much of what it does now is done. */
  private static Map<String, Object> progress(
      BillingRun run, List<RunPart> parts, List<RunDraft> drafts, List<Item> items) {
    if (run.state() == BillingRun.State.SENDING) {
      Map<String, Long> wanted = run.wanted(n -> chosen(run, items, n));
      long done =
          drafts.stream()
              .filter(draft -> wanted.containsKey(draft.invoiceId()))
              .filter(draft -> draft.send() >= wanted.get(draft.invoiceId()))
              .count();
      return Json.object("done", done, "of", wanted.size());
    }
    long done = parts.stream().filter(RunPart::done).count();
    return Json.object("done", done, "of", parts.size());
  }

  private static List<String> chosen(BillingRun run, List<Item> items, long n) {
    String key = BillingRunItem.chosenKey(run.runId(), n);
    return items.stream()
        .filter(item -> item.key().equals(key))
        .flatMap(item -> BillingRunItem.chosen(item).stream())
        .toList();
  }

  /** The drafts of a run, with what is read for all of them together. */
  private final class Drafts {
    private final List<RunDraft> drafts;
    private final FirmSettings firm;
    private final Map<String, Item> invoices;
    private final Map<String, Item> time;
    private final List<Timer> running;

    Drafts(String firmId, List<RunDraft> drafts) {
      this.drafts = drafts;
      this.firm = FirmItem.read(table, firmId);
      this.invoices =
          read(firmId, drafts.stream().map(draft -> InvoiceItem.key(draft.invoiceId())));
      this.time =
          read(
              firmId,
              drafts.stream()
                  .flatMap(
                      draft ->
                          Stream.concat(draft.doubtful().stream(), draft.overlapping().stream()))
                  .distinct()
                  .map(TimeEntryItem::key));
      this.running = new TimerStore(table).all(firmId);
    }

    private Map<String, Item> read(String firmId, Stream<String> keys) {
      return table.get(firmId, keys.toList());
    }

    List<Map<String, Object>> shown() {
      record Line(RunDraft draft, Invoice invoice) {}
      return drafts.stream()
          .filter(draft -> invoices.containsKey(InvoiceItem.key(draft.invoiceId())))
          .map(
              draft ->
                  new Line(draft, InvoiceItem.of(invoices.get(InvoiceItem.key(draft.invoiceId())))))
          .filter(line -> line.invoice().state() != InvoiceState.VOID)
          .sorted(
              Comparator.<Line, String>comparing(
                      line -> line.draft().customerName(), String.CASE_INSENSITIVE_ORDER)
                  .thenComparing(line -> line.draft().invoiceId()))
          .map(line -> json(line.draft(), line.invoice()))
          .toList();
    }

    private Map<String, Object> json(RunDraft draft, Invoice invoice) {
      boolean sent = invoice.state().frozen();
      RunDraft.Refusal refusal = sent ? null : draft.refusal();
      return Json.object(
          "customerId", draft.customerId(),
          "customerName", draft.customerName(),
          "invoiceId", draft.invoiceId(),
          "number", invoice.number(),
          "total", invoice.total(),
          "currency", invoice.currency(),
          "lines", invoice.lines().size(),
          "problems", sent ? List.of() : problems(draft, invoice),
          "fate", sent ? "sent" : refusal == null ? "waits" : "refused",
          "refusal",
              refusal == null
                  ? null
                  : Json.object("word", refusal.word(), "detail", refusal.detail()));
    }

    /** Why Send would refuse it as it is now; and that some of its time overlaps other time. */
    private List<String> problems(RunDraft draft, Invoice invoice) {
      Set<String> on = new HashSet<>(invoice.timeEntryIds());
      Optional<Timer> timer =
          running.stream()
              .filter(each -> each.customerId().equals(invoice.customer().customerId()))
              .findFirst();
      List<String> words =
          new ArrayList<>(
              Sending.refusals(firm, invoice, entries(draft.doubtful(), on).toList(), timer));
      if (entries(draft.overlapping(), on).anyMatch(entry -> !entry.overlaps().isEmpty())) {
        words.add(OVERLAPS);
      }
      return words;
    }

    private Stream<TimeEntry> entries(List<String> ids, Set<String> on) {
      return ids.stream()
          .filter(on::contains)
          .map(id -> time.get(TimeEntryItem.key(id)))
          .filter(Objects::nonNull)
          .map(TimeEntryItem::of);
    }
  }
}
