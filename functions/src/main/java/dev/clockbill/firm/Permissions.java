package dev.clockbill.firm;

import dev.clockbill.http.Caller;
import dev.clockbill.http.Http;
import dev.clockbill.http.Problem;
import dev.clockbill.http.Request;
import dev.clockbill.http.Role;
import dev.clockbill.shared.Json;
import dev.clockbill.table.Item;
import dev.clockbill.table.Table;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.Set;

/**
 * What members of staff who are no owners may do. Owners may do everything.
 *
 * @param staffSend whether they send invoices and decide about sent ones and payments
 * @param staffReports whether they see the reports
 */
public record Permissions(boolean staffSend, boolean staffReports) {
  /** What a firm begins with. */
  public static final Permissions ALL = new Permissions(true, true);

  /** What is said where staff who may not send want mails to go without anybody sending them. */
  static final String AUTOMATIC =
      "In this firm only an owner sends invoices, so only an owner decides that they are sent"
          + " automatically. Ask an owner to do it, or to allow sending under Settings.";

  private static final String ATTRIBUTE = "permissions";
  private static final String REPORTS = "GET /reports/";
  private static final Set<String> SENDING =
      Set.of(
          "POST /invoices/{invoiceId}/send",
          "POST /invoices/{invoiceId}/resend",
          "POST /invoices/{invoiceId}/remind",
          "POST /invoices/{invoiceId}/handed-over",
          "POST /invoices/{invoiceId}/void",
          "POST /invoices/{invoiceId}/revise",
          "DELETE /invoices/{invoiceId}",
          "POST /invoices/merge",
          "POST /billing-runs/{runId}/send",
          "POST /invoices/{invoiceId}/payments",
          "DELETE /invoices/{invoiceId}/payments/{paymentId}",
          "POST /customers/{customerId}/statement",
          "POST /customers/{customerId}/client-link",
          "DELETE /customers/{customerId}/client-link");

  /** Reads them from a firm's item; what was never decided is allowed. */
  static Permissions of(Item firm) {
    Item kept = firm.object(ATTRIBUTE);
    return new Permissions(
        !kept.has("staffSend") || kept.bool("staffSend"),
        !kept.has("staffReports") || kept.bool("staffReports"));
  }

  /** As responses and the table have it. */
  Map<String, Object> json() {
    return Json.object("staffSend", staffSend, "staffReports", staffReports);
  }

  /**
   * Serves routes behind the login, and refuses members of staff what the firm's owners keep to
   * themselves. Their firm's item is read for those routes alone: half a read unit.
   *
   * @param table where the firm is
   */
  public static void serve(InputStream input, OutputStream output, Table table, Http.Routes routes)
      throws IOException {
    Http.serveMembers(
        input,
        output,
        table,
        request -> {
          check(request, table);
          return routes.answer(request);
        });
  }

  private static void check(Request request, Table table) {
    boolean sends = SENDING.contains(request.route());
    boolean reports = request.route().startsWith(REPORTS);
    if (request.caller().role() == Role.OWNER || !(sends || reports)) {
      return;
    }
    Permissions now = now(request.caller(), table);
    if (sends && !now.staffSend) {
      throw Problem.ownerOnly(
          "In this firm only an owner sends invoices and statements, voids, merges and deletes"
              + " invoices, and records payments. Ask an owner to do it, or to allow it under"
              + " Settings.");
    }
    if (reports && !now.staffReports) {
      throw Problem.ownerOnly(
          "In this firm only an owner sees the reports. Ask an owner to allow it under Settings.");
    }
  }

  private static Permissions now(Caller caller, Table table) {
    return table.glance(caller.firm(), FirmItem.KEY).map(Permissions::of).orElse(ALL);
  }

  /** Whether somebody may send invoices. */
  boolean letSend(Caller caller) {
    return caller.owner() || staffSend;
  }

  /**
   * Refuses that invoices of a customer begin to be sent automatically, where the caller may send
   * none: whoever stops a timer of theirs would send one. Reads the firm's item where the caller is
   * no owner: half a read unit.
   *
   * @throws Problem 403 {@code owner-only}
   */
  public static void checkSendsAutomatically(Caller caller, Table table) {
    if (!caller.owner() && !now(caller, table).letSend(caller)) {
      throw Problem.ownerOnly(AUTOMATIC);
    }
  }
}
