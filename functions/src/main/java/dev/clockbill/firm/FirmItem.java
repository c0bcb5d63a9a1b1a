package dev.clockbill.firm;

import dev.clockbill.firm.FirmSettings.Billing;
import dev.clockbill.firm.FirmSettings.Grouping;
import dev.clockbill.firm.FirmSettings.Invoicing;
import dev.clockbill.firm.FirmSettings.OnStop;
import dev.clockbill.firm.FirmSettings.Payments;
import dev.clockbill.firm.FirmSettings.PaymentsStatus;
import dev.clockbill.firm.FirmSettings.Reminders;
import dev.clockbill.firm.FirmSettings.Rounding;
import dev.clockbill.firm.FirmSettings.Tax;
import dev.clockbill.http.Problem;
import dev.clockbill.shared.Json;
import dev.clockbill.shared.LocalTexts;
import dev.clockbill.table.Item;
import dev.clockbill.table.Table;
import dev.clockbill.table.Write;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How the table keeps a firm's settings: the key and the attributes. */
public final class FirmItem {
  /** The key of a firm's settings. */
  public static final String KEY = "FIRM";

  private static final String PAYMENTS = "payments";

  private FirmItem() {}

  /**
   * Reads a firm's settings.
   *
   * @throws Problem if there is no such firm
   */
  public static FirmSettings read(Table table, String firmId) {
    return of(table.get(firmId, KEY).orElseThrow(() -> Problem.notFound("firm")));
  }

  /**
   * How a firm writes money and dates, where nothing else of it is needed.
   *
   * @throws Problem if there is no such firm
   */
  public static LocalTexts texts(Table table, String firmId) {
    return texts(table.get(firmId, KEY));
  }

  /**
   * The same where the settings were read with other items.
   *
   * @param stored what was found, by key
   * @throws Problem if there is no such firm
   */
  public static LocalTexts texts(Map<String, Item> stored) {
    return texts(Optional.ofNullable(stored.get(KEY)));
  }

  private static LocalTexts texts(Optional<Item> stored) {
    Item firm = stored.orElseThrow(() -> Problem.notFound("firm"));
    return LocalTexts.of(
        FirmSettings.locale(firm.object("postal").text("country"), firm.text("currency")));
  }

  /** Reads a firm's item. */
  public static FirmSettings of(Item item) {
    Item invoicing = item.object("invoicing");
    Item reminders = item.object("reminders");
    Item payments = item.object(PAYMENTS);
    return FirmSettingsBuilder.builder()
        .firmId(item.firm())
        .name(item.text("name"))
        .email(item.text("email"))
        .ownAddress(item.text("address"))
        .currency(item.text("currency"))
        .timeZone(ZoneId.of(item.text("timeZone")))
        .billing(billing(item.object("billing")))
        .invoicing(
            new Invoicing(
                invoicing.text("numberPrefix"),
                whole(invoicing, "termsDays"),
                OnStop.of(invoicing.text("onStop")),
                invoicing.bool("sendAutomatically"),
                invoicing.objects("taxes").stream().map(FirmItem::tax).toList(),
                invoicing.text("footer"),
                invoicing.has("billingDay") ? whole(invoicing, "billingDay") : null,
                Grouping.of(invoicing.text("grouping"))))
        .reminders(
            new Reminders(
                whole(reminders.numbers("runningTimerMinutes")),
                whole(reminders.numbers("beforeDueDays")),
                whole(reminders.numbers("overdueDays"))))
        .payments(
            new Payments(PaymentsStatus.of(payments.text("status")), payments.text("accountId")))
        .letterhead(
            new Letterhead(
                Postal.of(item.object("postal")),
                item.text("phone"),
                item.text("website"),
                item.text("taxId"),
                Bank.of(item.object("bank")),
                new Branding(item.text("color"), item.text("logo"))))
        .permissions(Permissions.of(item))
        .version(item.number("version"))
        .build();
  }

  /** Reads a billing rule, which time entries keep a copy of. */
  public static Billing billing(Item item) {
    return new Billing(
        whole(item, "incrementMinutes"),
        Rounding.of(item.text("rounding")),
        whole(item, "minimumMinutes"));
  }

  /** The attributes of a billing rule. */
  public static Map<String, Object> attributes(Billing billing) {
    return Json.object(
        "incrementMinutes", billing.incrementMinutes(),
        "rounding", billing.rounding().word(),
        "minimumMinutes", billing.minimumMinutes());
  }

  /** The attributes of an account at the processor, kept under {@code payments}. */
  public static Map<String, Object> attributes(Payments payments) {
    return Json.object("status", payments.status().word(), "accountId", payments.accountId());
  }

  /** Writes the settings of a new firm. */
  static Write create(FirmSettings firm) {
    Map<String, Object> attributes = attributes(firm);
    attributes.put(PAYMENTS, attributes(firm.payments()));
    return Write.put(firm.firmId(), KEY, attributes).ifAbsent();
  }

  /**
   * Changes settings, unless somebody else changed them meanwhile. The account at the processor is
   * left as it is: {@code PaymentsSetup} changes that.
   */
  static Write change(FirmSettings before, FirmSettings after) {
    return Write.update(after.firmId(), KEY)
        .setAll(attributes(after))
        .ifEquals("version", before.version());
  }

  private static Map<String, Object> attributes(FirmSettings firm) {
    Invoicing invoicing = firm.invoicing();
    Reminders reminders = firm.reminders();
    Letterhead paper = firm.letterhead();
    return Json.object(
        "name",
        firm.name(),
        "email",
        firm.email(),
        "address",
        firm.ownAddress(),
        "postal",
        paper.postal().json(),
        "phone",
        paper.phone(),
        "website",
        paper.website(),
        "taxId",
        paper.taxId(),
        "bank",
        paper.bank().json(),
        "color",
        paper.branding().color(),
        "logo",
        paper.branding().logo(),
        "permissions",
        firm.permissions().json(),
        "currency",
        firm.currency(),
        "timeZone",
        firm.timeZone().getId(),
        "billing",
        attributes(firm.billing()),
        "invoicing",
        Json.object(
            "numberPrefix", invoicing.numberPrefix(),
            "termsDays", invoicing.termsDays(),
            "onStop", invoicing.onStop().word(),
            "sendAutomatically", invoicing.sendAutomatically(),
            "taxes", invoicing.taxes().stream().map(FirmItem::attributes).toList(),
            "footer", invoicing.footer(),
            "billingDay", invoicing.billingDay(),
            "grouping", invoicing.grouping() == null ? null : invoicing.grouping().word()),
        "reminders",
        Json.object(
            "runningTimerMinutes", reminders.runningTimerMinutes(),
            "beforeDueDays", reminders.beforeDueDays(),
            "overdueDays", reminders.overdueDays()),
        "version",
        firm.version());
  }

  private static Map<String, Object> attributes(Tax tax) {
    return Json.object("name", tax.name(), "ratePercent", tax.ratePercent().toPlainString());
  }

  private static Tax tax(Item item) {
    return new Tax(item.text("name"), new BigDecimal(item.text("ratePercent")));
  }

  private static int whole(Item item, String name) {
    return Math.toIntExact(item.number(name));
  }

  private static List<Integer> whole(List<Long> numbers) {
    return numbers.stream().map(Math::toIntExact).toList();
  }
}
