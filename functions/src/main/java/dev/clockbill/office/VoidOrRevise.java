package dev.clockbill.office;

import dev.clockbill.firm.FirmSettings;
import dev.clockbill.http.Problem;
import dev.clockbill.invoice.HistoryEvent;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceChange;
import dev.clockbill.invoice.InvoiceState;
import dev.clockbill.invoice.InvoiceStore;
import dev.clockbill.invoice.InvoiceWorkflow;
import dev.clockbill.invoice.OpenDraft;
import dev.clockbill.invoice.Payment;
import dev.clockbill.invoice.StateRules;
import dev.clockbill.invoice.draft.DraftRules;
import dev.clockbill.payment.StaleCheckouts;
import dev.clockbill.table.Table;
import dev.clockbill.table.UnitOfWork;
import dev.clockbill.timer.InvoicedTime;
import java.util.List;

/**
 * Gives invoices up, for good or with a new draft in their place. The number of one that has one
 * stays; what waits for it ends, and nobody can pay it any more.
 */
final class VoidOrRevise {
  private final Table table;
  private final InvoiceWorkflow workflow;
  private final StaleCheckouts checkouts;

  VoidOrRevise(Table table, InvoiceWorkflow workflow, StaleCheckouts checkouts) {
    this.table = table;
    this.workflow = workflow;
    this.checkouts = checkouts;
  }

  /**
   * Makes an invoice void, unless it is. Its time is unbilled again and waits for a person.
   *
   * @param reason kept in the history; or null
   * @throws Problem 409 with the word of the refusal; then nothing changes
   */
  void giveUp(String firm, InvoiceStore.Whole whole, String who, String reason) {
    Invoice invoice = whole.invoice();
    if (!StateRules.in(invoice.state()).giveUp().allows()) {
      return;
    }
    mustNotBeUnderWay(whole);
    UnitOfWork work = table.begin(firm);
    InvoiceChange change = InvoiceChange.of(work, invoice);
    makeVoid(change);
    invoice
        .timeEntryIds()
        .forEach(id -> work.add(InvoicedTime.freed(firm, id, invoice.invoiceId())));
    change.history(who, reason == null ? "Voided" : "Voided: " + reason);
    work.commit();
  }

  /**
   * Makes an invoice void and a draft with its lines, which takes over its time. Customer and taxes
   * are those of now.
   *
   * @param work to which everything is added
   * @return the draft
   * @throws Problem 409 with the word of the refusal
   */
  InvoiceStore.Whole revise(
      UnitOfWork work, FirmSettings firm, InvoiceStore.Whole whole, String who) {
    String firmId = work.firm();
    Invoice invoice = whole.invoice();
    StateRules.in(invoice.state()).revise().allows();
    mustNotBeUnderWay(whole);
    Invoice draft =
        DraftRules.opened(
                firm,
                new InvoiceStore(table).customerNow(firmId, invoice),
                invoice.currency(),
                invoice.lines(),
                null,
                new Invoice.Links(invoice.invoiceId(), null, null))
            .edited(invoice.lines(), invoice.discount(), null, invoice.note());
    InvoiceChange change =
        InvoiceChange.of(work, invoice).history(who, "Voided, and revised by a draft");
    change.write().set("revisedBy", draft.invoiceId());
    makeVoid(change);
    InvoiceChange.making(work, draft);
    work.afterwards(() -> workflow.push(firmId, draft.invoiceId()), "invoiceId", draft.invoiceId());
    for (String id : invoice.timeEntryIds()) {
      work.add(InvoicedTime.revised(firmId, id, invoice.invoiceId(), draft.invoiceId()));
    }
    HistoryEvent made = HistoryEvent.now(who, "Draft made to revise invoice " + invoice.number());
    work.add(made.on(firmId, draft.invoiceId()));
    return new InvoiceStore.Whole(draft, List.of(), List.of(made));
  }

  /** After the commit, what waits for the invoice ends, and so does its checkout. */
  private void makeVoid(InvoiceChange change) {
    UnitOfWork work = change.work();
    Invoice invoice = change.before();
    change.to(InvoiceState.VOID).pushLater();
    work.afterwards(
        () -> workflow.push(work.firm(), invoice.invoiceId()), "invoiceId", invoice.invoiceId());
    checkouts.end(change);
    if (!invoice.state().frozen()) {
      OpenDraft.closed(table, work.firm(), invoice).ifPresent(work::add);
    }
  }

  private static void mustNotBeUnderWay(InvoiceStore.Whole whole) {
    if (whole.payments().stream().anyMatch(Payment::underWay)) {
      throw Problem.of(
          409,
          "payment-processing",
          "A payment of this invoice is under way. Wait until it has arrived or failed.");
    }
  }
}
