package dev.clockbill.statement;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.clockbill.firm.Customer;
import dev.clockbill.firm.CustomerItem;
import dev.clockbill.firm.FirmItem;
import dev.clockbill.firm.FirmSettings;
import dev.clockbill.firm.Logo;
import dev.clockbill.http.HtmlPage;
import dev.clockbill.http.Http;
import dev.clockbill.http.Request;
import dev.clockbill.http.Response;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceItem;
import dev.clockbill.invoice.Payment;
import dev.clockbill.payment.CheckoutSessions;
import dev.clockbill.payment.CheckoutSessions.Bill;
import dev.clockbill.payment.PayOffer;
import dev.clockbill.payment.PayOffer.Closed;
import dev.clockbill.payment.Processor;
import dev.clockbill.payment.ProcessorFailed;
import dev.clockbill.print.Templates;
import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Json;
import dev.clockbill.shared.Log;
import dev.clockbill.shared.TimeLeft;
import dev.clockbill.table.Item;
import dev.clockbill.table.Pointer;
import dev.clockbill.table.Retry;
import dev.clockbill.table.Table;
import dev.clockbill.table.WrongCursor;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * The page behind a client link, where a customer sees all their invoices with what was paid, and
 * pays one or several open ones in one checkout. It is public: whoever has the link may see it, and
 * revoking the link ends that. Looking at the page changes nothing and opens no checkout, because
 * mail scanners look at every link.
 */
public final class ClientPage implements RequestStreamHandler {
  private static final int TRIES = 5;

  /** How many invoices are looked at for one page of the paid and void ones. */
  private static final int PAGE = 20;

  /** How long a customer waits for the processor before the page says that it is away. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Table table;
  private final StatementStore statements;
  private final CheckoutSessions checkouts;
  private final String baseUrl;
  private final String formTargets;

  /** Wired from the process's environment. */
  public ClientPage() {
    this(System.getenv());
  }

  /** Wired from these variables. */
  public ClientPage(Map<String, String> variables) {
    Environment environment = new Environment(variables);
    Processor processor = new Processor(environment);
    this.baseUrl = environment.required("BASE_URL");
    this.table = new Table(environment);
    this.statements = new StatementStore(table);
    this.checkouts = new CheckoutSessions(table, environment, processor);
    this.formTargets = "'self' " + processor.pagesOrigin();
  }

