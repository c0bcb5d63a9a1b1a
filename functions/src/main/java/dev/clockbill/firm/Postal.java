package dev.clockbill.firm;

import dev.clockbill.shared.Json;
import dev.clockbill.table.Item;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
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
   * As it stands on an envelope in its country, whose name is last and in English; null where there
   * is nothing to write.
   */
  public String text() {
    return blank()
        ? null
        : Stream.concat(
                AddressFormat.of(country).lines(this).stream(), Stream.ofNullable(countryName()))
            .collect(Collectors.joining("\n"));
  }

  /** The name that Unicode's CLDR gives it, as the JDK has it. */
  private String countryName() {
    return country == null ? null : Locale.of("", country).getDisplayCountry(Locale.ENGLISH);
  }
}
