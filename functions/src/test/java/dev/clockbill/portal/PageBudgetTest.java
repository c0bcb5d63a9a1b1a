package dev.clockbill.portal;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Clock;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.options.LoadState;
import dev.clockbill.Laptop;
import dev.clockbill.TestFirm;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What each page asks for until it is shown, when nothing of the portal is on the device yet. The
 * numbers of files and kilobytes are today's with a little room: who saves some takes them off.
 * Scripts that a browser finds out about late are named, and so are all calls of the API.
 */
@InBrowser
class PageBudgetTest {
  private static final Pattern ASSET = Pattern.compile("/assets/[0-9a-f]{16}/(.*)");
  private static final Pattern ID =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\d|(?<=/|Id=)[0-9A-Za-z_-]{20,}");

  private static TestFirm firm;
  private static String customer;
  private static String draft;
  private static String sent;

  private final PortalFiles files = new PortalFiles();

  @BeforeAll
  static void aFirmWithSomethingOnEveryPage() {
    firm = Laptop.firm();
    String service = firm.service("Tax Resolution", 25_000);
    customer = firm.customer("Ada Lovelace");
    draft = firm.time(customer, service, 61).path("invoiceId").asText();
    sent = firm.time(customer, service, 125).path("invoiceId").asText();
    firm.send(sent);
    firm.start(customer, service);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      textBlock =
          """
          /                     | 39 | 43.5 | - | customers?limit=1 reports/overview services time-entries?staffId=…&from=…&to=…&limit=100 timers
          /customers            | 42 | 46.5 | - | customers?active=true&sums=true
          /customers/{customer} | 42 | 47.0 | - | customers/… invoices?customerId=…&limit=10 services time-entries?customerId=…&limit=10 time-entries?customerId=…&state=unbilled&limit=100
          /time                 | 44 | 47.5 | - | staff time-entries timers
          /invoices             | 42 | 46.0 | - | invoices invoices/counts payments/unmatched?limit=1
          /invoices/{draft}     | 44 | 53.0 | core/amounts.js core/pricing.js core/typed-amounts.js parts/invoice-editor.js parts/invoice-lines.js parts/problems.js | invoices/… time-entries?customerId=…&state=drafted&limit=100
          /invoices/{sent}      | 40 | 46.0 | parts/lines-on-paper.js parts/sent-invoice.js | invoices/…
          /billing              | 36 | 43.0 | - | billing-runs/unbilled?upTo=… billing-runs?drafts=false&limit=6
          /reports              | 38 | 44.5 | parts/picture.js | reports/realisation?by=customer&from=…&to=…
          /settings/firm        | 43 | 50.0 | core/postal.js parts/firm-forms.js parts/postal-fields.js | firm
          """)
  void aPageAsksForSoMuch(
      String place,
      int mostFiles,
      double mostKilobytes,
      String late,
      String calls,
      Visitors visitors) {
    Visitor owner = visitors.at(firm.owner());
    List<String> requests = new ArrayList<>();
    owner.context().onRequest(request -> requests.add(path(request)));
    // Time stands still, so that nothing is asked for again.
    Clock clock = owner.context().clock();
    clock.install(new Clock.InstallOptions().setTime(Instant.now().toEpochMilli()));
    clock.pauseAt(Instant.now().plusSeconds(1).toEpochMilli());
    owner
        .page()
        .navigate(
            owner.base()
                + "/#"
                + place
                    .replace("{customer}", customer)
                    .replace("{draft}", draft)
                    .replace("{sent}", sent));
    owner.heading().waitFor();
    owner.tracker().waitFor();
    owner.page().waitForLoadState(LoadState.NETWORKIDLE);

    List<String> loaded = assets(requests);
    assertThat(loaded).doesNotHaveDuplicates().hasSizeLessThanOrEqualTo(mostFiles);
    assertThat(kilobytes(loaded)).isBetween(mostKilobytes - 3, mostKilobytes);
    List<String> named = named(owner);
    assertThat(loaded.stream().filter(file -> file.endsWith(".js") && !named.contains(file)))
        .as("scripts that the page does not name")
        .containsExactlyInAnyOrder(late == null ? new String[0] : late.split(" "));
    assertThat(calls(requests))
        .containsExactlyInAnyOrder(("me firm timers/running " + calls).split(" "));
  }

  @Test
  void fromStopToTheInvoiceNothingIsAskedTwice(Visitors visitors) {
    TestFirm other = Laptop.firm();
    other.service("Tax Resolution", 25_000);
    String ada = other.customer("Ada Lovelace");
    Visitor owner = visitors.at(other.owner()).startTracking(ada, "Tax Resolution");
    List<String> requests = new ArrayList<>();
    owner.context().onRequest(request -> requests.add(path(request)));
    owner.button("Stop Tracking").click();
    owner.expectHeading("Draft invoice");
    owner.page().waitForLoadState(LoadState.NETWORKIDLE);
    List<String> calls = new ArrayList<>(calls(requests));
    // What runs is asked for now and then, and whether the draft is made until it is.
    calls.removeIf(call -> call.equals("timers/running") || call.equals("time-entries/…"));
    assertThat(calls)
        .containsExactlyInAnyOrder(
            "timers/…/stop",
            "customers/…",
            "firm",
            "invoices/…",
            "time-entries?customerId=…&state=drafted&limit=100");
  }

  private static String path(Request request) {
    URI address = URI.create(request.url());
    return address.getPath() + (address.getQuery() == null ? "" : "?" + address.getQuery());
  }

  private static List<String> assets(List<String> requests) {
    return requests.stream()
        .map(ASSET::matcher)
        .filter(Matcher::matches)
        .map(found -> found.group(1))
        .toList();
  }

  private static List<String> calls(List<String> requests) {
    return requests.stream()
        .filter(path -> !path.equals("/") && !ASSET.matcher(path).matches())
        .map(path -> ID.matcher(path.substring(1)).replaceAll("…"))
        .toList();
  }

  /** As the newest browsers get them, without the font. */
  private double kilobytes(List<String> loaded) {
    return loaded.stream()
            .filter(file -> !file.endsWith(".woff2"))
            .mapToInt(file -> files.file(file).orElseThrow().smallest().length)
            .sum()
        / 1000.0;
  }

  /** The scripts that stand in the page, or that early.js has put there. */
  private static List<String> named(Visitor visitor) {
    String addresses =
        (String)
            visitor
                .page()
                .evaluate(
                    """
                    () => [...document.querySelectorAll('link[rel=modulepreload], script[src]')]
                      .map(({ href, src }) => new URL(href ?? src).pathname).join(' ')
                    """);
    return assets(new ArrayList<>(new TreeSet<>(List.of(addresses.split(" ")))));
  }
}
