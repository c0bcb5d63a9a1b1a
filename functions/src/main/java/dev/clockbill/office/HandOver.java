package dev.clockbill.office;

import dev.clockbill.http.Problem;
import dev.clockbill.http.Request;
import dev.clockbill.http.Response;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.Invoice.Paper;
import dev.clockbill.invoice.InvoiceChange;
import dev.clockbill.invoice.InvoiceResponses;
import dev.clockbill.invoice.StateRules;
import dev.clockbill.shared.Time;
import dev.clockbill.table.Retry;
import dev.clockbill.table.Table;
import dev.clockbill.table.UnitOfWork;

/** Notes that invoices on paper were handed over to their customers. */
final class HandOver {
  private final Table table;
  private final InvoiceResponses invoices;

  HandOver(Table table, InvoiceResponses invoices) {
    this.table = table;
    this.invoices = invoices;
  }

  /**
   * {@code POST /invoices/{invoiceId}/handed-over}: does nothing where it was handed over before.
   *
   * @throws Problem 409 {@code not-sent}, {@code invoice-void} or {@code invoice-mailed}
   */
  Response answer(Request request) {
    request.fields().check();
    return Retry.onConflict(
        () -> {
          Invoice invoice = invoices.matching(request).invoice();
          StateRules.in(invoice.state()).handOver().allows();
          if (invoice.paper() == null) {
            throw Problem.of(
                409,
                "invoice-mailed",
                "This invoice was emailed, so there is nothing to hand over.");
          }
          if (invoice.paper().handedOverAt() == null) {
            UnitOfWork work = table.begin(request.caller().firm());
            InvoiceChange.of(work, invoice)
                .paper(new Paper(Time.now()))
                .history(request.caller().name(), "Handed over on paper");
            work.commit();
          }
          return invoices.answer(200, request);
        });
  }
}
