package dev.clockbill.office;

import dev.clockbill.firm.FirmSettings;
import dev.clockbill.http.Problem;
import dev.clockbill.invoice.HistoryEvent;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceState;
import dev.clockbill.invoice.InvoiceStore;
import dev.clockbill.invoice.InvoiceWorkflow;
import dev.clockbill.invoice.OpenDraft;
import dev.clockbill.invoice.Payment;
import dev.clockbill.invoice.StateRules;
import dev.clockbill.invoice.draft.DraftEditor;
import dev.clockbill.invoice.draft.DraftRules;
import dev.clockbill.payment.StaleCheckouts;
import dev.clockbill.shared.Time;
import dev.clockbill.table.DueQueue;
import dev.clockbill.table.Table;
import dev.clockbill.table.Write;
import dev.clockbill.timer.InvoicedTime;
import java.util.ArrayList;
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
    List<Write> writes =
        new ArrayList<>(voided(firm, invoice, InvoiceStore.changed(firm, invoice)));
    invoice
        .timeEntryIds()
        .forEach(id -> writes.add(InvoicedTime.freed(firm, id, invoice.invoiceId())));
    String what = reason == null ? "Voided" : "Voided: " + reason;
    writes.add(HistoryEvent.now(firm, invoice.invoiceId(), who, what));
    table.write(writes);
    ended(firm, invoice);
  }

  /**
   * Prepares a draft with the lines of an invoice, which becomes void; its time goes over to the
   * draft. Customer and taxes are those of now.
   *
   * @throws Problem 409 with the word of the refusal
   */
  DraftEditor.Made revised(FirmSettings firm, InvoiceStore.Whole whole, String who) {
    String firmId = firm.firmId();
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
    Write change = InvoiceStore.changed(firmId, invoice).set("revisedBy", draft.invoiceId());
    List<Write> writes = new ArrayList<>(voided(firmId, invoice, change));
    writes.add(InvoiceStore.made(firmId, draft, Time.now().plus(DueQueue.PATIENCE)));
    for (String id : invoice.timeEntryIds()) {
      writes.add(InvoicedTime.revised(firmId, id, invoice.invoiceId(), draft.invoiceId()));
    }
    writes.add(
        HistoryEvent.now(firmId, invoice.invoiceId(), who, "Voided, and revised by a draft"));
    HistoryEvent made = HistoryEvent.now(who, "Draft made to revise invoice " + invoice.number());
    writes.add(made.on(firmId, draft.invoiceId()));
    return new DraftEditor.Made(new InvoiceStore.Whole(draft, List.of(), List.of(made)), writes);
  }

  /**
   * Ends what waits for an invoice that became void, and its checkout. What fails is only logged,
   * since the schedule pushes it.
   *
   * @param invoice as it was read before
   */
  void ended(String firm, Invoice invoice) {
    workflow.tryToPush(firm, invoice.invoiceId());
    checkouts.tryToEnd(firm, invoice);
  }

  private List<Write> voided(String firm, Invoice invoice, Write change) {
    InvoiceStore.state(change, firm, InvoiceState.VOID);
    change.due(DueQueue.PUSHES, invoice.invoiceId(), Time.now().plus(DueQueue.PATIENCE));
    List<Write> writes = new ArrayList<>(List.of(change));
    checkouts.ended(firm, invoice, change).ifPresent(writes::add);
    if (!invoice.state().frozen()) {
      OpenDraft.closed(table, firm, invoice).ifPresent(writes::add);
    }
    return writes;
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
