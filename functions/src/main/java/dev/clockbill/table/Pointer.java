package dev.clockbill.table;

import dev.clockbill.shared.Sha256;
import java.util.LinkedHashMap;
import java.util.Map;
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
   * @param customerId the customer's, where it leads to one; or null
   */
  public record Target(String firm, String invoiceId, String customerId) {}

  /** From the secret part of a pay link, of which only the hash is kept, to its invoice. */
  public static Pointer payLink(String token) {
    return new Pointer("PAY#" + Sha256.hex(token));
  }

  /** From the secret part of a client link, of which only the hash is kept, to its customer. */
  public static Pointer clientLink(String token) {
    return new Pointer("CLIENT#" + Sha256.hex(token));
  }

  /** From an account at the processor to its firm. */
  public static Pointer account(String accountId) {
    return new Pointer("ACCOUNT#" + accountId);
  }

  /** What it leads to, if there is such a pointer. */
  public Optional<Target> read(Table table) {
    return table
        .get(partition, KEY)
        .map(
            item ->
                new Target(item.text("firmId"), item.text("invoiceId"), item.text("customerId")));
  }

  /** Makes it; part of the transaction that makes what it leads to. */
  public Write to(String firm) {
    return to(firm, Map.of());
  }

  /** Makes it lead to an invoice. */
  public Write to(String firm, String invoiceId) {
    return to(firm, Map.of("invoiceId", invoiceId));
  }

  /** Makes it lead to a customer. */
  public Write toCustomer(String firm, String customerId) {
    return to(firm, Map.of("customerId", customerId));
  }

  private Write to(String firm, Map<String, Object> what) {
    Map<String, Object> attributes = new LinkedHashMap<>(what);
    attributes.put("firmId", firm);
    return Write.put(partition, KEY, attributes).ifAbsent();
  }

  /** Takes it away; part of the transaction after which nothing leads there any more. */
  public Write gone() {
    return Write.delete(partition, KEY);
  }
}
