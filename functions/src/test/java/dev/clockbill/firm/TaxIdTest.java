package dev.clockbill.firm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.clockbill.http.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaxIdTest {

  @ParameterizedTest
  @CsvSource({
    "de 123 456 788, , DE123456788",
    "123456788, DE, DE123456788",
    "ATU 1234.5675, US, ATU12345675",
    "GR123456783, GR, EL123456783",
    "123456783, GR, EL123456783",
    "b-12345674, ES, ESB12345674",
    "IE 1234567 FA, IE, IE1234567FA",
    "FR AB 123456782, FR, FRAB123456782",
    "BE 0123.456.749, , BE0123456749",
    "NL 1234.56.782.B90, NL, NL123456782B90",
    "XI 123 4567 82, GB, XI123456782",
    "GB 123 4567 82, , GB123456782",
    "123 4567 27, GB, GB123456727",
    "123 4567 82 001, GB, GB123456782001",
    "GBGD001, GB, GBGD001",
    "GB100000047, GB, GB100000047",
    "GD 8888 001 01, GB, GBGD888800101",
    "123.456.749, BE, BE0123456749",
    "BE 0123/456.749, BE, BE0123456749",
    "EL 12345678, , EL012345678",
    "12345678B90, NL, NL012345678B90",
    "IE 1234567 FW, IE, IE1234567FW",
    "RO 1960101223344, RO, RO1960101223344",
    "DE 123‑456–788, , DE123456788",
    "DE 123/456/788, DE, DE123456788",
    "123456789, US, 12-3456789",
    "EIN 12-3456789, US, 12-3456789",
    "123-45-6789, US, 123-45-6789",
    "51824753556, AU, 51 824 753 556",
    "ABN 51 824 753 556, AU, 51 824 753 556",
    "CHE123456788, , CHE-123.456.788",
    "che-123.456.788 mwst, , CHE-123.456.788 MWST",
    "123.456.788 TVA, CH, CHE-123.456.788 TVA",
  })
  void oneNumberIsKeptInOneForm(String typed, String country, String kept) {
    assertThat(read(typed, country).kept()).isEqualTo(kept);
    assertThat(read(kept, country).kept()).as("read again").isEqualTo(kept);
  }

  @ParameterizedTest
  @CsvSource({
    "DE123456789, , Germany",
    "DE12345678, DE, Germany",
    "12345678, DE, Germany",
    "BE0123456748, , Belgium",
    "FR12123456782, FR, France",
    "HR12345678904, , Croatia",
    "IT12345670018, , Italy",
    "LU12345614, LU, Luxembourg",
    "DK12345675, , Denmark",
    "FI12345672, , Finland",
    "PL1234563219, , Poland",
    "ES123456789, , Spain",
    "GB123456789, , United Kingdom",
    "XI123456789, GB, Northern Ireland",
    "GBGD500, GB, United Kingdom",
    "12-345678, US, EIN",
    "12/3456789, US, EIN",
    "51 824 753 557, AU, ABN",
    "5182475355, AU, ABN",
    "CHE-123.456.789, , UID",
    "CHE-123.456.788 VATS, CH, UID",
    "123.456.789, CH, UID",
  })
  void aWrongOneIsRefusedWithItsForm(String typed, String country, String named) {
    Reading read = read(typed, country);
    assertThat(read.kept()).isNull();
    assertThat(read.refusals()).singleElement().asString().contains(named).contains("such as");
  }

  @ParameterizedTest
  @CsvSource({
    "27/123/45678, DE",
    "12 345/6789, AT",
    "ESO920101XX1, MX",
    "NO 123 456 785 MVA, NO",
    "22AAAAA0000A1Z5, IN",
    "12 34-56.78, ",
  })
  void whatNoRuleIsKnownOfIsKeptAsItIs(String typed, String country) {
    assertThat(read(typed, country).kept()).isEqualTo(typed);
  }

  @Test
  void aWrongOneThatIsStoredStaysUntilItIsChanged() {
    Customer before =
        CustomerBuilder.builder().name("A").taxId("DE12").rates(Map.of()).version(1).build();
    Map<String, Object> sent = Map.of("taxId", "DE12", "note", "As read");
    Customer after = CustomerFields.merged(Fields.of(sent), before, Set::copyOf);
    assertThat(after).isEqualTo(before.withNote("As read"));
    assertThatThrownBy(
            () -> CustomerFields.merged(Fields.of(Map.of("taxId", "DE1")), before, Set::copyOf))
        .hasMessageContaining("such as DE123456788");
  }

  /** The examples are what people are told to compare theirs with. */
  @Test
  void everyExampleIsRightAndNoDigitOfOneWithCheckDigitsMayChange() {
    assertThat(VatNumber.BY_PREFIX).hasSize(29);
    for (VatNumber form : VatNumber.BY_PREFIX.values()) {
      assertThat(form.normal(form.example())).isEqualTo(form.example());
      assertThat(VatNumber.withPrefix(form.example())).isEqualTo(form);
    }
    for (String checked : List.of("BE", "DE", "DK", "FI", "FR", "GB", "HR", "IT", "LU", "PL")) {
      VatNumber form = VatNumber.BY_PREFIX.get(checked);
      String right = form.example();
      for (int at = 2; at < right.length(); at++) {
        String other = (right.charAt(at) - '0' + 1) % 10 + right.substring(at + 1);
        assertThat(form.normal(right.substring(0, at) + other)).as(right + " at " + at).isNull();
      }
    }
  }

  private record Reading(String kept, List<String> refusals) {}

  private static Reading read(String typed, String country) {
    List<String> refusals = new ArrayList<>();
    String kept =
        TaxId.read(
            typed,
            country,
            message -> {
              refusals.add(message);
              return null;
            });
    return new Reading(kept, refusals);
  }
}
