package dev.clockbill.firm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostalTest {

  @ParameterizedTest
  @CsvSource({
    "US, Austin, TX, 78701, '12 Quay|Suite 3|Austin, TX 78701|United States'",
    "US, Austin, , 78701, 12 Quay|Suite 3|Austin 78701|United States",
    "US, , TX, 78701, 12 Quay|Suite 3|TX 78701|United States",
    ", Austin, TX, 78701, '12 Quay|Suite 3|Austin, TX 78701'",
    "DE, Hamburg, , 20457, 12 Quay|Suite 3|20457 Hamburg|Germany",
    "DE, Hamburg, Nord, 20457, 12 Quay|Suite 3|20457 Hamburg|Nord|Germany",
    "GB, Bristol, , BS1 5XX, 12 Quay|Suite 3|Bristol|BS1 5XX|United Kingdom",
    "IE, Dublin 2, Dublin, D02 X285, 12 Quay|Suite 3|Dublin 2|Dublin|D02 X285|Ireland",
    "AU, Sydney, NSW, 2000, 12 Quay|Suite 3|Sydney NSW 2000|Australia",
    "CA, Toronto, ON, M5V 1A1, 12 Quay|Suite 3|Toronto ON M5V 1A1|Canada",
    "CH, Bern, , 3011, 12 Quay|Suite 3|CH-3011 Bern|Switzerland",
    "CH, Bern, , CH-3011, 12 Quay|Suite 3|CH-3011 Bern|Switzerland",
    "SG, Singapore, , 049483, 12 Quay|Suite 3|SINGAPORE 049483|Singapore",
    "JP, Chiyoda, Tokyo, 100-0001, '12 Quay|Suite 3, Tokyo|100-0001|Chiyoda|Japan'",
    "AO, Luanda, , 1000, 12 Quay|Suite 3|Luanda|1000|Angola",
  })
  void anAddressIsWrittenAsItsCountryDoes(
      String country, String city, String region, String postalCode, String lines) {
    Postal postal = new Postal("12 Quay", "Suite 3", city, region, postalCode, country);
    assertThat(postal.text()).isEqualTo(lines.replace('|', '\n'));
  }

  @Test
  void aCountryAloneIsNoAddress() {
    assertThat(new Postal(null, null, null, null, null, "SG").text()).isNull();
    assertThat(Postal.NONE.text()).isNull();
  }

  @Test
  void nothingOfAnAddressIsLostInAnyCountry() {
    for (String country : AddressFormat.countries()) {
      String text = new Postal("Street", "Floor", "City", "Region", "12345", country).text();
      assertThat(text).as(country).contains("Street", "Floor", "City", "Region", "12345");
      assertThat(text).endsWith(Locale.of("", country).getDisplayCountry(Locale.ENGLISH));
    }
  }

  @Test
  void theCountriesAreThoseOfTheJdk() {
    assertThat(AddressFormat.countries()).isEqualTo(Set.of(Locale.getISOCountries()));
  }
}
