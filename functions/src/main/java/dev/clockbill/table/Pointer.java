package dev.clockbill.table;

import dev.clockbill.shared.Json;
import dev.clockbill.shared.Sha256;
import java.util.Optional;

/**
 * The only items outside a firm: they lead from something that is known of a firm to the firm's id,
 * and hold nothing else. Their partition names what is known, their sort key is {@code POINTER}.
 *
 * @param partition such as {@code ACCOUNT#acct_…}
 */
public record Pointer(String partition) {
  private static final String KEY = "POINTER";

  /**
   * What a pointer leads to.
   *
   * @param firm the firm's id
   * @param invoiceId the invoice's, where it leads to one; or null
   */
  public record Target(String firm, String invoiceId) {}

  /** From the secret part of a pay link, of which only the hash is kept, to its invoice. */
  public static Pointer payLink(String token) {
    return new Pointer("PAY#" + Sha256.hex(token));
  }

  /** From an account at the processor to its firm. */
  public static Pointer account(String accountId) {
    return new Pointer("ACCOUNT#" + accountId);
  }

  /** What it leads to, if there is such a pointer. */
  public Optional<Target> read(Table table) {
    return table
        .get(partition, KEY)
        .map(item -> new Target(item.text("firmId"), item.text("invoiceId")));
  }

  /** Makes it; part of the transaction that makes what it leads to. */
  public Write to(String firm) {
    return to(firm, null);
  }

  /** Makes it lead to an invoice. */
  public Write to(String firm, String invoiceId) {
    return Write.put(partition, KEY, Json.object("firmId", firm, "invoiceId", invoiceId))
        .ifAbsent();
  }
}
