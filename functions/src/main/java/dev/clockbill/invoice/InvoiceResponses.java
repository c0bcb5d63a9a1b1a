package dev.clockbill.invoice;

import dev.clockbill.firm.FirmItem;
import dev.clockbill.firm.FirmSettings;
import dev.clockbill.http.Problem;
import dev.clockbill.http.Request;
import dev.clockbill.http.Response;
import dev.clockbill.table.Table;

/** Finds the invoice that a request is about, and shows it in an answer. */
public final class InvoiceResponses {
  private final Table table;
  private final InvoiceStore store;
  private final String baseUrl;

  /**
   * Finds them in this table.
   *
   * @param baseUrl where pay links begin
   */
  public InvoiceResponses(Table table, String baseUrl) {
    this.table = table;
    this.store = new InvoiceStore(table);
    this.baseUrl = baseUrl;
  }

  /** The caller's firm. */
  public FirmSettings firm(Request request) {
    return FirmItem.read(table, request.caller().firm());
  }

  /**
   * The invoice that a request is about.
   *
   * @throws Problem 404 {@code invoice-not-found}
   */
  public Invoice invoice(Request request) {
    return store
        .find(request.caller().firm(), request.pathId("invoiceId", "invoice"))
        .orElseThrow(() -> Problem.notFound("invoice"));
  }

  /**
   * The invoice that a request is about, with its payments and history.
   *
   * @throws Problem 404 {@code invoice-not-found}
   */
  public FullInvoice full(Request request) {
    return store.full(request.caller().firm(), request.pathId("invoiceId", "invoice"));
  }

  /**
   * The same, if it has the version that the request names.
   *
   * @throws Problem 412 {@code version-changed}
   */
  public FullInvoice matching(Request request) {
    FullInvoice full = full(request);
    mustMatch(request, full.invoice());
    return full;
  }

  /**
   * The draft that a request is about, if it has the version that the request names.
   *
   * @throws Problem 409 {@code invoice-frozen}, 412 {@code version-changed}
   */
  public Invoice draft(Request request) {
    Invoice invoice = invoice(request);
    StateRules.in(invoice.state()).edit().allows();
    mustMatch(request, invoice);
    return invoice;
  }

  /** The answer that shows the invoice that a request is about. */
  public Response answer(int status, Request request) {
    return answer(status, firm(request), full(request));
  }

  /** The answer that shows an invoice. */
  public Response answer(int status, FirmSettings firm, FullInvoice full) {
    return Response.json(status, json(firm).full(full)).withVersion(full.invoice().version());
  }

  /** Shows invoices as they are today where the firm is. */
  public InvoiceJson json(FirmSettings firm) {
    return new InvoiceJson(firm, baseUrl);
  }

  /**
   * Refuses a request that names another version of the invoice.
   *
   * @throws Problem 412 {@code version-changed}
   */
  public void mustMatch(Request request, Invoice invoice) {
    if (request.ifMatch().stream().anyMatch(version -> version != invoice.version())) {
      throw Problem.versionChanged();
    }
  }
}
