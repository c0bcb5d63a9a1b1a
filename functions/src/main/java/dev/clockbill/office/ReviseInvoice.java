package dev.clockbill.office;

import dev.clockbill.firm.FirmSettings;
import dev.clockbill.http.IdempotencyKeys;
import dev.clockbill.http.IdempotencyKeys.Creation;
import dev.clockbill.http.Request;
import dev.clockbill.http.Response;
import dev.clockbill.invoice.FullInvoice;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceChange;
import dev.clockbill.invoice.InvoiceResponses;
import dev.clockbill.invoice.InvoiceStore;
import dev.clockbill.invoice.InvoiceWorkflow;
import dev.clockbill.invoice.StateRules;
import dev.clockbill.invoice.draft.DraftRules;
import dev.clockbill.table.Table;
import dev.clockbill.table.UnitOfWork;
import dev.clockbill.timer.InvoicedTime;

/** Revises invoices: one that was sent becomes void, and a draft of the same lines replaces it. */
final class ReviseInvoice {
  private final Table table;
  private final InvoiceResponses invoices;
  private final InvoiceStore store;
  private final IdempotencyKeys keys;
  private final InvoiceWorkflow workflow;
  private final VoidInvoice voiding;
  private final InvoicedTime time;

  ReviseInvoice(
      Table table,
      InvoiceResponses invoices,
      IdempotencyKeys keys,
      InvoiceWorkflow workflow,
      VoidInvoice voiding) {
    this.table = table;
    this.invoices = invoices;
    this.store = new InvoiceStore(table);
    this.keys = keys;
    this.workflow = workflow;
    this.voiding = voiding;
    this.time = new InvoicedTime(table);
  }

  /** {@code POST /invoices/{invoiceId}/revise}. */
  Response answer(Request request) {
    request.fields().check();
    FirmSettings firm = invoices.firm(request);
    String who = request.caller().name();
    return keys.create(
        request,
        () -> {
          UnitOfWork work = table.begin(firm.firmId());
          FullInvoice draft = revise(work, firm, invoices.matching(request), who);
          return new Creation(work, invoices.answer(201, firm, draft));
        });
  }

  private FullInvoice revise(UnitOfWork work, FirmSettings firm, FullInvoice full, String who) {
    Invoice invoice = full.invoice();
    StateRules.in(invoice.state()).revise().allows();
    Invoice draft = replacement(firm, invoice);
    // The draft first: its push must not wait for the processor to end a checkout.
    InvoiceChange made =
        InvoiceChange.making(work, draft)
            .history(who, "Draft created to revise invoice " + invoice.number())
            .pushAfterwards(workflow);
    time.moveTo(work, invoice.timeEntryIds(), invoice.invoiceId(), draft.invoiceId());
    voiding
        .makeVoid(work, full)
        .revisedBy(draft)
        .history(who, "Voided and replaced by a new draft");
    return made.full();
  }

  /**
   * A draft with the lines, their grouping, the discount and the note; customer and taxes are those
   * of now.
   */
  private Invoice replacement(FirmSettings firm, Invoice invoice) {
    return DraftRules.opened(
            firm,
            store.customerNow(firm.firmId(), invoice),
            invoice.currency(),
            invoice.lines(),
            null,
            new Invoice.Links(invoice.invoiceId(), null, null))
        .edited(invoice.lines(), invoice.discount(), null, invoice.note())
        .withGrouping(invoice.grouping());
  }
}
