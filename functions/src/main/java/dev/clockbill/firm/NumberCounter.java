package dev.clockbill.firm;

import dev.clockbill.table.Item;
import dev.clockbill.table.Table;
import dev.clockbill.table.Write;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;

/**
 * The counter of a firm's invoice numbers: one for all time, or one for each year if the prefix
 * contains the year.
 *
 * @param firm the firm whose counter it is
 * @param key the key of its item
 * @param kept the number not used yet; null if there is no item yet
 */
public record NumberCounter(String firm, String key, Long kept) {
  /** The placeholder for the year of issue in a prefix. */
  public static final String YEAR = "{yyyy}";

  /** The key of the counter for all time. */
  static final String FOR_ALL_TIME = "NUMBER";

  /** Reads the counter for invoices that are issued on a day. */
  public static NumberCounter read(Table table, FirmSettings settings, LocalDate issuedOn) {
    String key = key(settings.invoicing().numberPrefix(), issuedOn);
    Item item = table.get(settings.firmId(), List.of(key)).get(key);
    return new NumberCounter(settings.firmId(), key, item == null ? null : item.number("next"));
  }

  /** The same counter, by its item as it is now. */
  public NumberCounter as(Item now) {
    return new NumberCounter(firm, key, now.number("next"));
  }

  /** The counter under changed settings: this one, unless the new prefix needs another one. */
  NumberCounter of(Table table, FirmSettings changed, LocalDate issuedOn) {
    return key.equals(key(changed.invoicing().numberPrefix(), issuedOn))
        ? this
        : read(table, changed, issuedOn);
  }

  static String key(String prefix, LocalDate issuedOn) {
    return prefix.contains(YEAR)
        ? FOR_ALL_TIME + "#" + String.format(Locale.ROOT, "%04d", issuedOn.getYear())
        : FOR_ALL_TIME;
  }

  /** The number not used yet; a new counter begins at 1. */
  public long next() {
    return kept == null ? 1 : kept;
  }

  /** Moves it past its next number, if that is still the next. */
  public Write taken() {
    return Write.upsert(firm, key).set("next", next() + 1).ifEquals("next", kept);
  }

  /** Raises it, unless the next number is as high already. */
  Write raised(long next) {
    return Write.upsert(firm, key).set("next", next).ifAbsentOrBelow("next", next);
  }
}
