package dev.clockbill.firm;

import dev.clockbill.shared.Json;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.Arrays;
import java.util.Map;

/**
 * Who is billed.
 *
 * @param address text with line breaks; may be null
 * @param reference their order number, which every invoice of theirs shows; may be null
 * @param taxId the number under which they are taxed; may be null
 * @param rates minor units an hour by service id, where they differ from the service's; zero counts
 * @param sendAutomatically whether a draft is sent as soon as it is made
 * @param billing when their time is billed; null: as the firm's is
 */
@RecordBuilder
public record Customer(
    String customerId,
    String name,
    String email,
    String address,
    String reference,
    String taxId,
    Map<String, Long> rates,
    boolean sendAutomatically,
    When billing,
    boolean active,
    long version)
    implements CustomerBuilder.With, Versioned {

  /** When a customer's time is billed. */
  public enum When {
    /** As it stops: a draft is made of it, or it is added to one. */
    ON_STOP("onStop"),
    /** By billing runs: until then it waits unbilled. */
    COLLECT("collect");

    private final String word;

    When(String word) {
      this.word = word;
    }

    /** As requests, responses and the table write it. */
    public String word() {
      return word;
    }

    static When of(String word) {
      return Arrays.stream(values())
          .filter(each -> each.word.equals(word))
          .findFirst()
          .orElse(null);
    }
  }

  /**
   * Whether a draft for them is sent as soon as it is made; never where their time is collected.
   */
  public boolean sentAutomatically(FirmSettings firm) {
    return billing != When.COLLECT && (firm.invoicing().sendAutomatically() || sendAutomatically);
  }

  /**
   * Whether their time waits unbilled for a billing run. Their own setting comes first; then
   * automatic sending, which makes a draft of its own whatever the firm does with stopped time;
   * then the firm's.
   */
  public boolean collects(FirmSettings firm) {
    if (billing != null) {
      return billing == When.COLLECT;
    }
    return firm.invoicing().onStop() == FirmSettings.OnStop.COLLECT && !sentAutomatically(firm);
  }

  /** As responses show it. */
  public Map<String, Object> json() {
    return Json.object(
        "customerId", customerId,
        "name", name,
        "email", email,
        "address", address,
        "reference", reference,
        "taxId", taxId,
        "rates", rates,
        "sendAutomatically", sendAutomatically,
        "billing", billing == null ? null : billing.word(),
        "active", active,
        "version", version);
  }
}
