package dev.clockbill.firm;

import dev.clockbill.shared.Json;
import dev.clockbill.table.Item;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Where customers may transfer money to; each part may be null.
 *
 * @param holder whose account it is, where that is not the firm's name
 * @param iban without blanks, in capitals
 * @param bic of 8 or 11 characters, in capitals
 * @param account the number, where there is no IBAN
 * @param routing routing number, sort code or the like
 */
@RecordBuilder
public record Bank(
    String holder, String iban, String bic, String account, String routing, String bankName)
    implements BankBuilder.With {
  /** Nothing known. */
  public static final Bank NONE = new Bank(null, null, null, null, null, null);

  /** Reads a nested object, or {@link #NONE} where there is none. */
  static Bank of(Item item) {
    return new Bank(
        item.text("holder"),
        item.text("iban"),
        item.text("bic"),
        item.text("account"),
        item.text("routing"),
        item.text("bankName"));
  }

  /** As responses and the table have it, every part named. */
  Map<String, Object> json() {
    return Json.object(
        "holder", holder,
        "iban", iban,
        "bic", bic,
        "account", account,
        "routing", routing,
        "bankName", bankName);
  }

  /** Whether money cannot be transferred by it: there is neither IBAN nor account number. */
  public boolean blank() {
    return Stream.of(iban, account).allMatch(Objects::isNull);
  }

  /** The IBAN in groups of four, as it is printed (ISO 13616); null where there is none. */
  public String printedIban() {
    return iban == null ? null : iban.replaceAll("(.{4})(?!$)", "$1 ");
  }
}
