package dev.clockbill.timer;

import dev.clockbill.firm.FirmSettings;
import dev.clockbill.shared.Json;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Time measured: a stopped timer, or time entered by hand.
 *
 * @param timeEntryId that of the timer it was
 * @param startedAt when it counts from
 * @param stoppedAt when it counts to
 * @param workedOn the firm's local day on which it started
 * @param measuredSeconds between the two
 * @param billedMinutes by the firm's rule when it was stopped
 * @param hourlyRate minor units an hour, frozen
 * @param rateSource where the rate came from
 * @param currency ISO 4217 code, frozen
 * @param amount minor units: minutes × rate ÷ 60, rounded half up
 * @param note may be empty, never null
 * @param original what the server's clock measured, where that is something else; or null
 * @param overlaps other time of the same person, as found when it was drafted or last changed
 * @param invoiceId the living invoice that it is on, or null
 * @param state whether it is on an invoice, and on what kind
 * @param rule the billing rule used
 */
public record TimeEntry(
    String timeEntryId,
    String customerId,
    String customerName,
    String serviceId,
    String serviceName,
    String staffId,
    String staffName,
    Instant startedAt,
    Instant stoppedAt,
    LocalDate workedOn,
    long measuredSeconds,
    long billedMinutes,
    long hourlyRate,
    RateSource rateSource,
    String currency,
    long amount,
    String note,
    boolean needsConfirmation,
    Original original,
    List<String> overlaps,
    String invoiceId,
    State state,
    FirmSettings.Billing rule,
    long version) {

  /** Where a rate came from, strongest first. */
  public enum RateSource {
    /** Set on the entry itself. */
    ENTRY,
    /** The customer's rate for the service. */
    CUSTOMER,
    /** The service's own. */
    SERVICE;

    /** As answers write it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Where time stands. */
  public enum State {
    /** On no living invoice. */
    UNBILLED,
    /** On a draft. */
    DRAFTED,
    /** On a frozen invoice. */
    BILLED;

    /** The state that a word of ours names. */
    static State of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT));
    }

    /** As requests and the table write it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What the server's clock measured. */
  public record Original(Instant startedAt, Instant stoppedAt, long measuredSeconds) {
    static Original of(Span span) {
      return new Original(span.startedAt(), span.stoppedAt(), span.seconds());
    }

    private Map<String, Object> json() {
      return Json.object(
          "startedAt", startedAt.toString(),
          "stoppedAt", stoppedAt.toString(),
          "measuredSeconds", measuredSeconds);
    }
  }

  /** The time that counts. */
  Span span() {
    return new Span(startedAt, stoppedAt);
  }

  /** As answers have it. */
  public Map<String, Object> json() {
    return Json.object(
        "timeEntryId", timeEntryId,
        "customerId", customerId,
        "customerName", customerName,
        "serviceId", serviceId,
        "serviceName", serviceName,
        "staffId", staffId,
        "staffName", staffName,
        "startedAt", startedAt.toString(),
        "stoppedAt", stoppedAt.toString(),
        "workedOn", workedOn.toString(),
        "measuredSeconds", measuredSeconds,
        "billedMinutes", billedMinutes,
        "hourlyRate", hourlyRate,
        "rateSource", rateSource.word(),
        "currency", currency,
        "amount", amount,
        "note", note,
        "needsConfirmation", needsConfirmation,
        "original", original == null ? null : original.json(),
        "overlaps", overlaps,
        "invoiceId", invoiceId,
        "version", version);
  }
}
