package dev.clockbill.payment;

import dev.clockbill.table.Pointer;
import dev.clockbill.table.Table;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Pay links: addresses with 128 random bits. Only their SHA-256 is a key, so that the pointers
 * alone open nothing.
 */
final class PayLinks {
  private static final Pattern TOKEN = Pattern.compile("[A-Za-z0-9_-]{22}");

  private final Table table;

  /** Looks them up in this table. */
  PayLinks(Table table) {
    this.table = table;
  }

  /** What a token opens; nothing if it is none of ours. */
  Optional<Pointer.Target> find(String token) {
    if (token == null || !TOKEN.matcher(token).matches()) {
      return Optional.empty();
    }
    return Pointer.payLink(token).read(table);
  }
}
