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
   * The invoice that a request is about, with what hangs on it.
   *
   * @throws Problem 404 {@code invoice-not-found}
   */
  InvoiceStore.Whole whole(Request request) {
    return store.whole(request.caller().firm(), request.pathId("invoiceId", "invoice"));
  }

  /**
   * The same, in the version that the request asks for.
   *
   * @throws Problem 412 {@code version-changed}
   */
  public InvoiceStore.Whole seen(Request request) {
    InvoiceStore.Whole whole = whole(request);
    mustMatch(request, whole.invoice());
    return whole;
  }

  /**
   * The draft that a request is about, in the version that it asks for.
   *
   * @throws Problem 409 {@code invoice-frozen}, 412 {@code version-changed}
   */
  public Invoice draft(Request request) {
    Invoice invoice = invoice(request);
    StateRules.in(invoice.state()).edit().allows();
    mustMatch(request, invoice);
    return invoice;
  }

  /** An answer that shows the invoice as it is now. */
  public Response now(int status, Request request) {
    return shown(status, firm(request), whole(request));
  }

  /** An answer that shows an invoice. */
  public Response shown(int status, FirmSettings firm, InvoiceStore.Whole whole) {
    return Response.json(status, json(firm).whole(whole)).withVersion(whole.invoice().version());
  }

  /** Shows invoices as they are today where the firm is. */
  public InvoiceJson json(FirmSettings firm) {
    return new InvoiceJson(firm, baseUrl);
  }

  private static void mustMatch(Request request, Invoice invoice) {
    if (request.ifMatch().stream().anyMatch(seen -> seen != invoice.version())) {
      throw Problem.versionChanged();
    }
  }
}
