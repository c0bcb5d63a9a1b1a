package dev.clockbill.payment;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.clockbill.firm.FirmItem;
import dev.clockbill.firm.FirmSettings;
import dev.clockbill.http.HtmlPage;
import dev.clockbill.http.Http;
import dev.clockbill.http.Request;
import dev.clockbill.http.Response;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.InvoiceItem;
import dev.clockbill.invoice.InvoiceStore;
import dev.clockbill.invoice.Payment;
import dev.clockbill.invoice.PaymentItem;
import dev.clockbill.invoice.mail.InvoicePdfStore;
import dev.clockbill.payment.PayOffer.Closed;
import dev.clockbill.payment.PayOffer.Payable;
import dev.clockbill.payment.Processor.ProcessorFailed;
import dev.clockbill.print.Templates;
import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Json;
import dev.clockbill.shared.Log;
import dev.clockbill.table.ConditionFailed;
import dev.clockbill.table.Item;
import dev.clockbill.table.Pointer;
import dev.clockbill.table.Table;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The customer's page: public, found by its token alone. Looking at it changes nothing and opens no
 * checkout, since mail scanners look at everything.
 */
public final class PayPage implements RequestStreamHandler {
  private static final int TRIES = 5;

  private final Table table;
  private final PayLinks links;
  private final CheckoutSessions checkouts;
  private final InvoicePdfStore pdfs;
  private final String baseUrl;
  private final String formTargets;

  /** Wired from the process's environment. */
  public PayPage() {
    this(System.getenv());
  }

  /** Wired from these variables. */
  public PayPage(Map<String, String> environment) {
    Environment variables = new Environment(environment);
    Processor processor = new Processor(variables);
    this.baseUrl = variables.required("BASE_URL");
    this.table = new Table(variables);
    this.links = new PayLinks(table);
    this.checkouts = new CheckoutSessions(table, processor, baseUrl);
    this.pdfs = new InvoicePdfStore(table, baseUrl);
    this.formTargets = "'self' " + processor.pagesOrigin();
  }

  /** What a link opens, as the last writes left it. */
  private record Opened(
      FirmSettings firm, Invoice invoice, List<Payment> payments, long checkouts) {}

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    Http.serve(input, output, this::answer);
  }

  private Response answer(Request request) {
    String token = Json.text(request.pathParameters(), "token");
    return switch (request.route()) {
      case "GET /pay/{token}" -> shown(token, request.query("returned").isPresent());
      case "POST /pay/{token}/checkout" -> checkout(token);
      case "GET /pay/{token}/invoice.pdf" -> pdf(token);
      default -> throw Http.unknownRoute(request);
    };
  }

  private Response shown(String token, boolean returned) {
    Optional<Opened> opened = opened(token);
    if (opened.isEmpty()) {
      return unknown();
    }
    return switch (offer(opened.get())) {
      case Payable payable -> page(200, opened.get(), returned ? PayOffer.returned() : null);
      case Closed closed -> page(200, opened.get(), closed);
    };
  }

  private Response pdf(String token) {
    return opened(token).flatMap(this::pdf).orElseGet(PayPage::unknown);
  }

  private Optional<Response> pdf(Opened opened) {
    return pdfs.kept(opened.firm().firmId(), opened.invoice().invoiceId())
        .map(
            pdf ->
                InvoicePdfStore.answer(opened.invoice(), pdf)
                    .with("referrer-policy", "no-referrer")
                    .with("cache-control", "no-store"));
  }

  private Response checkout(String token) {
    for (int attempt = 1; ; attempt++) {
      Optional<Opened> opened = opened(token);
      if (opened.isEmpty()) {
        return unknown();
      }
      try {
        return switch (offer(opened.get())) {
          case Payable payable -> checkout(opened.get(), payable);
          case Closed closed -> page(409, opened.get(), closed);
        };
      } catch (ConditionFailed overtaken) {
        if (attempt == TRIES) {
          throw overtaken;
        }
      }
    }
  }

  private Response checkout(Opened opened, Payable payable) {
    try {
      return checkouts
          .url(opened.firm(), opened.invoice(), opened.checkouts(), payable.charge())
          .map(PayPage::redirect)
          .orElseGet(() -> page(409, opened, PayOffer.perhapsPaid()));
    } catch (ProcessorFailed failed) {
      Log.failure(
          failed, "firmId", opened.firm().firmId(), "invoiceId", opened.invoice().invoiceId());
      return failed.refused()
          ? page(409, opened, PayOffer.refused(opened.firm()))
          : page(503, opened, PayOffer.unavailable());
    }
  }

  private Optional<Opened> opened(String token) {
    return links.find(token).flatMap(this::opened);
  }

  private Optional<Opened> opened(Pointer.Target target) {
    List<Item> family = new InvoiceStore(table).family(target.firm(), target.invoiceId());
    Optional<Item> settings = table.get(target.firm(), FirmItem.KEY);
    if (settings.isEmpty() || family.isEmpty()) {
      return Optional.empty();
    }
    Item invoice = family.getFirst();
    return Optional.of(
        new Opened(
            FirmItem.of(settings.get()),
            InvoiceItem.of(invoice),
            PaymentItem.among(family),
            invoice.number("checkouts", 0)));
  }

  private static PayOffer offer(Opened opened) {
    return PayOffer.of(opened.firm(), opened.invoice(), opened.payments());
  }

  private Response page(int status, Opened opened, Closed notice) {
    PayView view = PayView.of(opened.firm(), opened.invoice(), baseUrl, notice);
    return HtmlPage.page(status, Templates.html("pay", view), formTargets);
  }

  private static Response unknown() {
    return HtmlPage.page(404, Templates.html("unknownLink", "Clockbill"), "'none'");
  }

  private static Response redirect(String url) {
    return new Response(303, Map.of("location", url), null, false)
        .with("referrer-policy", "no-referrer")
        .with("cache-control", "no-store");
  }
}
