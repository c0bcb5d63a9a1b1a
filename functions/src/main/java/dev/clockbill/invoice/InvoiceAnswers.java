package dev.clockbill.invoice;

import dev.clockbill.firm.FirmSettings;
import dev.clockbill.shared.Ledger;
import dev.clockbill.shared.Problem;
import dev.clockbill.shared.Request;
import dev.clockbill.shared.Response;

/** Finds the invoice that a request is about, and shows it in an answer. */
final class InvoiceAnswers {
  private final Ledger ledger;
  private final InvoiceStore store;
  private final String baseUrl;

  /**
   * Finds them in this ledger.
   *
   * @param baseUrl where pay links begin
   */
  InvoiceAnswers(Ledger ledger, String baseUrl) {
    this.ledger = ledger;
    this.store = new InvoiceStore(ledger);
    this.baseUrl = baseUrl;
  }

  /** The caller's firm. */
  FirmSettings firm(Request request) {
    return FirmSettings.read(ledger, request.caller().firm());
  }

  /**
   * The invoice that a request is about.
   *
   * @throws Problem 404 {@code invoice-not-found}
   */
  Invoice invoice(Request request) {
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
  InvoiceStore.Whole seen(Request request) {
    InvoiceStore.Whole whole = whole(request);
    mustMatch(request, whole.invoice());
    return whole;
  }

  /**
   * The draft that a request is about, in the version that it asks for.
   *
   * @throws Problem 409 {@code invoice-frozen}, 412 {@code version-changed}
   */
  Invoice draft(Request request) {
    Invoice invoice = invoice(request);
    Rulings.in(invoice.state()).edit().allows();
    mustMatch(request, invoice);
    return invoice;
  }

  /** An answer that shows the invoice as it is now. */
  Response now(int status, Request request) {
    return shown(status, firm(request), whole(request));
  }

  /** An answer that shows an invoice. */
  Response shown(int status, FirmSettings firm, InvoiceStore.Whole whole) {
    return Response.json(status, json(firm).whole(whole)).withVersion(whole.invoice().version());
  }

  /** Shows invoices as they are today where the firm is. */
  InvoiceJson json(FirmSettings firm) {
    return new InvoiceJson(firm, baseUrl);
  }

  private static void mustMatch(Request request, Invoice invoice) {
    if (request.ifMatch().stream().anyMatch(seen -> seen != invoice.version())) {
      throw Problem.versionChanged();
    }
  }
}
