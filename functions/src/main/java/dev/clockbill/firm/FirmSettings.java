package dev.clockbill.firm;

import dev.clockbill.print.BrandColors;
import dev.clockbill.print.Face;
import dev.clockbill.shared.Json;
import dev.clockbill.shared.LocalTexts;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The practice that bills: its settings.
 *
 * @param firmId the scope of everything it owns
 * @param email where replies and notices go
 * @param ownAddress text with line breaks, where the firm wrote it itself; null where {@link
 *     #address()} is made of its {@link Postal}
 * @param currency ISO 4217 code
 * @param timeZone whose days its time and invoices are dated by
 * @param letterhead what stands on its paper
 * @param permissions what its members of staff may do
 * @param version moves with every change that a person can see
 */
@RecordBuilder
public record FirmSettings(
    String firmId,
    String name,
    String email,
    String ownAddress,
    String currency,
    ZoneId timeZone,
    Billing billing,
    Invoicing invoicing,
    Reminders reminders,
    Payments payments,
    Letterhead letterhead,
    Permissions permissions,
    long version)
    implements FirmSettingsBuilder.With, Versioned {

  /** How many decimals an amount of the firm's currency has. */
  public int decimals() {
    return Math.max(0, Currency.getInstance(currency).getDefaultFractionDigits());
  }

  /** How billed minutes are rounded to the increment. */
  public enum Rounding {
    /** Up to the next multiple. */
    UP,
    /** To the nearest multiple, ties up. */
    NEAREST,
    /** Down to the multiple below. */
    DOWN;

    /** As requests, responses and the table write it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Rounding of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT));
    }
  }

  /** What a stopped timer becomes. */
  public enum OnStop {
    /** A separate draft. */
    NEW_DRAFT("newDraft"),
    /** A line of the customer's open draft. */
    APPEND_TO_DRAFT("appendToDraft"),
    /** Nothing yet: it waits unbilled for a billing run. */
    COLLECT("collect");

    private final String word;

    OnStop(String word) {
      this.word = word;
    }

    /** As requests, responses and the table write it. */
    public String word() {
      return word;
    }

    static OnStop of(String word) {
      return Arrays.stream(values())
          .filter(each -> each.word.equals(word))
          .findFirst()
          .orElse(NEW_DRAFT);
    }
  }

  /** How the lines of an invoice are put together where they are printed. */
  public enum Grouping {
    /** By what was done. */
    SERVICE,
    /** By who did it. */
    STAFF;

    /** As requests, responses and the table write it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The grouping that a stored word names; null for none. */
    public static Grouping of(String word) {
      return word == null ? null : valueOf(word.toUpperCase(Locale.ROOT));
    }
  }

  /** The rule by which measured time becomes billed minutes; whole minutes. */
  public record Billing(int incrementMinutes, Rounding rounding, int minimumMinutes) {}

  /**
   * How invoices are made.
   *
   * @param numberPrefix before the number; {@code {yyyy}} is replaced by the year
   * @param termsDays from issue to due date
   * @param billingDay the day of each month up to which time is billed by itself, 31 for the last;
   *     null where nothing is
   * @param grouping of the lines of new drafts; null: as they are
   */
  public record Invoicing(
      String numberPrefix,
      int termsDays,
      OnStop onStop,
      boolean sendAutomatically,
      List<Tax> taxes,
      String footer,
      Integer billingDay,
      Grouping grouping) {

    /** The same where no day of the month is billed by itself, and lines stay as they are. */
    public Invoicing(
        String numberPrefix,
        int termsDays,
        OnStop onStop,
        boolean sendAutomatically,
        List<Tax> taxes,
        String footer) {
      this(numberPrefix, termsDays, onStop, sendAutomatically, taxes, footer, null, null);
    }
  }

  /** A tax that invoices carry; the rate in percent. */
  public record Tax(String name, BigDecimal ratePercent) {}

  /** When reminders go: minutes after a timer's start, days before and after a due date. */
  public record Reminders(
      List<Integer> runningTimerMinutes, List<Integer> beforeDueDays, List<Integer> overdueDays) {}

  /** How far a firm's account at the processor is set up. */
  public enum PaymentsStatus {
    /** There is no account. */
    MISSING,
    /** The account cannot take payments yet. */
    PENDING,
    /** Customers can pay. */
    READY;

    /** As responses and the table write it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    static PaymentsStatus of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT));
    }
  }

  /**
   * The firm's account at the processor.
   *
   * @param accountId null where it is missing
   */
  public record Payments(PaymentsStatus status, String accountId) {
    /** No account. */
    static final Payments MISSING = new Payments(PaymentsStatus.MISSING, null);

    /** Whether customers can pay. */
    public boolean ready() {
      return status == PaymentsStatus.READY;
    }
  }

  /** The settings that a firm begins with. */
  static FirmSettings begin(
      String firmId,
      String name,
      String email,
      String address,
      String currency,
      ZoneId timeZone,
      Payments payments) {
    return FirmSettingsBuilder.builder()
        .firmId(firmId)
        .name(name)
        .email(email)
        .ownAddress(address)
        .currency(currency)
        .timeZone(timeZone)
        .billing(new Billing(1, Rounding.UP, 1))
        .invoicing(new Invoicing("", 14, OnStop.NEW_DRAFT, false, List.of(), ""))
        .reminders(new Reminders(List.of(240, 480, 720), List.of(), List.of(3, 7, 14)))
        .payments(payments)
        .letterhead(Letterhead.NONE)
        .permissions(Permissions.ALL)
        .version(1)
        .build();
  }

  /**
   * How its texts write dates and money: by the country of its postal address or, until it has said
   * that, by its currency.
   */
  public Locale locale() {
    return locale(letterhead.postal().country(), currency);
  }

  /** The same of a firm of which no more is known; null for no country. */
  static Locale locale(String country, String currency) {
    return LocalTexts.locale(Optional.ofNullable(country), currency);
  }

  /** What writes money, dates and percentages for it and its customers. */
  public LocalTexts texts() {
    return LocalTexts.of(locale());
  }

  /** The firm's address: text with line breaks; null where none is known. */
  public String address() {
    return ownAddress == null || ownAddress.isBlank() ? letterhead.postal().text() : ownAddress;
  }

  /**
   * What its mails and pages look like.
   *
   * @param logo where its logo is found there
   */
  public Face face(String logo) {
    Branding branding = letterhead.branding();
    return new Face(BrandColors.of(branding.color()), branding.hasLogo() ? logo : null);
  }

  /** The day on which an instant falls where the firm is. */
  public LocalDate day(Instant instant) {
    return LocalDate.ofInstant(instant, timeZone);
  }

  /**
   * As responses show it.
   *
   * @param nextNumber the next invoice number, which the firm's counter holds
   * @param messages its texts in mails
   * @param mail whether its mails wait, as responses show it
   */
  Map<String, Object> json(long nextNumber, Messages messages, Map<String, Object> mail) {
    return Json.object(
        "firmId",
        firmId,
        "name",
        name,
        "email",
        email,
        "address",
        address(),
        "postal",
        letterhead.postal().json(),
        "phone",
        letterhead.phone(),
        "website",
        letterhead.website(),
        "taxId",
        letterhead.taxId(),
        "bank",
        letterhead.bank().json(),
        "branding",
        Json.object(
            "color", letterhead.branding().color(), "logo", letterhead.branding().hasLogo()),
        "currency",
        currency,
        "timeZone",
        timeZone.getId(),
        "locale",
        locale().toLanguageTag(),
        "billing",
        Json.object(
            "incrementMinutes", billing.incrementMinutes(),
            "rounding", billing.rounding().word(),
            "minimumMinutes", billing.minimumMinutes()),
        "invoicing",
        Json.object(
            "numberPrefix", invoicing.numberPrefix(),
            "nextNumber", nextNumber,
            "termsDays", invoicing.termsDays(),
            "onStop", invoicing.onStop().word(),
            "sendAutomatically", invoicing.sendAutomatically(),
            "taxes", invoicing.taxes().stream().map(FirmSettings::tax).toList(),
            "footer", invoicing.footer(),
            "billingDay", invoicing.billingDay(),
            "grouping", invoicing.grouping() == null ? null : invoicing.grouping().word()),
        "reminders",
        Json.object(
            "runningTimerMinutes", reminders.runningTimerMinutes(),
            "beforeDueDays", reminders.beforeDueDays(),
            "overdueDays", reminders.overdueDays()),
        "payments",
        Json.object("status", payments.status().word()),
        "messages",
        messages.json(),
        "permissions",
        permissions.json(),
        "mail",
        mail,
        "version",
        version);
  }

  private static Map<String, Object> tax(Tax tax) {
    return Json.object("name", tax.name(), "ratePercent", tax.ratePercent().toPlainString());
  }
}
