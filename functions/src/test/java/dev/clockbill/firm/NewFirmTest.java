package dev.clockbill.firm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.clockbill.shared.Fields;
import dev.clockbill.shared.Json;
import dev.clockbill.shared.Problem;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NewFirmTest {

  @Test
  void everythingMayBeLeftOut() {
    NewFirm made = read("{}");
    assertThat(made.currency()).isEqualTo("USD");
    assertThat(made.timeZone().getId()).isEqualTo("UTC");
    assertThat(made.payments()).isEqualTo(new FirmSettings.Payments("missing", null));
    assertThat(made.people()).singleElement().extracting(NewFirm.Person::role).isEqualTo("owner");
  }

  @Test
  void madeUpPeopleHaveAddressesOfTheirOwnAndTheOwnerComesFirst() {
    NewFirm made = read("{\"staff\": 3}");
    assertThat(made.people())
        .extracting(NewFirm.Person::role)
        .containsExactly("owner", "staff", "staff", "staff");
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
  void everyWrongFieldIsNamed() {
    Map.of(
            "{\"staff\": -1}", "staff",
            "{\"staff\": \"2\"}", "staff",
            "{\"payments\": \"soon\"}", "payments",
            "{\"accountId\": \"acct_1\"}", "accountId",
            "{\"payments\": \"ready\", \"accountId\": \"1\"}", "accountId",
            "{\"currency\": \"EURO\"}", "currency",
            "{\"timeZone\": \"Mars\"}", "timeZone",
            "{\"owner\": {\"email\": \"x\"}}", "owner.email",
            "{\"members\": [{\"role\": \"owner\"}]}", "members[0].role",
            "{\"owner\": {\"email\": \"a@b.example\"}, \"members\": [{\"email\": \"A@b.example\"}]}",
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

  @SuppressWarnings("unchecked")
  private static NewFirm read(String json) {
    return NewFirm.read(Fields.of((Map<String, Object>) Json.read(json)));
  }
}
