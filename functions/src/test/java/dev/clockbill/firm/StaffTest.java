package dev.clockbill.firm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.Api;
import dev.clockbill.Laptop;
import dev.clockbill.OnStack;
import dev.clockbill.TestFirm;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@OnStack
class StaffTest {
  private final TestFirm firm = Laptop.firm();
  private final Api owner = firm.owner();
  private final String anna = "anna@" + firm.firmId().toLowerCase(Locale.ROOT) + ".example";

  @Test
  void whoIsInvitedLogsInAndBelongsToTheFirm() {
    JsonNode invited = invite(anna, "staff").expect(201);
    assertThat(invited.path("active").asBoolean()).isTrue();
    assertThat(invited.path("invitation").asText()).isEqualTo("pending");
    assertThat(listed(anna)).isEqualTo(invited);
    JsonNode me = login(anna).get("/me").expect(200);
    assertThat(me.path("firmId").asText()).isEqualTo(firm.firmId());
    assertThat(me.path("staffId")).isEqualTo(invited.path("staffId"));
    assertThat(me.path("role").asText()).isEqualTo("staff");
    assertThat(me.path("name").asText()).isEqualTo("Anna");
  }

  @Test
  void anAddressThatSomebodyLogsInWithIsRefused() {
    invite(anna, "staff").expect(201);
    for (Api.Answer again :
        List.of(
            invite(anna, "staff"),
            invite(anna.toUpperCase(Locale.ROOT), "owner"),
            Laptop.firm().owner().post("/staff", invitation(anna, "staff")))) {
      assertThat(again.status()).isEqualTo(409);
      assertThat(again.word()).isEqualTo("email-in-use");
    }
    assertThat(owner.get("/staff").expect(200).path("staff")).hasSize(3);
  }

