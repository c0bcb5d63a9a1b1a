package dev.clockbill.timer;

import dev.clockbill.firm.FirmSettings;
import dev.clockbill.firm.StaffMember;
import dev.clockbill.http.Caller;
import dev.clockbill.shared.Ids;
import dev.clockbill.shared.Json;
import dev.clockbill.timer.Work.Rate;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Measured time: a stopped timer, or time entered by hand.
 *
 * @param timeEntryId the id of the timer it came from, or its own
 * @param startedAt when it counts from
 * @param stoppedAt when it counts to
 * @param workedOn the firm's local day on which it started
 * @param measuredSeconds between the two
 * @param billedMinutes by the firm's rule when it was stopped
 * @param hourlyRate minor units an hour, frozen
 * @param rateSource where the rate came from
 * @param currency ISO 4217 code, frozen
 * @param amount minor units: minutes × rate ÷ 60, rounded half up; 0 where it is not billable
 * @param note may be empty, never null
 * @param billable whether it is to be billed
 * @param byDay whether it was entered as so many minutes of its day: its two instants only stand
 *     for that
 * @param original what the server's clock measured, if that differs; else null
 * @param overlaps other time of the same person, as found when it was drafted or last changed
 * @param invoiceId the invoice that it is on, unless that is void; or null
 * @param state whether it is on an invoice, and on what kind; {@code NON_BILLABLE} exactly where it
 *     is not billable
 * @param rule the billing rule used
 */
@RecordBuilder
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
    Billable billable,
    boolean needsConfirmation,
    boolean byDay,
    Original original,
    List<String> overlaps,
    String invoiceId,
    State state,
    FirmSettings.Billing rule,
    long version)
    implements TimeEntryBuilder.With {

  /** Time by hand that is longer than this is not billed before a person has confirmed it. */
  private static final Duration CONFIRMED_BEYOND = Duration.ofHours(24);

  /** Where a rate came from, strongest first. */
  public enum RateSource {
    /** Set on the entry itself. */
    ENTRY,
    /** The customer's rate for the service. */
    CUSTOMER,
    /** The person's rate for the service, or for everything. */
    STAFF,
    /** The service's own. */
    SERVICE;

    /** As responses and the table write it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The source that a stored word names. */
    static RateSource of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT));
    }
  }

  /** Whether time is on an invoice, and on what kind, or is to be on none. */
  public enum State {
    /** On no living invoice, and to be put on one. */
    UNBILLED("unbilled"),
    /** On a draft. */
    DRAFTED("drafted"),
    /** On a frozen invoice. */
    BILLED("billed"),
    /** Kept, and never to be on an invoice. */
    NON_BILLABLE("nonBillable");

    private final String word;

    State(String word) {
      this.word = word;
    }

    /** The state that a word of requests or of the table names. */
    static State of(String word) {
      return Stream.of(values()).filter(state -> state.word.equals(word)).findFirst().orElseThrow();
    }

    /** As requests and the table write it. */
    public String word() {
      return word;
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

  /**
   * What a timer becomes when it stops. Today's rate and billing rule are frozen in it.
   *
   * @param statedStop when its person says that it ended, or null: now
   */
  static TimeEntry ofTimer(Timer timer, Work work, Instant statedStop, Instant now) {
    Span measured = new Span(timer.measuredFrom(), later(timer.measuredFrom(), now));
    Span counted =
        new Span(
            timer.startedAt(),
            statedStop == null ? later(timer.startedAt(), measured.stoppedAt()) : statedStop);
    boolean asMeasured = statedStop == null && timer.startedAt().equals(timer.measuredFrom());
    return kept(work, counted, work.rate(), timer.billable().on(work.service()))
        .timeEntryId(timer.timerId())
        .staffId(timer.staffId())
        .staffName(timer.staffName())
        .note(timer.note())
        .needsConfirmation(work.limits().passed(counted))
        .original(asMeasured ? null : Original.of(measured))
        .build();
  }

  /**
   * Time that the caller enters by hand.
   *
   * @param byDay whether the span only stands for so many minutes of its day
   * @param hourlyRate minor units an hour, or null for the one that {@link Work#rate} finds
   * @param billable what the caller says of it, or null for what the service says
   */
  static TimeEntry byHand(
      Caller caller,
      Work work,
      Span span,
      boolean byDay,
      Long hourlyRate,
      Boolean billable,
      String note) {
    return entered(work, span, hourlyRate, billable, note)
        .timeEntryId(Ids.next())
        .staffId(caller.staffId())
        .staffName(caller.name())
        .byDay(byDay)
        .build();
  }

  /** The same for time that comes in with a file: whoever worked, and an id that it says. */
  static TimeEntry imported(
      String timeEntryId,
      StaffMember staff,
      Work work,
      Span span,
      boolean byDay,
      Long hourlyRate,
      Boolean billable,
      String note) {
    return entered(work, span, hourlyRate, billable, note)
        .timeEntryId(timeEntryId)
        .staffId(staff.staffId())
        .staffName(staff.name())
        .byDay(byDay)
        .build();
  }

  private static TimeEntryBuilder entered(
      Work work, Span span, Long hourlyRate, Boolean billable, String note) {
    Rate rate = hourlyRate == null ? work.rate() : new Rate(hourlyRate, RateSource.ENTRY);
    return kept(work, span, rate, Billable.of(billable, work.service()))
        .note(note)
        .needsConfirmation(span.seconds() > CONFIRMED_BEYOND.toSeconds());
  }

  private static TimeEntryBuilder kept(Work work, Span span, Rate rate, Billable billable) {
    FirmSettings firm = work.firm();
    long minutes = BilledMinutes.of(span.seconds(), firm.billing());
    return TimeEntryBuilder.builder()
        .customerId(work.customer().customerId())
        .customerName(work.customer().name())
        .serviceId(work.service().serviceId())
        .serviceName(work.service().name())
        .startedAt(span.startedAt())
        .stoppedAt(span.stoppedAt())
        .workedOn(span.day(firm.timeZone()))
        .measuredSeconds(span.seconds())
        .billedMinutes(minutes)
        .hourlyRate(rate.hourly())
        .rateSource(rate.source())
        .currency(firm.currency())
        .amount(billable.amount(minutes, rate.hourly()))
        .billable(billable)
        .overlaps(List.of())
        .state(billable.offInvoices())
        .rule(firm.billing())
        .version(1);
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /** Whether it is longer than a day, which nobody works at a stretch. */
  public boolean longerThanADay() {
    return measuredSeconds > CONFIRMED_BEYOND.toSeconds();
  }

  /** The time that counts. */
  Span span() {
    return new Span(startedAt, stoppedAt);
  }

  /** As responses show it. */
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
        "billable", billable.yes(),
        "needsConfirmation", needsConfirmation,
        "byDay", byDay,
        "original", original == null ? null : original.json(),
        "overlaps", overlaps,
        "invoiceId", invoiceId,
        "billed", state == State.BILLED,
        "version", version);
  }
}
