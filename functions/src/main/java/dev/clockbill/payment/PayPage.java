package dev.clockbill.payment;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.clockbill.firm.FirmItem;
import dev.clockbill.firm.FirmSettings;
import dev.clockbill.firm.Logo;
import dev.clockbill.http.HtmlPage;
import dev.clockbill.http.Http;
import dev.clockbill.http.Request;
import dev.clockbill.http.Response;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceStore;
import dev.clockbill.invoice.PayLink;
import dev.clockbill.invoice.Payment;
import dev.clockbill.invoice.PaymentItem;
import dev.clockbill.invoice.mail.InvoicePdfStore;
import dev.clockbill.payment.PayOffer.Closed;
import dev.clockbill.payment.PayOffer.Payable;
import dev.clockbill.print.Templates;
import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Json;
import dev.clockbill.shared.Log;
import dev.clockbill.shared.Priming;
import dev.clockbill.shared.TimeLeft;
import dev.clockbill.table.Item;
import dev.clockbill.table.Pointer;
import dev.clockbill.table.Retry;
import dev.clockbill.table.Table;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The page behind a pay link, where a customer pays an invoice. It is public: whoever has the link
 * may see it. Looking at the page changes nothing and opens no checkout, because mail scanners look
 * at every link.
 */
public final class PayPage implements RequestStreamHandler {
  private static final int TRIES = 5;

  /** How long a customer waits for the processor before the page says that it is away. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Table table;
  private final InvoiceStore invoices;
  private final CheckoutSessions checkouts;
  private final InvoicePdfStore pdfs;
  private final String baseUrl;
  private final String formTargets;

  /** Wired from the process's environment. */
  public PayPage() {
    this(System.getenv());
    Priming.rehearse(PayPage.class);
  }

  /** Wired from these variables. */
  public PayPage(Map<String, String> variables) {
    Environment environment = new Environment(variables);
    Processor processor = new Processor(environment);
    this.baseUrl = environment.required("BASE_URL");
    this.table = new Table(environment);
    this.invoices = new InvoiceStore(table);
    this.checkouts = new CheckoutSessions(table, environment, processor);
    this.pdfs = new InvoicePdfStore(table, baseUrl);
    this.formTargets = "'self' " + processor.pagesOrigin();
  }

  /** Answers the routes under {@code /pay/{token}}. */
  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    TimeLeft.within(PATIENCE, context, () -> Http.serve(input, output, this::answer));
  }

  private Response answer(Request request) {
    return switch (request.route()) {
      case "GET /pay/{token}" -> {
        Optional<String> returned = request.query("returned");
        yield behindLink(request, linked -> show(linked, returned));
      }
      case "POST /pay/{token}/checkout" ->
          Retry.onConflict(TRIES, () -> behindLink(request, this::pay));
      case "GET /pay/{token}/invoice.pdf" -> behindLink(request, this::pdf);
      case "GET /pay/{token}/logo" -> behindLink(request, this::logo);
      default -> throw Http.unknownRoute(request);
    };
  }

  /** An invoice that a pay link leads to, with its payments. */
  private record Linked(FirmSettings firm, CheckoutSessions.Bill bill, List<Payment> payments) {
    Invoice invoice() {
      return bill.invoice();
    }

    PayOffer offer() {
      return PayOffer.of(firm, invoice(), payments);
    }
  }

  private Response behindLink(Request request, Function<Linked, Response> answer) {
    return Optional.ofNullable(Json.text(request.pathParameters(), "token"))
        .filter(PayLink::mayBeToken)
        .flatMap(token -> Pointer.payLink(token).read(table))
        .flatMap(target -> linked(target.firm(), target.invoiceId()))
        .map(answer)
        .orElseGet(HtmlPage::unknownLink);
  }

  private Optional<Linked> linked(String firm, String invoiceId) {
    List<Item> family = invoices.family(firm, invoiceId);
    Optional<Item> settings = table.get(firm, FirmItem.KEY);
    if (settings.isEmpty() || family.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Linked(
            FirmItem.of(settings.get()),
            CheckoutSessions.Bill.of(family.getFirst()),
            PaymentItem.among(family)));
  }

  /**
   * Shows the page; to those who come back from the processor it says that they have paid, until it
   * is known what came of that. Then whatever is due can be paid again.
   *
   * @param returned the checkout from which they come back
   */
  private Response show(Linked linked, Optional<String> returned) {
    if (linked.offer() instanceof Closed closed) {
      return page(200, linked, closed);
    }
    boolean confirming =
        returned
            .filter(id -> checkouts.awaitsNews(firm(linked), List.of(linked.invoice()), id))
            .isPresent();
    return page(200, linked, confirming ? PayOffer.confirming() : null);
  }

  /**
   * Sends the customer to a checkout at the processor. If the last one has ended unseen, that is
   * booked, and the invoice looked at again.
   */
  private Response pay(Linked linked) {
    return switch (linked.offer()) {
      case Payable payable ->
          checkout(linked).or(() -> payAgain(linked)).orElseGet(HtmlPage::unknownLink);
      case Closed closed -> page(409, linked, closed);
    };
  }

  private static String firm(Linked linked) {
    return linked.firm().firmId();
  }

  private Optional<Response> payAgain(Linked before) {
    return linked(before.firm().firmId(), before.invoice().invoiceId())
        .map(
            linked ->
                switch (linked.offer()) {
                  case Payable payable ->
                      checkout(linked).orElseGet(() -> page(409, linked, PayOffer.perhapsPaid()));
                  case Closed closed -> page(409, linked, closed);
                });
  }

  /** Empty if the last checkout has ended unseen. */
  private Optional<Response> checkout(Linked linked) {
    try {
      CheckoutSessions.Opening opening =
          checkouts.open(
              linked.firm(),
              new CheckoutSessions.Wanted(
                  List.of(linked.bill()), PayLink.url(baseUrl, linked.invoice().payToken())));
      return switch (opening) {
        case CheckoutSessions.At(String url) -> Optional.of(HtmlPage.redirect(url));
        case CheckoutSessions.Ended ended -> Optional.empty();
      };
    } catch (ProcessorFailed failed) {
      Log.failure(
          failed, "firmId", linked.firm().firmId(), "invoiceId", linked.invoice().invoiceId());
      PayOffer.Failure answer = PayOffer.after(failed, linked.firm());
      return Optional.of(page(answer.status(), linked, answer.notice()));
    }
  }

  private Response pdf(Linked linked) {
    return pdfs.kept(linked.firm().firmId(), linked.invoice().invoiceId())
        .map(pdf -> HtmlPage.unseenByOthers(InvoicePdfStore.answer(linked.invoice(), pdf)))
        .orElseGet(HtmlPage::unknownLink);
  }

  private Response logo(Linked linked) {
    return Logo.behindLink(table, linked.firm().firmId());
  }

  private Response page(int status, Linked linked, Closed notice) {
    PayView view = PayView.of(linked.firm(), linked.invoice(), baseUrl, notice);
    return HtmlPage.page(status, Templates.html("pay", view), formTargets, view.face());
  }
}
