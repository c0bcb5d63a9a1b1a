package dev.clockbill.invoice.draft;

import dev.clockbill.firm.FirmSettings;
import dev.clockbill.http.Fields;
import dev.clockbill.http.Problem;
import dev.clockbill.http.Request;
import dev.clockbill.invoice.FullInvoice;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceBuilder;
import dev.clockbill.invoice.InvoiceChange;
import dev.clockbill.invoice.InvoiceItem;
import dev.clockbill.invoice.InvoiceStore;
import dev.clockbill.invoice.InvoiceWorkflow;
import dev.clockbill.invoice.OpenDraft;
import dev.clockbill.invoice.StateRules;
import dev.clockbill.shared.Ids;
import dev.clockbill.table.Item;
import dev.clockbill.table.Table;
import dev.clockbill.table.UnitOfWork;
import dev.clockbill.timer.InvoicedTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Puts several drafts of one customer into one. One of them stays and takes the lines of the
 * others, which are deleted in the same transaction; so time is on exactly one living invoice
 * before and after.
 */
public final class DraftMerger {
  private static final int MOST_DRAFTS = 10;

  private final Table table;
  private final InvoiceStore store;
  private final InvoiceWorkflow workflow;
  private final InvoicedTime time;

  /** Merges the drafts of this table, and ends the workflow of those that go. */
  public DraftMerger(Table table, InvoiceWorkflow workflow) {
    this.table = table;
    this.store = new InvoiceStore(table);
    this.workflow = workflow;
    this.time = new InvoicedTime(table);
  }

  /**
   * Merges the drafts that a request names.
   *
   * @return the one that stays, as it becomes
   * @throws Problem 400, 404, 409 or 412 if they cannot be merged; then nothing changes
   */
  public FullInvoice merge(UnitOfWork work, Request request, FirmSettings firm) {
    List<Invoice> drafts = drafts(work.firm(), request.fields());
    Invoice.Party customer = store.customerNow(work.firm(), drafts.getFirst());
    Item open =
        table
            .get(work.firm(), OpenDraft.key(drafts.getFirst().customer().customerId()))
            .orElse(null);
    Invoice kept = kept(drafts, open);
    List<Invoice> others = drafts.stream().filter(draft -> !draft.equals(kept)).toList();
    Invoice merged = merged(firm, customer, kept, drafts);
    String who = request.caller().name();
    InvoiceChange change =
        InvoiceChange.editing(work, kept, merged)
            .customer(merged.customer())
            .history(who, "Merged with %s".formatted(words(others.size())));
    others.forEach(other -> delete(work, other, open));
    others.forEach(
        other -> time.moveTo(work, other.timeEntryIds(), other.invoiceId(), kept.invoiceId()));
    FullInvoice before = store.full(work.firm(), kept.invoiceId());
    return new FullInvoice(
        InvoiceBuilder.builder(merged).version(kept.version() + 1).build(),
        before.payments(),
        Stream.concat(before.history().stream(), change.full().history().stream()).toList());
  }

  private static String words(int others) {
    return others == 1 ? "another draft" : others + " other drafts";
  }

  private List<Invoice> drafts(String firm, Fields fields) {
    List<Object> ids = new ArrayList<>(fields.list("invoiceIds", MOST_DRAFTS).orElse(List.of()));
    List<Object> versions = fields.list("versions", MOST_DRAFTS).orElse(List.of());
    if (ids.stream().distinct().count() < Math.max(2, ids.size())) {
      fields.refuse("invoiceIds", "Name two to ten different drafts.");
    }
    if (!versions.isEmpty() && versions.size() != ids.size()) {
      fields.refuse("versions", "Send as many versions as ids, or none.");
    }
    fields.check();
    if (!ids.stream().allMatch(id -> id instanceof String text && Ids.looksLikeOne(text))) {
      throw Problem.notFound("invoice");
    }
    List<String> keys = ids.stream().map(id -> InvoiceItem.key((String) id)).toList();
    Map<String, Item> read = table.get(firm, keys);
    Map<String, Invoice> drafts = new LinkedHashMap<>();
    for (int at = 0; at < keys.size(); at++) {
      Item item = read.get(keys.get(at));
      if (item == null) {
        throw Problem.notFound("invoice");
      }
      Invoice draft = InvoiceItem.of(item);
      StateRules.in(draft.state()).edit().allows();
      if (!versions.isEmpty() && !isVersion(versions.get(at), draft)) {
        throw Problem.versionChanged();
      }
      drafts.put(keys.get(at), draft);
    }
    List<Invoice> found = List.copyOf(drafts.values());
    mustGoTogether(found);
    return found;
  }

  private static boolean isVersion(Object sent, Invoice draft) {
    return sent instanceof Number number && number.doubleValue() == draft.version();
  }

  private static void mustGoTogether(List<Invoice> drafts) {
    Invoice first = drafts.getFirst();
    for (Invoice draft : drafts) {
      if (!draft.customer().customerId().equals(first.customer().customerId())) {
        throw Problem.invalid(
            "invoiceIds", "These drafts are for different customers. Merge those of one customer.");
      }
      if (!draft.currency().equals(first.currency())) {
        throw Problem.of(
            409,
            "currency-differs",
            "One draft is in %s, another in %s. Merge those of one currency."
                .formatted(first.currency(), draft.currency()));
      }
    }
  }

  /**
   * Which draft stays: one that replaces a voided invoice, so that the two remain linked; else the
   * one to which stopped time is appended; else the first.
   */
  private static Invoice kept(List<Invoice> drafts, Item open) {
    List<Invoice> revising =
        drafts.stream().filter(draft -> draft.links().revises() != null).toList();
    if (revising.size() > 1) {
      throw Problem.of(
          409,
          "several-revisions",
          "More than one of these drafts replaces a voided invoice. Leave all but one of them"
              + " out.");
    }
    return Stream.concat(
            revising.stream(), drafts.stream().filter(draft -> OpenDraft.is(open, draft)))
        .findFirst()
        .orElse(drafts.getFirst());
  }

  private static Invoice merged(
      FirmSettings firm, Invoice.Party customer, Invoice kept, List<Invoice> drafts) {
    MergedTerms terms =
        MergedTerms.of(
            firm,
            drafts.stream()
                .map(draft -> draft.billedTo(customer, firm.invoicing().taxes()))
                .toList());
    Invoice merged = InvoiceBuilder.builder(kept).customer(customer).taxes(terms.taxes()).build();
    DraftChange change =
        new DraftChange(
            drafts.stream()
                .flatMap(draft -> draft.lines().stream())
                .<LineRequest>map(LineRequest.Kept::new)
                .toList(),
            terms.discount(),
            terms.dueOn(),
            terms.note(),
            kept.grouping());
    return change.applied(merged, Map.of());
  }

  /** Deletes a draft whose lines another one takes. */
  private void delete(UnitOfWork work, Invoice draft, Item open) {
    InvoiceChange.deleting(work, draft);
    if (OpenDraft.is(open, draft)) {
      work.add(OpenDraft.closed(work.firm(), draft));
    }
    workflow.end(work, draft);
  }
}
