package dev.clockbill.firm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.clockbill.http.Fields;
import dev.clockbill.http.Problem;
import dev.clockbill.http.Role;
import dev.clockbill.shared.Json;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NewFirmTest {

  @Test
  void everythingMayBeLeftOut() {
    NewFirm made = read("{}");
    assertThat(made.currency()).isEqualTo("USD");
    assertThat(made.timeZone().getId()).isEqualTo("UTC");
    assertThat(made.payments())
        .isEqualTo(new FirmSettings.Payments(FirmSettings.PaymentsStatus.MISSING, null));
    assertThat(made.people())
        .singleElement()
        .extracting(NewFirm.Person::role)
        .isEqualTo(Role.OWNER);
  }

  @Test
  void madeUpPeopleHaveAddressesOfTheirOwnAndTheOwnerComesFirst() {
    NewFirm made = read("{\"staff\": 3}");
    assertThat(made.people())
        .extracting(NewFirm.Person::role)
        .containsExactly(Role.OWNER, Role.STAFF, Role.STAFF, Role.STAFF);
    assertThat(made.people()).extracting(NewFirm.Person::email).doesNotHaveDuplicates();
  }

  @Test
  void anAccountIsMadeUpOnlyForAFirmThatIsReady() {
    assertThat(read("{\"payments\": \"ready\"}").payments().accountId()).startsWith("acct_");
    assertThat(
            read("{\"payments\": \"ready\", \"accountId\": \"acct_1A2b\"}").payments().accountId())
        .isEqualTo("acct_1A2b");
  }

  @Test
  void nobodyIsReadyForPaymentsByTheWordOfWhoeverMakesTheFirm() {
    String who = "\"owner\": {\"email\": \"nora@nora.example\"}";
    refuses("payments", "{\"payments\": \"ready\", " + who + "}");
    refuses("accountId", "{\"accountId\": \"acct_1A2b\", " + who + "}");
    assertThat(readForReal("{" + who + "}").payments()).isEqualTo(FirmSettings.Payments.MISSING);
  }

  @Test
  void nobodyIsInvitedAtAnAddressThatWasMadeUp() {
    refuses("owner", "{}");
    refuses("owner.email", "{\"owner\": {\"name\": \"Nora\"}}");
    refuses("staff", "{\"owner\": {\"email\": \"nora@nora.example\"}, \"staff\": 1}");
    refuses(
        "members[0].email",
        "{\"owner\": {\"email\": \"nora@nora.example\"}, \"members\": [{\"name\": \"Ben\"}]}");
  }

  private static void refuses(String field, String input) {
    Problem refused = catchThrowableOfType(Problem.class, () -> readForReal(input));
    assertThat(refused).as(input).isNotNull();
    assertThat(refused.response().body()).contains("{\"field\":\"" + field + "\"");
  }

  @Test
  void everyWrongFieldIsNamed() {
    Map.of(
            "{\"staff\": -1}",
            "staff",
            "{\"staff\": \"2\"}",
            "staff",
            "{\"payments\": \"soon\"}",
            "payments",
            "{\"accountId\": \"acct_1\"}",
            "accountId",
            "{\"payments\": \"ready\", \"accountId\": \"1\"}",
            "accountId",
            "{\"currency\": \"EURO\"}",
            "currency",
            "{\"timeZone\": \"Mars\"}",
            "timeZone",
            "{\"owner\": {\"email\": \"x\"}}",
            "owner.email",
            "{\"members\": [{\"role\": \"owner\"}]}",
            "members[0].role",
            "{\"owner\": {\"email\": \"a@b.example\"}, \"members\": [{\"email\":"
                + " \"A@b.example\"}]}",
            "members[0].email")
        .forEach(
            (input, field) -> {
              Problem refused = catchThrowableOfType(Problem.class, () -> read(input));
              assertThat(refused).as(input).isNotNull();
              assertThat(refused.response().body())
                  .as(input)
                  .contains("{\"field\":\"" + field + "\"");
            });
  }

  private static NewFirm read(String json) {
    return read(json, true);
  }

  /** As where the processor is not a stand-in. */
  private static NewFirm readForReal(String json) {
    return read(json, false);
  }

  @SuppressWarnings("unchecked")
  private static NewFirm read(String json, boolean standIn) {
    return NewFirm.read(Fields.of((Map<String, Object>) Json.read(json)), standIn);
  }
}