  @Test
  void oneAddressIsInvitedOnceHoweverManyPressAtOnce() throws Exception {
    Callable<Integer> press = () -> invite(anna, "staff").status();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (var status : threads.invokeAll(Collections.nCopies(16, press))) {
        assertThat(status.get()).isIn(201, 409);
      }
    }
    assertThat(owner.get("/staff").expect(200).path("staff"))
        .filteredOn(member -> member.path("email").asText().equals(anna))
        .singleElement()
        .extracting(member -> member.path("staffId"))
        .isEqualTo(login(anna).get("/me").expect(200).path("staffId"));
  }

  @Test
  void failure38_anInvitationThatNobodyUsedInAWeekIsSentAgain() {
    String invite = "/staff/" + invite(anna, "staff").expect(201).path("staffId").asText();
    invite += "/invite";
    Laptop.skip(Duration.ofDays(8));
    assertThat(token(anna).status()).isEqualTo(403);
    assertThat(token(anna).body()).contains("has expired");
    assertThat(listed(anna).path("invitation").asText()).isEqualTo("pending");
    JsonNode again = owner.post(invite, "{}").expect(202);
    assertThat(again).isEqualTo(listed(anna));
    Laptop.skip(Duration.ofDays(6));
    owner.post(invite).expect(202);
    Laptop.skip(Duration.ofDays(6));
    assertThat(login(anna).get("/me").status()).isEqualTo(200);
    assertThat(listed(anna).path("invitation").asText()).isEqualTo("accepted");
    assertThat(listed(anna).path("version")).isEqualTo(again.path("version"));
    assertThat(owner.post(invite, "{}").word()).isEqualTo("invitation-accepted");
  }

  @Test
  void anInvitationIsSentAgainByOwnersToActiveMembersOfTheirFirmAlone() {
    String path = "/staff/" + invite(anna, "staff").expect(201).path("staffId").asText();
    String invite = path + "/invite";
    assertThat(firm.staff().post(invite, "{}").word()).isEqualTo("owner-only");
    assertThat(Laptop.firm().owner().post(invite, "{}").word()).isEqualTo("staff-not-found");
    assertThat(owner.post(invite, "{\"email\":\"" + anna + "\"}").status()).isEqualTo(400);
    owner.patch(path, "{\"active\":false}").expect(200);
    assertThat(owner.post(invite, "{}").word()).isEqualTo("staff-inactive");
    assertThat(listed(anna).path("invitation").asText()).isEqualTo("pending");
    owner.patch(path, "{\"active\":true}").expect(200);
    owner.post(invite, "{}").expect(202);
    assertThat(login(anna).get("/me").status()).isEqualTo(200);
  }

  @Test
  void anInvitationIsNotSentAgainToALoginOfAnotherFirm() {
    Laptop.fault("Staff", "cognito-idp", "AdminCreateUser", "before", 3);
    assertThat(invite(anna, "staff").status()).isEqualTo(500);
    String again = "/staff/" + listed(anna).path("staffId").asText() + "/invite";
    Api other = Laptop.firm().owner();
    String theirs =
        other.post("/staff", invitation(anna, "staff")).expect(201).path("staffId").asText();
    Laptop.skip(Duration.ofDays(8));
    Api.Answer refused = owner.post(again, "{}");
    assertThat(refused.status()).isEqualTo(409);
    assertThat(refused.word()).isEqualTo("email-in-use");
    assertThat(token(anna).body()).contains("has expired");
    other.post("/staff/" + theirs + "/invite", "{}").expect(202);
    assertThat(login(anna).get("/me").expect(200).path("staffId").asText()).isEqualTo(theirs);
    assertThat(listed(anna).path("invitation").asText()).isEqualTo("pending");
    assertThat(owner.post(again, "{}").word()).isEqualTo("email-in-use");
    assertThat(listed(anna).path("invitation").asText()).isEqualTo("pending");
  }

  @ParameterizedTest
  @ValueSource(strings = {"AdminCreateUser", "AdminAddUserToGroup"})
  void failure38_anInvitationThatBrokeOffIsFinishedWhenItIsSentAgain(String operation) {
    Laptop.fault("Staff", "cognito-idp", operation, "before", 3);
    assertThat(invite(anna, "owner").status()).isEqualTo(500);
    String path = "/staff/" + listed(anna).path("staffId").asText();
    owner.post(path + "/invite", "{}").expect(202);
    Api asOwner = login(anna);
    assertThat(asOwner.get("/me").expect(200).path("role").asText()).isEqualTo("owner");
    String former = "/staff/" + owner.get("/me").expect(200).path("staffId").asText();
    asOwner.patch(former, "{\"role\":\"staff\"}").expect(200);
  }

  @Test
  void theListComesThoughTheUserPoolDoesNotAnswer() {
    invite(anna, "staff").expect(201);
    login(anna);
    Laptop.fault("Staff", "cognito-idp", "AdminGetUser", "before", 12);
    assertThat(listed(anna).path("invitation").asText()).isEqualTo("pending");
    Laptop.fault("Staff", "cognito-idp", "AdminGetUser", "before", 0);
    assertThat(listed(anna).path("invitation").asText()).isEqualTo("accepted");
  }

  @ParameterizedTest
  @CsvSource({"PutItem, before", "PutItem, after", "UpdateItem, before", "UpdateItem, after"})
  void anInvitationThatBrokeOffIsFinishedByTheSameOne(String operation, String when) {
    // As often as the client itself tries.
    Laptop.fault("Staff", "dynamodb", operation, when, 3);
    Api.Answer first = invite(anna, "staff");
    Laptop.fault("Staff", "dynamodb", operation, when, 0);
    if (first.status() != 201) {
      assertThat(first.status()).isEqualTo(500);
      assertThat(invite(anna, "owner").status()).isIn(201, 409);
    }
    JsonNode me = login(anna).get("/me").expect(200);
    assertThat(me.path("staffId")).isEqualTo(listed(anna).path("staffId"));
    assertThat(me.path("role")).isEqualTo(listed(anna).path("role"));
    assertThat(invite(anna, "staff").status()).isEqualTo(409);
  }

  @Test
  void whoIsDeactivatedCannotLogInUntilActivatedAgain() {
    String path = "/staff/" + invite(anna, "staff").expect(201).path("staffId").asText();
    Api before = login(anna);
    JsonNode ended = owner.ifMatch(1).patch(path, "{\"active\":false}").expect(200);
    assertThat(ended.path("active").asBoolean()).isFalse();
    assertThat(before.get("/me").status()).isEqualTo(401);
    assertThat(before.get("/me").word()).isEqualTo("access-ended");
    assertThat(token(anna).status()).isGreaterThanOrEqualTo(400);
    assertThat(listed(anna)).isEqualTo(ended);
    assertThat(owner.ifMatch(1).patch(path, "{\"active\":true}").status()).isEqualTo(412);
    assertThat(token(anna).status()).isGreaterThanOrEqualTo(400);
    owner.patch(path, "{\"active\":true,\"name\":\"Anna Berg\"}").expect(200);
    assertThat(login(anna).get("/me").expect(200).path("name").asText()).isEqualTo("Anna Berg");
  }

  @Test
  void failure26_accessEndsThoughTheUserPoolDoesNotAnswerAndTheLoginFollowsWithTheList() {
    String path = "/staff/" + invite(anna, "staff").expect(201).path("staffId").asText();
    Api before = login(anna);
    Laptop.fault("Staff", "cognito-idp", "AdminUserGlobalSignOut", "before", 3);
    owner.patch(path, "{\"active\":false}").expect(200);
    assertThat(before.get("/me").word()).isEqualTo("access-ended");
    Laptop.fault("Staff", "cognito-idp", "AdminEnableUser", "before", 3);
    owner.patch(path, "{\"active\":true,\"role\":\"owner\"}").expect(200);
    assertThat(token(anna).status()).isEqualTo(403);
    assertThat(listed(anna).path("active").asBoolean()).isTrue();
    assertThat(login(anna).get("/me").expect(200).path("role").asText()).isEqualTo("owner");
    Laptop.fault("Staff", "cognito-idp", "AdminGetUser", "before", 3);
    owner.patch(path, "{\"active\":false}").expect(200);
    assertThat(token(anna).status()).isEqualTo(200);
    assertThat(listed(anna).path("active").asBoolean()).isFalse();
    assertThat(token(anna).status()).isEqualTo(403);
  }

  @Test
  void aRoleMovesTheLoginToItsGroup() {
    String path = "/staff/" + invite(anna, "staff").expect(201).path("staffId").asText();
    owner.patch(path, "{\"role\":\"owner\"}").expect(200);
    Api asOwner = login(anna);
    assertThat(asOwner.get("/me").expect(200).path("role").asText()).isEqualTo("owner");
    asOwner.patch(path, "{\"role\":\"staff\"}").expect(200);
    assertThat(login(anna).get("/me").expect(200).path("role").asText()).isEqualTo("staff");
  }

  @Test
  void theLastActiveOwnerStays() {
    String own = "/staff/" + owner.get("/me").expect(200).path("staffId").asText();
    for (String leaving : List.of("{\"active\":false}", "{\"role\":\"staff\"}")) {
      Api.Answer refused = owner.patch(own, leaving);
      assertThat(refused.status()).isEqualTo(409);
      assertThat(refused.word()).isEqualTo("last-owner");
    }
    invite(anna, "owner").expect(201);
    owner.patch(own, "{\"role\":\"staff\"}").expect(200);
  }

  @Test
  void twoOwnersWhoLeaveAtOnceDoNotBoth() throws Exception {
    String own = "/staff/" + owner.get("/me").expect(200).path("staffId").asText();
    String other = "/staff/" + invite(anna, "owner").expect(201).path("staffId").asText();
    Callable<Integer> one = () -> owner.patch(own, "{\"role\":\"staff\"}").status();
    Api second = login(anna);
    Callable<Integer> two = () -> second.patch(other, "{\"active\":false}").status();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Integer> statuses =
          threads.invokeAll(List.of(one, two)).stream().map(each -> each.resultNow()).toList();
      assertThat(statuses).containsExactlyInAnyOrder(200, 409);
    }
    assertThat(owner.get("/staff").expect(200).path("staff"))
        .filteredOn(
            member ->
                member.path("active").asBoolean() && member.path("role").asText().equals("owner"))
        .hasSize(1);
  }

  @Test
  void whatIsWrongIsRefusedAndOnlyOwnersWrite() {
    for (String wrong :
        List.of(
            "{}",
            "{\"name\":\"A\",\"email\":\"" + anna + "\"}",
            "{\"name\":\"A\",\"email\":\"" + anna + "\",\"role\":null}",
            "{\"name\":\"A\",\"email\":\"" + anna + "\",\"role\":\"boss\"}",
            "{\"name\":\"A\",\"email\":\"nobody\",\"role\":\"staff\"}",
            "{\"name\":\"A\",\"email\":\"" + anna + "\",\"role\":\"staff\",\"active\":true}")) {
      assertThat(owner.post("/staff", wrong).status()).as(wrong).isEqualTo(400);
    }
    String path = "/staff/" + firm.staff().get("/me").expect(200).path("staffId").asText();
    for (String wrong :
        List.of("{\"role\":null}", "{\"active\":\"no\"}", "{\"email\":\"" + anna + "\"}")) {
      assertThat(owner.patch(path, wrong).status()).as(wrong).isEqualTo(400);
    }
    assertThat(firm.staff().post("/staff", invitation(anna, "staff")).status()).isEqualTo(403);
    assertThat(firm.staff().patch(path, "{\"role\":\"owner\"}").status()).isEqualTo(403);
    assertThat(Laptop.firm().owner().patch(path, "{}").word()).isEqualTo("staff-not-found");
    assertThat(owner.get("/staff").expect(200).path("staff")).hasSize(2);
  }

  private Api.Answer invite(String email, String role) {
    return owner.post("/staff", invitation(email, role));
  }

  private static String invitation(String email, String role) {
    return Api.json("name", "Anna", "email", email, "role", role);
  }

  private JsonNode listed(String email) {
    for (JsonNode member : owner.get("/staff").expect(200).path("staff")) {
      if (member.path("email").asText().equals(email)) {
        return member;
      }
    }
    throw new AssertionError(email + " is not listed");
  }

  private static Api.Answer token(String user) {
    return Laptop.api().post("/_local/token", Api.json("user", user));
  }

  private static Api login(String user) {
    return Laptop.api().as(token(user).expect(200).path("token").asText());
  }

  @Test
  void ratesOfPeopleAreTakenFromAFileWhichInvitesNobody() {
    String tax = firm.service("Tax Resolution", 25_000);
    firm.service("Payroll", 9_000);
    JsonNode sam = firm.staff().get("/me").expect(200);
    String file =
        """
        email,hourlyRateDecimal,hourlyRateDecimal:Tax Resolution
        %s,180.00,0
        nobody@else.example,100.00,
        %1$s,190.00,
        """
            .formatted(sam.path("email").asText().toUpperCase(Locale.ROOT));
    assertThat(firm.staff().post("/imports/staff", "text/csv", file).word())
        .isEqualTo("owner-only");
    JsonNode dry = rates(file, true);
    assertThat(dry.findValuesAsText("fate")).containsExactly("changed", "refused", "refused");
    assertThat(firm.staff().get("/me").expect(200)).isEqualTo(sam);
    assertThat(rates(file, false)).isEqualTo(dry);
    JsonNode changed = firm.staff().get("/me").expect(200);
    assertThat(changed.path("hourlyRate").asLong()).isEqualTo(18_000);
    assertThat(changed.path("rates").path(tax).asLong(-1)).isZero();
    assertThat(firm.owner().get("/staff").expect(200).path("staff")).hasSize(2);
    String csv = firm.owner().with("accept", "text/csv").get("/staff").body();
    assertThat(csv.lines().findFirst().orElseThrow())
        .endsWith(",hourlyRateDecimal:Payroll,hourlyRateDecimal:Tax Resolution");
    assertThat(csv).contains(",180.00,,0.00");
    assertThat(rates(csv, false).findValuesAsText("fate")).containsOnly("unchanged");
    String more = csv.replace(",180.00,,0.00", ",,,200.00");
    assertThat(rates(more, false).findValuesAsText("fate")).contains("changed");
    changed = firm.staff().get("/me").expect(200);
    assertThat(changed.path("hourlyRate").asLong()).isEqualTo(18_000);
    assertThat(changed.path("rates").path(tax).asLong()).isEqualTo(20_000);
    String theirs = firm.staff().with("accept", "text/csv").get("/staff").body();
    assertThat(theirs).contains("180.00");
  }

  private JsonNode rates(String file, boolean dryRun) {
    return owner
        .post("/imports/staff?dryRun=" + dryRun, "text/csv", file)
        .expect(200)
        .path("lines");
  }
}
