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
    "GB 123 4567 89, , GB123456789",
    "123 4567 82 001, GB, GB123456782001",
    "GBGD001, GB, GBGD001",
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
    "CHE123456789, , CHE-123.456.789",
    "che-123.456.789 mwst, , CHE-123.456.789 MWST",
    "123.456.789 TVA, CH, CHE-123.456.789 TVA",
    "123.456.789, CH, CHE-123.456.789",
    "DE123456789, , DE123456789",
    "DE123456789, FR, DE123456789",
    "AB123456782, FR, FRAB123456782",
    "BE0123456748, , BE0123456748",
    "FR12123456782, FR, FR12123456782",
    "HR12345678904, , HR12345678904",
    "IT12345670018, , IT12345670018",
    "LU12345614, LU, LU12345614",
    "DK12345675, , DK12345675",
    "FI12345672, , FI12345672",
    "PL1234563219, , PL1234563219",
    "XI123456789, GB, XI123456789",
    "51 824 753 557, AU, 51 824 753 557",
  })
  void oneNumberIsKeptInOneForm(String typed, String country, String kept) {
    assertThat(read(typed, country).kept()).isEqualTo(kept);
    assertThat(read(kept, country).kept()).as("read again").isEqualTo(kept);
  }

  @ParameterizedTest
  @CsvSource({
    "DE1234567890, , Germany",
    "DE12345678A, DE, Germany",
    "DE12345678, DE, Germany",
    "12345678, DE, Germany",
    "BE21234567, , Belgium",
    "FR123456782, FR, France",
    "SIRET 123, FR, France",
    "HR1234567890, , Croatia",
    "IT123456700180, , Italy",
    "LU1234561, LU, Luxembourg",
    "DK123456750, , Denmark",
    "FI1234567X, , Finland",
    "PL123456321, , Poland",
    "ES123456789, , Spain",
    "GB1234567890, , United Kingdom",
    "XI12345678, GB, Northern Ireland",
    "GBGD500, GB, United Kingdom",
    "12-345678, US, EIN",
    "12/3456789, US, EIN",
    "51 824 753 5566, AU, ABN",
    "5182475355, AU, ABN",
    "CHE-123.456.78, , UID",
    "CHE-123.456.789 VATS, CH, UID",
    "123.456.789.0, CH, UID",
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
    "SIRET 123, ",
    "SIREN 123 456 789, ",
    "HRB 12345, ",
    "Check 123, ",
    "SI, ",
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
        .hasMessageContaining("such as DE123456789");
  }

  /** The examples are what people are told to compare theirs with. */
  @Test
  void everyExampleIsRightAndNoneThatIsLonger() {
    assertThat(VatNumber.BY_PREFIX).hasSize(29);
    for (VatNumber form : VatNumber.BY_PREFIX.values()) {
      assertThat(form.normal(form.example())).isEqualTo(form.example());
      assertThat(VatNumber.withPrefix(form.example())).isEqualTo(form);
      assertThat(form.normal(form.example() + "A9999")).isNull();
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
