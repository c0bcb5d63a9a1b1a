package dev.clockbill.billing;

import dev.clockbill.firm.CustomerItem;
import dev.clockbill.firm.FirmItem;
import dev.clockbill.firm.FirmSettings;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.Invoice.Party;
import dev.clockbill.invoice.InvoiceItem;
import dev.clockbill.invoice.InvoiceState;
import dev.clockbill.invoice.send.Sending;
import dev.clockbill.shared.Json;
import dev.clockbill.table.Item;
import dev.clockbill.table.Table;
import dev.clockbill.timer.TimeEntry;
import dev.clockbill.timer.TimeEntryStore;
import dev.clockbill.timer.Timer;
import dev.clockbill.timer.TimerStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A run as responses show it: its drafts as Send would bill them now, with what stands in the way
 * of that. Drafts that were deleted or voided since are left out.
 */
final class RunView {
  private static final String OVERLAPS = "overlaps";

  private final Table table;
  private final FirmSettings firm;
  private final List<Timer> running;

  private RunView(Table table, FirmSettings firm, List<Timer> running) {
    this.table = table;
    this.firm = firm;
    this.running = running;
  }

  /** For the runs of a firm as they are now. */
  static RunView of(Table table, String firm) {
    return new RunView(table, FirmItem.read(table, firm), new TimerStore(table).all(firm));
  }

  /** A run without its drafts: what its own item holds. */
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
  Map<String, Object> whole(List<Item> items) {
    List<RunDraft> drafts = drafts(items);
    Map<String, Object> whole = progressing(BillingRunItem.of(items.getFirst()), items);
    whole.put("drafts", drafts.isEmpty() ? List.of() : new Drafts(drafts).shown());
    return whole;
  }

  /** A run with how much of what it does now is done. Reads what that takes, and no more. */
  static Map<String, Object> progressing(Table table, String firm, BillingRun run) {
    return progressing(
        run,
        switch (run.state()) {
          case PREPARING -> table.family(firm, RunPart.prefix(run.runId(), run.plan()));
          case SENDING -> {
            List<Item> items = new ArrayList<>(table.family(firm, RunDraft.prefix(run.runId())));
            items.addAll(table.get(firm, run.asking()).values());
            yield items;
          }
          case READY, DONE -> List.of();
        });
  }

  private static Map<String, Object> progressing(BillingRun run, List<Item> items) {
    Map<String, Object> shown = new LinkedHashMap<>(summary(run));
    shown.put("progress", progress(run, items));
    return shown;
  }

  private static List<RunDraft> drafts(List<Item> items) {
    return items.stream().filter(RunDraft::is).map(RunDraft::of).toList();
  }

  private static Map<String, Object> progress(BillingRun run, List<Item> items) {
    return switch (run.state()) {
      case PREPARING -> {
        List<RunPart> parts =
            items.stream().filter(item -> RunPart.is(item, run)).map(RunPart::of).toList();
        yield progress(parts.stream().filter(RunPart::done).count(), parts.size());
      }
      case SENDING -> {
        Map<String, Long> wanted = run.wanted(n -> chosen(run, items, n));
        long done =
            drafts(items).stream()
                .filter(draft -> wanted.containsKey(draft.invoiceId()))
                .filter(draft -> draft.send() >= wanted.get(draft.invoiceId()))
                .count();
        yield progress(done, wanted.size());
      }
      case READY, DONE -> progress(run.parts(), run.parts());
    };
  }

  private static Map<String, Object> progress(long done, long of) {
    return Json.object("done", done, "of", of);
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
    private final List<Line> lines;
    private final Map<String, TimeEntry> time;

    /** A draft of the run, and its invoice as it would be sent now. */
    private record Line(RunDraft draft, Invoice invoice) {
      boolean sent() {
        return invoice.state().frozen();
      }

      String customerName() {
        return invoice.customer().name();
      }
    }

    Drafts(List<RunDraft> drafts) {
      this.lines = lines(drafts);
      this.time =
          new TimeEntryStore(table)
              .find(
                  firm.firmId(),
                  lines.stream()
                      .filter(line -> !line.sent())
                      .flatMap(line -> line.draft().toCheck(line.invoice()))
                      .distinct()
                      .toList());
    }

    private List<Line> lines(List<RunDraft> drafts) {
      Map<String, Item> read =
          table.get(
              firm.firmId(),
              drafts.stream()
                  .flatMap(
                      draft ->
                          Stream.of(
                              InvoiceItem.key(draft.invoiceId()),
                              CustomerItem.key(draft.customerId())))
                  .distinct()
                  .toList());
      return drafts.stream()
          .filter(draft -> read.containsKey(InvoiceItem.key(draft.invoiceId())))
          .map(
              draft ->
                  new Line(
                      draft,
                      billed(
                          InvoiceItem.of(read.get(InvoiceItem.key(draft.invoiceId()))),
                          read.get(CustomerItem.key(draft.customerId())))))
          .filter(line -> line.invoice().state() != InvoiceState.VOID)
          .sorted(
              Comparator.comparing(Line::customerName, String.CASE_INSENSITIVE_ORDER)
                  .thenComparing(line -> line.draft().invoiceId()))
          .toList();
    }

    /** An invoice as it was sent, or a draft as Send would bill it. */
    private Invoice billed(Invoice invoice, Item customer) {
      return invoice.state().frozen()
          ? invoice
          : invoice.billedTo(Party.of(CustomerItem.of(customer)), firm.invoicing().taxes());
    }

    List<Map<String, Object>> shown() {
      return lines.stream().map(this::json).toList();
    }

    private Map<String, Object> json(Line line) {
      RunDraft draft = line.draft();
      Invoice invoice = line.invoice();
      RunDraft.Refusal refusal = line.sent() ? null : draft.refusal();
      return Json.object(
          "customerId", draft.customerId(),
          "customerName", line.customerName(),
          "invoiceId", draft.invoiceId(),
          "number", invoice.number(),
          "total", invoice.total(),
          "currency", invoice.currency(),
          "lines", invoice.lines().size(),
          "problems", line.sent() ? List.of() : problems(line),
          "fate", line.sent() ? "sent" : refusal == null ? "waits" : "refused",
          "refusal",
              refusal == null
                  ? null
                  : Json.object("word", refusal.word(), "detail", refusal.detail()));
    }

    /** Why Send would refuse it as it is now; and that some of its time overlaps other time. */
    private List<String> problems(Line line) {
      Invoice invoice = line.invoice();
      List<TimeEntry> toCheck =
          line.draft().toCheck(invoice).map(time::get).filter(Objects::nonNull).toList();
      Optional<Timer> timer =
          running.stream()
              .filter(each -> each.customerId().equals(invoice.customer().customerId()))
              .findFirst();
      List<String> words = new ArrayList<>(Sending.refusals(firm, invoice, toCheck, timer));
      if (toCheck.stream().anyMatch(entry -> !entry.overlaps().isEmpty())) {
        words.add(OVERLAPS);
      }
      return words;
    }
  }
}
