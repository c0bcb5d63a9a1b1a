package dev.clockbill.firm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.clockbill.Api;
import dev.clockbill.Laptop;
import dev.clockbill.OnStack;
import dev.clockbill.TestFirm;
import dev.clockbill.local.Settings;
import dev.clockbill.local.SettingsBuilder;
import dev.clockbill.local.Stack;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A login by OpenID Connect in place of a password: whoever is invited is the member there too. */
@OnStack
class LoginProviderTest {
  @TempDir Path folder;
  private Stack stack;

  @BeforeEach
  void start() {
    stack = Stack.start(withProvider(Laptop.settings()));
  }

  @AfterEach
  void stop() {
    stack.close();
  }

  private static Settings withProvider(Settings settings) {
    Map<String, String> parameters = new HashMap<>(settings.parameters());
    parameters.put("LoginProviderName", "Hollis");
    parameters.put("LoginProviderIssuer", "https://login.hollis.example");
    return SettingsBuilder.builder(settings).parameters(parameters).build();
  }

  @Test
  void whoIsInvitedIsTheMemberByTheProviderToo() {
    TestFirm firm = TestFirm.at(stack.base());
    JsonNode anna = invited(firm, "Anna@hollis.example");
    Api byProvider = vouchedFor("anna@hollis.example");
    JsonNode me = byProvider.get("/me").expect(200);
    assertThat(me.path("firmId").asText()).isEqualTo(firm.firmId());
    assertThat(me.path("staffId")).isEqualTo(anna.path("staffId"));
    assertThat(me.path("role").asText()).isEqualTo("staff");
    assertThat(listed(firm, anna).path("invitation").asText()).isEqualTo("accepted");
    String path = "/staff/" + anna.path("staffId").asText();
    firm.owner().patch(path, "{\"active\":false}").expect(200);
    assertThat(byProvider.get("/me").word()).isEqualTo("access-ended");
    assertThat(token("anna@hollis.example").status()).isEqualTo(403);
    firm.owner().patch(path, "{\"active\":true,\"role\":\"owner\"}").expect(200);
    assertThat(vouchedFor("anna@hollis.example").get("/me").expect(200).path("role").asText())
        .isEqualTo("owner");
  }

  @Test
  void theOwnerOfANewFirmIsLinkedAsWell() {
    JsonNode made =
        Api.at(stack.base())
            .post("/_local/firms", "{\"owner\":{\"email\":\"Boss@hollis.example\"}}")
            .expect(201);
    JsonNode me = vouchedFor("boss@hollis.example").get("/me").expect(200);
    assertThat(me.path("firmId")).isEqualTo(made.path("firmId"));
    assertThat(me.path("role").asText()).isEqualTo("owner");
  }

  @Test
  void whoTriedBeforeTheyWereInvitedIsToldWhatToDoAndIsAMemberAfterwards() {
    TestFirm firm = TestFirm.at(stack.base());
    Api.Answer refused = vouchedFor("early@hollis.example").get("/me");
    assertThat(refused.status()).isEqualTo(401);
    assertThat(refused.word()).isEqualTo("no-firm");
    assertThat(refused.body()).contains("early@hollis.example", "Ask an owner of your firm");
    JsonNode early = invited(firm, "early@hollis.example");
    assertThat(vouchedFor("early@hollis.example").get("/me").expect(200).path("staffId"))
        .isEqualTo(early.path("staffId"));
  }

  @Test
  void anInvitationThatBrokeOffBeforeTheLinkIsFinishedByTheSameOne() {
    TestFirm firm = TestFirm.at(stack.base());
    Api.at(stack.base())
        .post(
            "/_local/faults",
            Api.json(
                "function",
                "Staff",
                "service",
                "cognito-idp",
                "operation",
                "AdminLinkProviderForUser",
                "when",
                "before",
                "times",
                3))
        .expect(200);
    String anna = Api.json("name", "Anna", "email", "anna@hollis.example", "role", "staff");
    assertThat(firm.owner().post("/staff", anna).status()).isEqualTo(500);
    firm.owner().post("/staff", anna).expect(201);
    vouchedFor("anna@hollis.example").get("/me").expect(200);
  }

  /** Two runs on the same data: without the provider, then with it. */
  @Test
  void whoWasInvitedBeforeThereWasAProviderIsLinkedByInvitingAgainOrAnyChange() {
    stack.close();
    stack = Stack.start(Laptop.settings().keptIn(folder));
    TestFirm before = TestFirm.at(stack.base());
    invited(before, "anna@hollis.example");
    invited(before, "ben@hollis.example");
    String boss = before.owner().get("/me").expect(200).path("email").asText();
    stack.close();
    stack = Stack.start(withProvider(Laptop.settings()).keptIn(folder));
    // On another port, so that tokens from before are another issuer's.
    Api owner =
        Api.at(stack.base())
            .as(
                Api.at(stack.base())
                    .post("/_local/token", Api.json("user", boss))
                    .expect(200)
                    .path("token")
                    .asText());
    for (JsonNode member : owner.get("/staff").expect(200).path("staff")) {
      String path = "/staff/" + member.path("staffId").asText();
      if (member.path("name").asText().equals("anna")) {
        owner.post(path + "/invite", "{}").expect(202);
        owner.post(path + "/invite", "{}").expect(202);
      } else if (member.path("name").asText().equals("ben")) {
        owner.patch(path, "{\"name\":\"Ben\"}").expect(200);
        owner.patch(path, "{\"name\":\"Ben B.\"}").expect(200);
      }
    }
    for (String email : new String[] {"anna@hollis.example", "ben@hollis.example"}) {
      assertThat(vouchedFor(email).get("/me").expect(200).path("firmId").asText())
          .isEqualTo(before.firmId());
    }
  }

  private static JsonNode invited(TestFirm firm, String email) {
    String name = email.replaceAll("@.*", "");
    return firm.owner()
        .post("/staff", Api.json("name", name, "email", email, "role", "staff"))
        .expect(201);
  }

  private static JsonNode listed(TestFirm firm, JsonNode wanted) {
    for (JsonNode member : firm.owner().get("/staff").expect(200).path("staff")) {
      if (member.path("staffId").equals(wanted.path("staffId"))) {
        return member;
      }
    }
    throw new AssertionError(wanted + " is not listed");
  }

  private Api.Answer token(String email) {
    return Api.at(stack.base())
        .post("/_local/token", Api.json("provider", "Hollis", "email", email));
  }

  /** The API as the person whom the provider says has this address. */
  private Api vouchedFor(String email) {
    return Api.at(stack.base()).as(token(email).expect(200).path("token").asText());
  }
}
