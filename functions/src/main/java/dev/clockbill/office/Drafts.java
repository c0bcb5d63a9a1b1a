package dev.clockbill.office;

import dev.clockbill.firm.FirmSettings;
import dev.clockbill.http.IdempotencyKeys;
import dev.clockbill.http.IdempotencyKeys.Creation;
import dev.clockbill.http.Problem;
import dev.clockbill.http.Request;
import dev.clockbill.http.Response;
import dev.clockbill.invoice.FullInvoice;
import dev.clockbill.invoice.InvoiceResponses;
import dev.clockbill.invoice.draft.DraftEditor;
import dev.clockbill.invoice.draft.DraftMerger;
import dev.clockbill.table.Retry;
import dev.clockbill.table.Table;
import dev.clockbill.table.UnitOfWork;

/** The calls that make, edit, merge and delete drafts. */
final class Drafts {
  private final Table table;
  private final InvoiceResponses invoices;
  private final IdempotencyKeys keys;
  private final DraftEditor editor;
  private final DraftMerger merger;

  Drafts(
      Table table,
      InvoiceResponses invoices,
      IdempotencyKeys keys,
      DraftEditor editor,
      DraftMerger merger) {
    this.table = table;
    this.invoices = invoices;
    this.keys = keys;
    this.editor = editor;
    this.merger = merger;
  }

  /** {@code POST /invoices}. */
  Response make(Request request) {
    return created(request, editor::make);
  }

  /** {@code POST /invoices/merge}. */
  Response merge(Request request) {
    return created(request, merger::merge);
  }

  /** A way to come to a new draft. */
  private interface Making {
    FullInvoice make(UnitOfWork work, Request request, FirmSettings firm);
  }

  private Response created(Request request, Making making) {
    FirmSettings firm = invoices.firm(request);
    return keys.create(
        request,
        () -> {
          UnitOfWork work = table.begin(firm.firmId());
          FullInvoice made = making.make(work, request, firm);
          return new Creation(work, invoices.answer(201, firm, made));
        });
  }

  /** {@code PATCH /invoices/{invoiceId}}. */
  Response edit(Request request) {
    if (request.header("if-match").isEmpty()) {
      throw Problem.of(
          428,
          "version-required",
          "Send If-Match with the version that you read, so that nobody's change is lost.");
    }
    FirmSettings firm = invoices.firm(request);
    return Retry.onConflict(
        () -> {
          UnitOfWork work = table.begin(firm.firmId());
          editor.edit(work, request, firm, invoices.draft(request));
          work.commit();
          return invoices.answer(200, firm, invoices.full(request));
        });
  }

  /** {@code DELETE /invoices/{invoiceId}}. */
  Response delete(Request request) {
    return Retry.onConflict(
        () -> {
          UnitOfWork work = table.begin(request.caller().firm());
          editor.delete(work, invoices.draft(request));
          work.commit();
          return Response.noContent();
        });
  }
}
