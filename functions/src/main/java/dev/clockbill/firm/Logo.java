package dev.clockbill.firm;

import dev.clockbill.shared.Sha256;
import dev.clockbill.table.Item;
import dev.clockbill.table.Table;
import dev.clockbill.table.Write;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A firm's logo, which its PDFs, mails and pay pages show.
 *
 * @param contentType {@code image/png} or {@code image/jpeg}
 * @param bytes the file as it was uploaded
 */
public record Logo(String contentType, byte[] bytes) {
  /** The key of its item. */
  public static final String KEY = "LOGO";

  private static final String TYPE = "type";
  private static final String FILE = "file";

  /** Reads a firm's logo; empty where it has none. */
  public static Optional<Logo> read(Table table, String firm) {
    return table.get(firm, KEY).map(Logo::of);
  }

  /** Reads its item. */
  public static Logo of(Item item) {
    return new Logo(item.text(TYPE), item.bytes(FILE));
  }

  /** The hash that {@link Branding#logo} holds. */
  public String hash() {
    return HexFormat.of().formatHex(Sha256.of(bytes));
  }

  /** Writes it in place of the one before; the firm's item in the same transaction says which. */
  Write kept(String firm) {
    return Write.upsert(firm, KEY).set(TYPE, contentType).set(FILE, bytes);
  }

  /** Removes it, in the transaction in which the firm's item forgets it. */
  static Write removed(String firm) {
    return Write.delete(firm, KEY);
  }
}
