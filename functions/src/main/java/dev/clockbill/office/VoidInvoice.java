package dev.clockbill.office;

import dev.clockbill.http.Fields;
import dev.clockbill.http.Problem;
import dev.clockbill.http.Request;
import dev.clockbill.http.Response;
import dev.clockbill.invoice.FullInvoice;
import dev.clockbill.invoice.InvoiceChange;
import dev.clockbill.invoice.InvoiceResponses;
import dev.clockbill.invoice.InvoiceState;
import dev.clockbill.invoice.InvoiceWorkflow;
import dev.clockbill.invoice.OpenDraft;
import dev.clockbill.invoice.Payment;
import dev.clockbill.invoice.StateRules;
import dev.clockbill.payment.StaleCheckouts;
import dev.clockbill.table.Retry;
import dev.clockbill.table.Table;
import dev.clockbill.table.UnitOfWork;
import dev.clockbill.timer.InvoicedTime;

/**
 * Voids invoices. Owners may do so, and staff where {@link dev.clockbill.firm.Permissions} lets
 * them send, in the states that {@link StateRules} names, unless a payment is processing. An
 * invoice that has a number keeps it.
 */
final class VoidInvoice {
  private final Table table;
  private final InvoiceResponses invoices;
  private final InvoiceWorkflow workflow;
  private final StaleCheckouts checkouts;
  private final InvoicedTime time;

  VoidInvoice(
      Table table, InvoiceResponses invoices, InvoiceWorkflow workflow, StaleCheckouts checkouts) {
    this.table = table;
    this.invoices = invoices;
    this.workflow = workflow;
    this.checkouts = checkouts;
    this.time = new InvoicedTime(table);
  }

  /** {@code POST /invoices/{invoiceId}/void}: does nothing where the invoice is void. */
  Response answer(Request request) {
    Fields fields = request.fields();
    String reason = fields.text("reason", Fields.NOTE);
    fields.check();
    String what = reason == null ? "Voided" : "Voided: " + reason;
    return Retry.onConflict(
        () -> {
          FullInvoice full = invoices.matching(request);
          if (StateRules.in(full.invoice().state()).voiding().allows()) {
            UnitOfWork work = table.begin(request.caller().firm());
            time.free(work, full.invoice().timeEntryIds(), full.invoice().invoiceId());
            makeVoid(work, full).history(request.caller().name(), what);
            work.commit();
          }
          return invoices.answer(200, request);
        });
  }

  /**
   * Makes an invoice void. After the commit its workflow and its checkout end. What becomes of its
   * time is left to the caller.
   *
   * @throws Problem 409 {@code payment-processing}
   */
  InvoiceChange makeVoid(UnitOfWork work, FullInvoice full) {
    if (full.payments().stream().anyMatch(Payment::underWay)) {
      throw Problem.of(
          409,
          "payment-processing",
          "A payment of this invoice is under way. Wait until it has arrived or failed.");
    }
    InvoiceChange change =
        InvoiceChange.of(work, full.invoice()).to(InvoiceState.VOID).pushAfterwards(workflow);
    checkouts.end(change);
    if (!full.invoice().state().frozen()) {
      OpenDraft.close(work, table, full.invoice());
    }
    return change;
  }
}
