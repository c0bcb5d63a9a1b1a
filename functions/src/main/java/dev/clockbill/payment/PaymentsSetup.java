package dev.clockbill.payment;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.clockbill.firm.AccountNews;
import dev.clockbill.firm.FirmSettings.Payments;
import dev.clockbill.http.Fields;
import dev.clockbill.http.Http;
import dev.clockbill.http.IdempotencyKeys;
import dev.clockbill.http.IdempotencyKeys.Creation;
import dev.clockbill.http.Problem;
import dev.clockbill.http.Request;
import dev.clockbill.http.Response;
import dev.clockbill.payment.Processor.Account;
import dev.clockbill.shared.Environment;
import dev.clockbill.shared.Json;
import dev.clockbill.shared.Log;
import dev.clockbill.shared.Time;
import dev.clockbill.shared.TimeLeft;
import dev.clockbill.table.Table;
import dev.clockbill.table.UnitOfWork;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Connects the firm's account at the processor: creates the account once, sends the owner to the
 * processor's own pages, and says how far the setup is.
 */
public final class PaymentsSetup implements RequestStreamHandler {
  /** How long the owner waits for the processor before the answer says that it is away. */
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private static final Duration A_DAY = Duration.ofDays(1);

  private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());
  private static final int COUNTRY_LETTERS = 2;

  private final Table table;
  private final IdempotencyKeys keys;
  private final ProcessorAccounts accounts;
  private final Processor processor;
  private final String settingsPage;

  /** Wired from the process's environment. */
  public PaymentsSetup() {
    this(System.getenv());
  }

  /** Wired from these variables. */
  public PaymentsSetup(Map<String, String> variables) {
    Environment environment = new Environment(variables);
    this.table = new Table(environment);
    this.keys = new IdempotencyKeys(table);
    this.accounts = new ProcessorAccounts(table);
    this.processor = new Processor(environment);
    this.settingsPage = environment.required("BASE_URL") + "/#/settings/payments";
  }

  /** Answers the routes under {@code /payments/setup}. */
  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    TimeLeft.within(PATIENCE, context, () -> Http.serveMembers(input, output, table, this::answer));
  }

  private Response answer(Request request) {
    String firm = request.caller().firm();
    try {
      return switch (request.route()) {
        case "GET /payments/setup" -> read(firm);
        case "POST /payments/setup" -> begin(request);
        default -> throw Http.unknownRoute(request);
      };
    } catch (ProcessorFailed failed) {
      Log.failure(failed, "requestId", request.id(), "firmId", firm);
      throw Problem.of(
          503, "processor-unavailable", "The payment processor does not answer. Try again later.");
    }
  }

  /**
   * Asks the processor while the setup is pending. Whether an account that seems lost is lost is
   * found by the hourly run.
   */
  private Response read(String firm) {
    Payments payments = accounts.payments(firm);
    if (payments.accountId() == null || payments.ready()) {
      return status(payments, List.of());
    }
    try {
      return asked(firm, payments);
    } catch (ProcessorFailed failed) {
      if (failed.kind() != ProcessorFailed.Kind.ACCOUNT_LOST) {
        throw failed;
      }
      Log.failure(failed, "firmId", firm);
      return status(payments, List.of());
    }
  }

  private Response asked(String firm, Payments payments) {
    Instant asked = Time.now();
    Account account = processor.account(payments.accountId());
    return status(
        accounts.changed(firm, payments.accountId(), account.chargesEnabled(), asked),
        account.requirements());
  }

  private static Response status(Payments payments, List<String> requirements) {
    return Response.json(
        200,
        Json.object(
            "status", payments.status().word(),
            "accountId", payments.accountId(),
            "requirements", requirements));
  }

  private Response begin(Request request) {
    request.caller().mustOwn("set up payments");
    Fields fields = request.fields();
    String country = country(fields);
    fields.check();
    String firm = request.caller().firm();
    return keys.create(request, () -> creationAnew(firm, country));
  }

  private static String country(Fields fields) {
    String country = fields.text("country", COUNTRY_LETTERS);
    if (country != null && !COUNTRIES.contains(country)) {
      fields.refuse("country", "Give the country as two letters of ISO 3166, such as US.");
    }
    return country;
  }

  /**
   * Creates another account where the processor no longer lets us act for the firm's. One into
   * which customers can pay is not replaced before it has been out of reach for a day: perhaps our
   * key is the wrong one.
   */
  private Creation creationAnew(String firm, String country) {
    Payments payments = accounts.payments(firm);
    try {
      return creation(firm, payments, country);
    } catch (ProcessorFailed failed) {
      boolean lost =
          failed.kind() == ProcessorFailed.Kind.ACCOUNT_LOST && payments.accountId() != null;
      if (!lost || (payments.ready() && !lostForADay(firm, payments.accountId()))) {
        throw failed;
      }
      // The one that was asked about: another request may have connected a new one by now.
      accounts.disconnected(payments.accountId(), Time.now());
      return creation(firm, accounts.payments(firm), country);
    }
  }

  private boolean lostForADay(String firm, String accountId) {
    Instant now = Time.now();
    return table
        .get(firm, AccountNews.key(accountId))
        .map(AccountNews::of)
        .filter(news -> !news.lostSince(now).plus(A_DAY).isAfter(now))
        .isPresent();
  }

  /**
   * Creates the account where there is none, and a link to its setup. After a conflict it begins
   * again, and the processor gives the same account.
   *
   * @param payments as they were read
   */
  private Creation creation(String firm, Payments payments, String country) {
    UnitOfWork work = table.begin(firm);
    String accountId = payments.accountId();
    if (accountId == null) {
      accountId = created(firm, country);
      work.addAll(ProcessorAccounts.connected(firm, payments, accountId));
    } else {
      work.add(ProcessorAccounts.same(firm, payments));
    }
    String link = processor.onboardingLink(accountId, settingsPage, settingsPage + "/again");
    return new Creation(work, Response.json(201, Json.object("onboardingUrl", link)));
  }

  /**
   * Creates the account. After an answer that would come again under the same key, the attempt
   * counts, so that the next one has another key.
   */
  private String created(String firm, String country) {
    ProcessorAccounts.Attempts attempts = accounts.attempts(firm);
    try {
      return processor.createAccount(firm, country, "account-" + firm + "-" + attempts.next());
    } catch (ProcessorFailed refused) {
      if (refused.spendsKey()) {
        accounts.failed(firm, attempts);
      }
      throw refused;
    }
  }
}
