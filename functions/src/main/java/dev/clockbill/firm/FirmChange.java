package dev.clockbill.firm;

import dev.clockbill.firm.FirmSettings.Billing;
import dev.clockbill.firm.FirmSettings.Grouping;
import dev.clockbill.firm.FirmSettings.Invoicing;
import dev.clockbill.firm.FirmSettings.OnStop;
import dev.clockbill.firm.FirmSettings.Reminders;
import dev.clockbill.firm.FirmSettings.Rounding;
import dev.clockbill.firm.FirmSettings.Tax;
import dev.clockbill.http.Fields;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;

/**
 * A change of a firm's settings, merged as RFC 7396 says: nested objects are merged, lists
 * replaced, and null clears what may be empty.
 *
 * @param settings the changed ones, still with the old version
 * @param messages the texts in its mails, likewise
 * @param nextNumber the next invoice number, if the change names it
 */
record FirmChange(FirmSettings settings, Messages messages, Optional<Long> nextNumber) {
  private static final int DAY = 1_440;
  private static final int YEAR = 365;
  private static final int LAST_DAY = 31;
  private static final int MOST_TAXES = 10;
  private static final int MOST_REMINDERS = 10;
  private static final int LONGEST_PREFIX = 20;
  private static final int LONGEST_RUN = 31 * DAY;
  private static final long MOST_NUMBER = 999_999_999L;

  /**
   * Merges the fields of a request into the settings as they are.
   *
   * @throws dev.clockbill.http.Problem 400 with every field that is wrong
   */
  static FirmChange of(Fields fields, FirmSettings now, Messages texts) {
    fields.notNull(
        "name",
        "email",
        "currency",
        "timeZone",
        "billing",
        "invoicing",
        "reminders",
        "permissions");
    Letterhead letterhead = LetterheadFields.merged(fields, now.letterhead());
    Optional<Fields> invoicing = fields.object("invoicing");
    FirmSettings merged =
        FirmSettingsBuilder.builder(now)
            .name(or(fields.text("name", Fields.NAME), now.name()))
            .email(or(fields.email("email"), now.email()))
            .ownAddress(
                AddressFields.own(
                    fields, now.ownAddress(), now.letterhead().postal(), letterhead.postal()))
            .currency(or(currency(fields), now.currency()))
            .timeZone(or(timeZone(fields), now.timeZone()))
            .billing(
                fields
                    .object("billing")
                    .map(it -> billing(it, now.billing()))
                    .orElse(now.billing()))
            .invoicing(invoicing.map(it -> invoicing(it, now.invoicing())).orElse(now.invoicing()))
            .reminders(
                fields
                    .object("reminders")
                    .map(it -> reminders(it, now.reminders()))
                    .orElse(now.reminders()))
            .letterhead(letterhead)
            .permissions(
                fields
                    .object("permissions")
                    .map(it -> permissions(it, now.permissions()))
                    .orElse(now.permissions()))
            .build();
    Messages messages = MessageFields.merged(fields, texts);
    Long nextNumber = invoicing.map(it -> it.number("nextNumber", 1, MOST_NUMBER)).orElse(null);
    invoicing.ifPresent(Fields::check);
    fields.check();
    return new FirmChange(merged, messages, Optional.ofNullable(nextNumber));
  }

  private static Permissions permissions(Fields fields, Permissions now) {
    fields.notNull("staffSend", "staffReports");
    Permissions merged =
        new Permissions(
            or(fields.bool("staffSend"), now.staffSend()),
            or(fields.bool("staffReports"), now.staffReports()));
    fields.check();
    return merged;
  }

  /** An ISO 4217 code whose number of decimals is known; null where absent or wrong. */
  static String currency(Fields fields) {
    String code = fields.text("currency", Fields.NAME);
    return code == null || decimalsKnown(code)
        ? code
        : fields.refuse("currency", "This has to be an ISO 4217 code such as USD.");
  }

  private static boolean decimalsKnown(String code) {
    return Currency.getAvailableCurrencies().stream()
        .anyMatch(
            currency ->
                currency.getCurrencyCode().equals(code)
                    && currency.getDefaultFractionDigits() >= 0);
  }