  /** Answers the routes under {@code /clients/{token}}. */
  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    TimeLeft.within(PATIENCE, context, () -> Http.serve(input, output, this::answer));
  }

  private Response answer(Request request) {
    return switch (request.route()) {
      case "GET /clients/{token}" -> behindLink(request, linked -> show(linked, request));
      case "POST /clients/{token}/checkout" -> {
        ChosenInvoices chosen = ChosenInvoices.ofForm(request.body());
        yield Retry.onConflict(TRIES, () -> behindLink(request, linked -> pay(linked, chosen)));
      }
      case "GET /clients/{token}/logo" -> behindLink(request, this::logo);
      default -> throw Http.unknownRoute(request);
    };
  }

  /** A customer to whom a client link leads. */
  private record Linked(FirmSettings firm, Customer customer, String token) {}

  private Response behindLink(Request request, Function<Linked, Response> answer) {
    return Optional.ofNullable(Json.text(request.pathParameters(), "token"))
        .filter(ClientLink::mayBeToken)
        .flatMap(
            token -> Pointer.clientLink(token).read(table).flatMap(target -> linked(target, token)))
        .map(answer)
        .orElseGet(HtmlPage::unknownLink);
  }

  private Optional<Linked> linked(Pointer.Target target, String token) {
    String customerKey = CustomerItem.key(target.customerId());
    Map<String, Item> read = table.get(target.firm(), List.of(FirmItem.KEY, customerKey));
    return read.size() < 2
        ? Optional.empty()
        : Optional.of(
            new Linked(
                FirmItem.of(read.get(FirmItem.KEY)),
                CustomerItem.of(read.get(customerKey)),
                token));
  }

  /**
   * Shows the page; to those who come back from the processor it says that they have paid, until it
   * is known what came of that. A page after what is none of their invoices, or is one no more, is
   * the newest one; it makes no difference whose it is.
   */
  private Response show(Linked linked, Request request) {
    Optional<ChosenInvoices> chosen =
        request.query(ChosenInvoices.FIELD).map(ChosenInvoices::ofQuery);
    Statement statement = statements.of(linked.firm(), linked.customer());
    boolean confirming =
        request
            .query("returned")
            .filter(id -> checkouts.awaitsNews(linked.firm().firmId(), statement.open(), id))
            .isPresent();
    return page(
        200,
        linked,
        statement,
        chosen,
        request.query("older").orElse(null),
        confirming ? PayOffer.confirming() : null);
  }

  /**
   * Sends the customer to a checkout at the processor. If one of the last ones has ended unseen,
   * that is booked, and the invoices looked at again.
   */
  private Response pay(Linked linked, ChosenInvoices chosen) {
    return attempt(linked, chosen)
        .or(() -> attempt(linked, chosen))
        .orElseGet(() -> page(409, linked, chosen, PayOffer.perhapsPaid()));
  }

  /** Empty if a last checkout has ended unseen. */
  private Optional<Response> attempt(Linked linked, ChosenInvoices chosen) {
    String firm = linked.firm().firmId();
    List<Bill> bills = bills(linked, chosen);
    Optional<Closed> closed = refusal(linked, chosen, bills);
    if (closed.isPresent()) {
      return Optional.of(page(409, linked, chosen, closed.get()));
    }
    try {
      return switch (checkouts.open(
          linked.firm(),
          new CheckoutSessions.Wanted(bills, ClientLink.url(baseUrl, linked.token())))) {
        case CheckoutSessions.At(String url) -> Optional.of(HtmlPage.redirect(url));
        case CheckoutSessions.Ended ended -> Optional.empty();
      };
    } catch (ProcessorFailed failed) {
      Log.failure(failed, "firmId", firm, "customerId", linked.customer().customerId());
      PayOffer.Failure answer = PayOffer.after(failed, linked.firm());
      return Optional.of(page(answer.status(), linked, chosen, answer.notice()));
    }
  }

  /** The chosen invoices of this customer, oldest first; others are left out. */
  private List<Bill> bills(Linked linked, ChosenInvoices chosen) {
    if (chosen.tooMany()) {
      return List.of();
    }
    List<String> keys = chosen.ids().stream().sorted().map(InvoiceItem::key).toList();
    Map<String, Item> read = table.get(linked.firm().firmId(), keys);
    return keys.stream()
        .map(read::get)
        .filter(Objects::nonNull)
        .map(Bill::of)
        .filter(bill -> bill.invoice().number() != null)
        .filter(
            bill -> bill.invoice().customer().customerId().equals(linked.customer().customerId()))
        .toList();
  }

  /** Why the chosen invoices cannot be paid in one checkout; empty if they can. */
  private Optional<Closed> refusal(Linked linked, ChosenInvoices chosen, List<Bill> bills) {
    if (chosen.tooMany()) {
      return Optional.of(
          new Closed(
              false,
              "Too many invoices at once",
              "Nothing was charged. Select up to %d invoices, and pay the others afterwards."
                  .formatted(CheckoutSessions.MOST_INVOICES)));
    }
    List<Invoice> invoices = bills.stream().map(Bill::invoice).toList();
    if (invoices.isEmpty() || invoices.size() < chosen.ids().size()) {
      return Optional.of(
          new Closed(
              false,
              "No invoice is selected",
              "Nothing was charged. Select at least one of the open invoices below."));
    }
    Map<String, List<Payment>> payments = statements.payments(linked.firm().firmId(), invoices);
    Optional<Invoice> changed =
        invoices.stream()
            .filter(invoice -> !PayOffer.selectable(invoice, payments.get(invoice.invoiceId())))
            .findFirst();
    if (changed.isPresent()) {
      return Optional.of(
          new Closed(
              false,
              "Invoice " + changed.get().number() + " cannot be paid now",
              "Nothing was charged. It was paid, is being paid, or is void. The list below shows"
                  + " what is open now."));
    }
    if (invoices.stream().map(Invoice::currency).distinct().count() > 1) {
      return Optional.of(
          new Closed(
              false,
              "These invoices are in different currencies",
              "Nothing was charged. Pay those of one currency first, then the others."));
    }
    return switch (PayOffer.together(linked.firm(), invoices)) {
      case PayOffer.Payable payable -> Optional.empty();
      case Closed closed -> Optional.of(closed);
    };
  }

  private Response page(int status, Linked linked, ChosenInvoices chosen, Closed notice) {
    Statement statement = statements.of(linked.firm(), linked.customer());
    return page(status, linked, statement, Optional.of(chosen), null, notice);
  }

  private Response page(
      int status,
      Linked linked,
      Statement statement,
      Optional<ChosenInvoices> chosen,
      String older,
      Closed notice) {
    StatementStore.Closed closed;
    try {
      closed =
          statements.closedAfter(
              linked.firm().firmId(), linked.customer().customerId(), older, PAGE);
    } catch (WrongCursor wrong) {
      return HtmlPage.redirect(ClientLink.path(linked.token()));
    }
    ClientView view =
        ClientView.of(
            statement, closed, statements::payments, linked.token(), chosen, older, notice);
    return HtmlPage.page(status, Templates.html("client", view), formTargets, view.face());
  }

  private Response logo(Linked linked) {
    return Logo.behindLink(table, linked.firm().firmId());
  }
}
