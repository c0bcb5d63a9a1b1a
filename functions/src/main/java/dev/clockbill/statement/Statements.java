package dev.clockbill.statement;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.clockbill.firm.ClientItem;
import dev.clockbill.firm.Contact;
import dev.clockbill.firm.Customer;
import dev.clockbill.firm.CustomerItem;
import dev.clockbill.firm.FirmItem;
import dev.clockbill.firm.FirmSettings;
import dev.clockbill.firm.Permissions;
import dev.clockbill.http.Fields;
import dev.clockbill.http.Http;
import dev.clockbill.http.IdempotencyKeys;
import dev.clockbill.http.IdempotencyKeys.Creation;
import dev.clockbill.http.Problem;
import dev.clockbill.http.Request;
import dev.clockbill.http.Response;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceJson;
import dev.clockbill.invoice.Payment;
import dev.clockbill.invoice.mail.QueuedMails;
import dev.clockbill.invoice.mail.Recipients;
import dev.clockbill.invoice.mail.Wording;
import dev.clockbill.mail.Mail;
import dev.clockbill.mail.MailKind;
import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Json;
import dev.clockbill.table.Item;
import dev.clockbill.table.Retry;
import dev.clockbill.table.Table;
import dev.clockbill.table.UnitOfWork;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The statements of customers: shown, mailed with the client link, and the link itself. */
public final class Statements implements RequestStreamHandler {
  private static final int PAGE = 50;

  private final Table table;
  private final StatementStore statements;
  private final IdempotencyKeys keys;
  private final QueuedMails mails;
  private final String baseUrl;

  /** Wired from the process's environment. */
  public Statements() {
    this(System.getenv());
  }

  /** Wired from these variables. */
  public Statements(Map<String, String> variables) {
    Environment environment = new Environment(variables);
    this.table = new Table(environment);
    this.statements = new StatementStore(table);
    this.keys = new IdempotencyKeys(table);
    this.mails = new QueuedMails(table, environment);
    this.baseUrl = environment.required("BASE_URL");
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    Permissions.serve(input, output, table, this::answer);
  }

  private Response answer(Request request) {
    return switch (request.route()) {
      case "GET /customers/{customerId}/statement" -> show(request);
      case "POST /customers/{customerId}/statement" -> mail(request);
      case "POST /customers/{customerId}/client-link" -> Retry.onConflict(() -> link(request));
      case "DELETE /customers/{customerId}/client-link" -> Retry.onConflict(() -> revoke(request));
      default -> throw Http.unknownRoute(request);
    };
  }

  /** A customer with their firm and their client page. */
  private record Known(FirmSettings firm, Customer customer, ClientItem client) {}

  private Known find(Request request) {
    String firm = request.caller().firm();
    String customerId = request.pathId("customerId", "customer");
    Map<String, Item> read =
        table.get(
            firm, List.of(FirmItem.KEY, CustomerItem.key(customerId), ClientItem.key(customerId)));
    Item customer = read.get(CustomerItem.key(customerId));
    if (customer == null) {
      throw Problem.notFound("customer");
    }
    return new Known(
        FirmItem.of(read.get(FirmItem.KEY)),
        CustomerItem.of(customer),
        ClientItem.of(customerId, Optional.ofNullable(read.get(ClientItem.key(customerId)))));
  }

  private Response show(Request request) {
    Fields query = Fields.of(request.query());
    LocalDate from = query.date("from");
    LocalDate to = query.date("to");
    query.names();
    query.check();
    Known known = find(request);
    Statement statement = statements.of(known.firm(), known.customer());
    StatementStore.Closed closed =
        statements.closed(
            known.firm().firmId(),
            known.customer().customerId(),
            from,
            to,
            request.limit(100, PAGE),
            request.query("cursor").orElse(null));
    List<Invoice> all =
        Stream.concat(statement.open().stream(), closed.invoices().stream()).toList();
    Map<String, List<Payment>> payments = statements.payments(known.firm().firmId(), all);
    LocalDate today = statement.today();
    return Response.json(
        200,
        Json.object(
            "customerId", known.customer().customerId(),
            "customerName", known.customer().name(),
            "recipients", Recipients.of(known.customer(), Contact.Gets.INVOICE).all(),
            "asOf", today.toString(),
            "balances", statement.balances().stream().map(Balance::json).toList(),
            "open", shown(statement.open(), payments, today),
            "closed", shown(closed.invoices(), payments, today),
            "next", closed.next(),
            "clientUrl", ClientLink.url(baseUrl, known.client()),
            "latest", latest(known.client()),
            "mail", StatementMail.usual(statement).json()));
  }

  private static Map<String, Object> latest(ClientItem client) {
    return client.statements() == 0
        ? null
        : Json.object(
            "to", client.sentTo(),
            "at", client.sentAt().toString(),
            "delivery", client.delivery());
  }

  private static List<Map<String, Object>> shown(
      List<Invoice> invoices, Map<String, List<Payment>> payments, LocalDate today) {
    return invoices.stream()
        .map(
            invoice ->
                Json.object(
                    "invoiceId", invoice.invoiceId(),
                    "number", invoice.number(),
                    "state", invoice.state().word(),
                    "issuedOn", invoice.issuedOn().toString(),
                    "dueOn", invoice.dueOn().toString(),
                    "overdue", invoice.overdue(today),
                    "currency", invoice.currency(),
                    "total", invoice.total(),
                    "amountPaid", invoice.amountPaid(),
                    "amountDue", invoice.state().payable() ? invoice.amountDue() : 0,
                    "payments",
                        payments.get(invoice.invoiceId()).stream()
                            .map(InvoiceJson::payment)
                            .toList()))
        .toList();
  }

  /**
   * Mails the statement to those who get the customer's invoices; it says how the customer stands
   * when it is sent.
   */
  private Response mail(Request request) {
    Fields fields = request.fields();
    Wording wording = StatementMail.wording(fields);
    fields.check();
    return keys.create(
        request,
        () -> {
          Known known = find(request);
          Recipients recipients = Recipients.of(known.customer(), Contact.Gets.INVOICE);
          if (recipients.nobody()) {
            throw Recipients.noAddress();
          }
          UnitOfWork work = table.begin(known.firm().firmId());
          ClientItem client = known.client().mailing(work, recipients.told());
          Mail.Id id =
              new Mail.Id(
                  work.firm(), MailKind.STATEMENT, client.customerId(), client.statements());
          mails.addStatement(work, id, StatementMail.facts(recipients, wording));
          return new Creation(
              work,
              Response.json(
                  202,
                  Json.object(
                      "to", recipients.all(), "clientUrl", ClientLink.url(baseUrl, client))));
        });
  }

  private Response link(Request request) {
    Known known = find(request);
    UnitOfWork work = table.begin(known.firm().firmId());
    ClientItem client = known.client().linked(work);
    work.commit();
    return Response.json(
        work.size() == 0 ? 200 : 201, Json.object("url", ClientLink.url(baseUrl, client)));
  }

  private Response revoke(Request request) {
    Known known = find(request);
    if (known.client().token() != null) {
      UnitOfWork work = table.begin(known.firm().firmId());
      known.client().revoked(work);
      work.commit();
    }
    return Response.noContent();
  }
}