  /** A zone of the IANA's list; null where absent or wrong. */
  static ZoneId timeZone(Fields fields) {
    String zone = fields.text("timeZone", Fields.NAME);
    if (zone == null) {
      return null;
    }
    return ZoneId.getAvailableZoneIds().contains(zone)
        ? ZoneId.of(zone)
        : fields.refuse("timeZone", "This has to be an IANA zone such as America/Chicago.");
  }

  private static Billing billing(Fields fields, Billing now) {
    fields.notNull("incrementMinutes", "rounding", "minimumMinutes");
    Rounding rounding = fields.choice("rounding", Rounding.values(), Rounding::word);
    Billing merged =
        new Billing(
            whole(fields, "incrementMinutes", 1, DAY, now.incrementMinutes()),
            or(rounding, now.rounding()),
            whole(fields, "minimumMinutes", 0, DAY, now.minimumMinutes()));
    fields.check();
    return merged;
  }

  private static Invoicing invoicing(Fields fields, Invoicing now) {
    fields.notNull(
        "numberPrefix", "nextNumber", "termsDays", "onStop", "sendAutomatically", "taxes");
    OnStop onStop = fields.choice("onStop", OnStop.values(), OnStop::word);
    return new Invoicing(
        or(fields.textOrEmpty("numberPrefix", LONGEST_PREFIX), now.numberPrefix()),
        whole(fields, "termsDays", 0, YEAR, now.termsDays()),
        or(onStop, now.onStop()),
        or(fields.bool("sendAutomatically"), now.sendAutomatically()),
        taxes(fields).orElse(now.taxes()),
        fields.isNull("footer") ? "" : or(fields.textOrEmpty("footer", Fields.NOTE), now.footer()),
        billingDay(fields, now.billingDay()),
        fields.isNull("grouping")
            ? null
            : or(fields.choice("grouping", Grouping.values(), Grouping::word), now.grouping()));
  }

  /** A day of the month; 31 is the last day of every month. */
  private static Integer billingDay(Fields fields, Integer now) {
    if (!fields.has("billingDay")) {
      return now;
    }
    Long day = fields.number("billingDay", 1, LAST_DAY);
    return day == null ? null : Math.toIntExact(day);
  }

  private static Optional<List<Tax>> taxes(Fields fields) {
    return fields
        .objects("taxes", MOST_TAXES)
        .map(taxes -> taxes.stream().map(FirmChange::tax).toList());
  }

  private static Tax tax(Fields fields) {
    String name = fields.requiredText("name", Fields.NAME);
    BigDecimal ratePercent = fields.percent("ratePercent");
    if (!fields.has("ratePercent") || fields.isNull("ratePercent")) {
      fields.refuse("ratePercent", "This is missing.");
    }
    fields.check();
    return new Tax(name, ratePercent);
  }

  private static Reminders reminders(Fields fields, Reminders now) {
    Reminders merged =
        new Reminders(
            each(fields, "runningTimerMinutes", LONGEST_RUN, now.runningTimerMinutes()),
            each(fields, "beforeDueDays", YEAR, now.beforeDueDays()),
            each(fields, "overdueDays", YEAR, now.overdueDays()));
    fields.check();
    return merged;
  }

  /** Whole numbers from 1, in any order, each once. */
  private static List<Integer> each(Fields fields, String name, int most, List<Integer> now) {
    fields.notNull(name);
    List<Object> sent = fields.list(name, MOST_REMINDERS).orElse(null);
    if (sent == null) {
      return now;
    }
    List<Integer> numbers = new ArrayList<>();
    for (int at = 0; at < sent.size(); at++) {
      if (sent.get(at) instanceof Integer number
          && number >= 1
          && number <= most
          && !numbers.contains(number)) {
        numbers.add(number);
      } else {
        fields.refuse(
            name + "[" + at + "]",
            "This has to be a whole number from 1 to " + most + ", and each only once.");
      }
    }
    return List.copyOf(numbers);
  }

  private static int whole(Fields fields, String name, int least, int most, int now) {
    Long number = fields.number(name, least, most);
    return number == null ? now : Math.toIntExact(number);
  }

  private static <T> T or(T sent, T now) {
    return sent == null ? now : sent;
  }
}
