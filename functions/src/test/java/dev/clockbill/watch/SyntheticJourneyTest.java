package dev.clockbill.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.Api;
import dev.clockbill.Eventually;
import dev.clockbill.Laptop;
import dev.clockbill.OnStack;
import dev.clockbill.TestFirm;
import dev.clockbill.UsedGrantFiles;
import dev.clockbill.local.Settings;
import dev.clockbill.local.SettingsBuilder;
import dev.clockbill.local.Stack;
import dev.clockbill.local.lambda.FunctionFailed;
import dev.clockbill.shared.Environment;
import dev.clockbill.watch.JourneyLogin.Member;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The journey that watches the product does the main job, leaves nothing, and says what fails. */
@OnStack
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SyntheticJourneyTest {
  private static final String MEMBER = "journey@clockbill.example";
  private static final String PASSWORD = "correct horse battery staple";
  private static final String CUSTOMER = "success@simulator.amazonses.com";

  private Stack stack;
  private TestFirm firm;

  @BeforeAll
  void start() {
    Settings settings = Laptop.settings();
    Map<String, String> secrets = new LinkedHashMap<>(settings.secrets());
    secrets.put("/clockbill/synthetic-login", Api.json("user", MEMBER, "password", PASSWORD));
    stack = Stack.start(SettingsBuilder.builder(settings).secrets(secrets).build());
    Map<String, String> owner = Map.of("name", "Journey", "email", MEMBER);
    firm = TestFirm.at(stack.base(), Api.json("payments", "ready", "owner", owner));
    firm.customer("Mailbox simulator", CUSTOMER);
    firm.service("Tax Resolution", 25_000);
  }

  @AfterAll
  void close() {
    stack.close();
    UsedGrantFiles.keep(stack.used().uses());
  }

  @BeforeEach
  void givePassword() {
    password(MEMBER, PASSWORD, true);
  }

  private void password(String user, String password, boolean permanent) {
    Api.at(stack.base())
        .post(
            "/_local/passwords",
            Api.json("user", user, "password", password, "permanent", permanent))
        .expect(200);
  }

  private void journey() throws FunctionFailed {
    stack.invoke("SyntheticJourney", "{}");
  }

  private JsonNode owner(String path) {
    return firm.owner().get(path).expect(200);
  }

  private void assertNothingIsLeft() {
    assertThat(owner("/timers").path("timers")).isEmpty();
    assertThat(owner("/time-entries").path("timeEntries")).isEmpty();
    assertThat(owner("/invoices").path("invoices")).isEmpty();
    assertThat(Api.at(stack.base()).get("/_local/mails").expect(200).path("mails")).isEmpty();
  }

  @Test
  void theMainJobLeavesNothingBehindAndMailsNobody() {
    assertThatCode(this::journey).doesNotThrowAnyException();
    assertNothingIsLeft();
    Eventually.get(
        "the end of the journey's executions",
        () -> Api.at(stack.base()).get("/_local/executions").expect(200).path("executions"),
        all -> !all.isEmpty() && !all.findValuesAsText("status").contains("RUNNING"));
  }

  @Test
  void whatAFormerJourneyLeftIsClearedUp() {
    String customer = owner("/customers").at("/customers/0/customerId").asText();
    String service = owner("/services").at("/services/0/serviceId").asText();
    firm.stop(firm.start(customer, service));
    firm.start(customer, service);
    assertThatCode(this::journey).doesNotThrowAnyException();
    assertNothingIsLeft();
  }

  @Test
  void aStepThatFailsIsNamedAndWhatItLeftIsClearedUp() {
    fault("StopTimer", "TransactWriteItems");
    assertThatThrownBy(this::journey)
        .hasMessageMatching(
            "The journey failed at \"stop it\" after \\d+ ms: POST /timers/\\w+/stop answered 500"
                + " \\(.*internal-error\\), not 200\\.");
    assertNothingIsLeft();
  }

  private void fault(String function, String operation) {
    Api.at(stack.base())
        .post(
            "/_local/faults",
            Api.json(
                "function",
                function,
                "service",
                "dynamodb",
                "operation",
                operation,
                "when",
                "before",
                "with",
                "error",
                "times",
                4))
        .expect(200);
  }

  @Test
  void aWrongPasswordIsSaid() {
    password(MEMBER, "another", true);
    assertThatThrownBy(this::journey)
        .hasMessageMatching(
            "The journey failed at \"log in\" after \\d+ ms: The login refuses the member of the"
                + " parameter /clockbill/synthetic-login: Incorrect username or password\\.")
        .hasMessageNotContaining(PASSWORD);
  }

  @Test
  void aMemberWhoHasNotChosenAPasswordIsSaid() {
    String invited = "invited@clockbill.example";
    firm.owner()
        .post("/staff", Api.json("name", "Invited", "email", invited, "role", "staff"))
        .expect(201);
    password(invited, PASSWORD, false);
    JourneyLogin login = new JourneyLogin(new Environment(stack.environment("SyntheticJourney")));
    assertThatThrownBy(() -> login.token(new Member(invited, PASSWORD, Optional.empty())))
        .hasMessage(
            "The login asks the journey's member for NEW_PASSWORD_REQUIRED: give them a permanent"
                + " password and no second factor.");
  }

  @ParameterizedTest
  @ValueSource(strings = {PASSWORD, "{\"user\": \"journey\"}", "{\"password\": \"secret\"}", "[]"})
  void aParameterWithSomethingElseIsSaidWithoutShowingIt(String written) {
    assertThatThrownBy(() -> Member.of("/clockbill/something-else", written))
        .hasMessage(
            "The parameter /clockbill/something-else has to hold {\"user\": …, \"password\": …}.")
        .hasNoCause();
  }

  @ParameterizedTest
  @ValueSource(strings = {"customer@person.example", ""})
  void aFirmWithoutTheSimulatorsCustomerIsLeftAlone(String email) {
    TestFirm real = TestFirm.at(stack.base(), Api.json("payments", "ready"));
    if (!email.isEmpty()) {
      real.customer("A Person", email);
    }
    real.service("Tax Resolution", 25_000);
    BilledHour job =
        new BilledHour(new Visitor(stack.base()).withToken(real.owner().token().orElseThrow()));
    assertThatThrownBy(() -> job.make(new Steps()))
        .hasMessageContaining("find the journey's customer and a service")
        .hasMessageContaining("needs a customer with the address " + CUSTOMER);
    assertThat(real.owner().get("/time-entries").expect(200).path("timeEntries")).isEmpty();
  }

  @Test
  void aPayPageThatIsGoneIsSaidWithoutItsLink() {
    PublicPages pages = new PublicPages(new Visitor(stack.base()), "");
    assertThatThrownBy(
            () -> pages.payPage(new Steps(), stack.base() + "/pay/AAAAAAAAAAAAAAAAAAAAAA"))
        .hasMessageEndingWith("/pay/… answered 404, not 200.");
  }

  @Test
  void aProductThatIsDownIsSaid() {
    assertThatThrownBy(
            () -> new PublicPages(new Visitor(stack.base() + "/_local"), "").visit(new Steps()))
        .hasMessageMatching(
            "The journey failed at \"ask for the sign of life\" after \\d+ ms: GET /health answered"
                + " 404, not 200\\.");
    assertThatThrownBy(
            () -> new PublicPages(new Visitor("http://localhost:1"), "").visit(new Steps()))
        .hasMessageContaining("GET /health got no answer: ConnectException");
  }
}
