package dev.clockbill.firm;

import dev.clockbill.shared.Json;
import dev.clockbill.table.Item;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An address in its parts; each of them may be null.
 *
 * @param street street and number
 * @param street2 suite, floor or the like
 * @param region state, province or county
 * @param country ISO 3166 code of two letters
 */
@RecordBuilder
public record Postal(
    String street, String street2, String city, String region, String postalCode, String country)
    implements PostalBuilder.With {
  /** Nothing known. */
  public static final Postal NONE = new Postal(null, null, null, null, null, null);

  /**
   * Countries that write {@code city region postalCode} in one line. Source: Universal Postal
   * Union, "Postal addressing systems in member countries".
   */
  private static final Set<String> CITY_FIRST =
      Set.of("US", "CA", "AU", "NZ", "IN", "PR", "GU", "VI", "AS", "MP", "SG", "SA", "ZA", "TW");

  /** Countries that write the postal code in a line of its own, after city and county. */
  private static final Set<String> CODE_LAST = Set.of("GB", "IE", "IM", "JE", "GG", "HK");

  /** Reads a nested object, or {@link #NONE} where there is none. */
  public static Postal of(Item item) {
    return new Postal(
        item.text("street"),
        item.text("street2"),
        item.text("city"),
        item.text("region"),
        item.text("postalCode"),
        item.text("country"));
  }

  /** As responses and the table have it, every part named. */
  public Map<String, Object> json() {
    return Json.object(
        "street", street,
        "street2", street2,
        "city", city,
        "region", region,
        "postalCode", postalCode,
        "country", country);
  }

  /** As items keep it that mostly have none: null where nothing is known. */
  public Map<String, Object> kept() {
    return equals(NONE) ? null : json();
  }

  /** Whether there is nothing to write on an envelope: a country alone is not enough. */
  public boolean blank() {
    return Stream.of(street, street2, city, region, postalCode).allMatch(Objects::isNull);
  }

  /**
   * As it stands on an envelope, the country last and in English; null where there is nothing to
   * write.
   */
  public String text() {
    return blank()
        ? null
        : Stream.concat(
                Stream.concat(Stream.of(street, street2), place().stream()),
                Stream.of(countryName()))
            .filter(line -> line != null && !line.isEmpty())
            .collect(Collectors.joining("\n"));
  }

  private List<String> place() {
    if (country != null && CODE_LAST.contains(country)) {
      return List.of(joined(" ", city), joined(" ", region), joined(" ", postalCode));
    }
    if (country == null || CITY_FIRST.contains(country)) {
      String right = joined(" ", region, postalCode);
      boolean american = country == null || country.equals("US");
      return List.of(joined(american && region != null ? ", " : " ", city, right));
    }
    return List.of(joined(" ", postalCode, city), joined(" ", region));
  }

  private String countryName() {
    return country == null ? null : Locale.of("", country).getDisplayCountry(Locale.ENGLISH);
  }

  private static String joined(String between, String... parts) {
    return Stream.of(parts)
        .filter(part -> part != null && !part.isEmpty())
        .collect(Collectors.joining(between));
  }
}
