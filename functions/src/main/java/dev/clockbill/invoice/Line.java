package dev.clockbill.invoice;

import dev.clockbill.shared.Ids;
import dev.clockbill.shared.Money;
import dev.clockbill.timer.TimeEntry;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One row of an invoice: a time entry priced, or a fixed amount, which may be so many times a
 * price.
 *
 * @param kind which of the two
 * @param timeEntryId of time lines, as are {@code staff}, {@code workedOn}, {@code
 *     measuredSeconds}, {@code billedMinutes} and {@code hourlyRate}; null on fixed ones
 * @param service what it bills, as it was called then; null on fixed amounts of no service, and on
 *     lines of time that were kept before lines said it
 * @param staff whose time it was; null likewise
 * @param hourlyRate minor units an hour
 * @param price how a fixed amount comes about; null on time lines and on amounts as they are
 * @param taxable whether taxes are taken on it
 * @param amount minor units
 * @param edited names of the fields that a person set on the line itself; a change of its entry
 *     leaves them alone
 */
@RecordBuilder
public record Line(
    String lineId,
    Kind kind,
    String description,
    String timeEntryId,
    Named service,
    Named staff,
    LocalDate workedOn,
    Long measuredSeconds,
    Long billedMinutes,
    Long hourlyRate,
    Price price,
    boolean taxable,
    long amount,
    List<String> edited)
    implements LineBuilder.With {

  /** What a line bills. */
  public enum Kind {
    /** Time, by the minute. */
    TIME,
    /** An amount as it is. */
    FIXED;

    /** As requests, answers and the table write it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The kind that a word names.
     *
     * @throws IllegalArgumentException for any other word
     */
    static Kind of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT));
    }
  }

  /** A service or a member of staff, by the name that they had when the line was made. */
  public record Named(String id, String name) {}

  /**
   * So many times the price of one.
   *
   * @param quantity above zero, with at most three decimals
   * @param unitAmount minor units; below zero for what is taken off
   */
  public record Price(BigDecimal quantity, long unitAmount) {
    /** Keeps the quantity without zeros at its end, so that equal ones are written alike. */
    public Price {
      BigDecimal shortest = quantity.stripTrailingZeros();
      quantity = shortest.scale() < 0 ? shortest.setScale(0) : shortest;
    }

    /** What it comes to, minor units: the product, rounded half up once. */
    public long amount() {
      return Money.ofQuantity(quantity, unitAmount);
    }
  }

  /** The longest description. */
  public static final int DESCRIPTION = 2_000;

  /** The fields that a person may set on a time line, and a changed entry otherwise sets. */
  enum Editable {
    DESCRIPTION("description"),
    BILLED_MINUTES("billedMinutes"),
    HOURLY_RATE("hourlyRate");

    private final String field;

    Editable(String field) {
      this.field = field;
    }

    String field() {
      return field;
    }
  }

  /** A new line that bills an entry's time as it is. */
  public static Line ofTime(TimeEntry entry) {
    return LineBuilder.builder()
        .lineId(Ids.next())
        .kind(Kind.TIME)
        .timeEntryId(entry.timeEntryId())
        .taxable(true)
        .edited(List.of())
        .build()
        .following(entry);
  }

  /** A new line of a fixed amount. */
  public static Line fixed(String description, long amount, boolean taxable) {
    return fixed(description, null, null, amount, taxable);
  }

  /**
   * A new line of a fixed amount.
   *
   * @param service what it bills, or null
   * @param price how it comes about, or null
   * @param amount minor units; counts where there is no price
   */
  public static Line fixed(
      String description, Named service, Price price, long amount, boolean taxable) {
    return LineBuilder.builder()
        .lineId(Ids.next())
        .kind(Kind.FIXED)
        .edited(List.of())
        .build()
        .edited(description, service, price, amount, taxable);
  }

  /** The same after its entry changed. What a person set on the line itself stays. */
  public Line following(TimeEntry entry) {
    return LineBuilder.builder(this)
        .description(sets(Editable.DESCRIPTION) ? description : description(entry))
        .service(new Named(entry.serviceId(), entry.serviceName()))
        .staff(new Named(entry.staffId(), entry.staffName()))
        .workedOn(entry.workedOn())
        .measuredSeconds(entry.measuredSeconds())
        .billedMinutes(sets(Editable.BILLED_MINUTES) ? billedMinutes : (Long) entry.billedMinutes())
        .hourlyRate(sets(Editable.HOURLY_RATE) ? hourlyRate : (Long) entry.hourlyRate())
        .build()
        .priced();
  }

  /** The same after a person edited a time line; its amount is computed. */
  public Line edited(String description, long billedMinutes, long hourlyRate, boolean taxable) {
    List<String> set = new ArrayList<>(edited);
    note(set, Editable.DESCRIPTION, !description.equals(this.description));
    note(set, Editable.BILLED_MINUTES, billedMinutes != this.billedMinutes);
    note(set, Editable.HOURLY_RATE, hourlyRate != this.hourlyRate);
    return LineBuilder.builder(this)
        .description(description)
        .billedMinutes(billedMinutes)
        .hourlyRate(hourlyRate)
        .taxable(taxable)
        .edited(List.copyOf(set))
        .build()
        .priced();
  }

  /**
   * The same after a person edited a fixed line.
   *
   * @param amount minor units; counts where there is no price
   */
  public Line edited(String description, Named service, Price price, long amount, boolean taxable) {
    return LineBuilder.builder(this)
        .description(description)
        .service(service)
        .price(price)
        .amount(price == null ? amount : price.amount())
        .taxable(taxable)
        .build();
  }

  /** Whether a service has this id. */
  public boolean bills(String serviceId) {
    return service != null && service.id().equals(serviceId);
  }

  private Line priced() {
    return withAmount(Money.ofTime(billedMinutes, hourlyRate));
  }

  private boolean sets(Editable field) {
    return edited.contains(field.field());
  }

  private static void note(List<String> set, Editable field, boolean changed) {
    if (changed && !set.contains(field.field())) {
      set.add(field.field());
    }
  }

  /** What was done, as the customer reads it: the service, and the note where there is one. */
  private static String description(TimeEntry entry) {
    String whole =
        entry.note().isBlank() ? entry.serviceName() : entry.serviceName() + ": " + entry.note();
    return whole.codePointCount(0, whole.length()) <= DESCRIPTION
        ? whole
        : whole.substring(0, whole.offsetByCodePoints(0, DESCRIPTION));
  }
}
