package dev.clockbill.invoice.draft;

import static dev.clockbill.invoice.draft.LineRequest.or;

import dev.clockbill.firm.Service;
import dev.clockbill.http.DecimalText;
import dev.clockbill.http.Fields;
import dev.clockbill.invoice.Line;
import dev.clockbill.invoice.Line.Named;
import dev.clockbill.invoice.Line.Price;
import java.math.BigDecimal;
import java.util.Map;

/**
 * Reads what a request says of a line of a fixed amount. Errors are noted in the fields.
 *
 * <p>The amount is stated, or it is quantity × {@code unitAmount}; then it is computed here, and a
 * stated one has to be what it comes to, or what it came to when the line was read: nobody is to
 * believe in an amount that does not count.
 *
 * @param services those that a request newly names, by their ids
 */
record FixedFields(Fields line, Map<String, Service> services) {
  private static final DecimalText QUANTITY =
      DecimalText.aboveZero(3, BigDecimal.valueOf(1_000_000));

  /**
   * A new line; null where something is wrong. Where only a service is named, its name is the
   * description and its price that of one.
   */
  LineRequest.Fixed created() {
    Service service = line.lacks("serviceId") ? null : service();
    boolean named = line.lacks("description") && !line.lacks("serviceId");
    String description =
        named
            ? (service == null ? null : service.name())
            : line.requiredText("description", Line.DESCRIPTION);
    BigDecimal quantity = quantity();
    Long stated = unitAmount();
    boolean amountAlone = !line.lacks("amount") && line.lacks("quantity");
    boolean usual =
        line.lacks("unitAmount") && !amountAlone && service != null && service.fixedPrice() != null;
    Long unit = usual ? service.fixedPrice() : stated;
    Long amount = amount();
    boolean taxable = or(line.bool("taxable"), true);
    if (misread("serviceId", service)
        || misread("quantity", quantity)
        || misread("unitAmount", stated)
        || misread("amount", amount)) {
      return null;
    }
    Price price = price(or(quantity, unit == null ? null : BigDecimal.ONE), unit);
    if (quantity == null && unit == null) {
      line.requiredNumber("amount", -Fields.MOST, Fields.MOST);
    } else if (price == null || !states(amount, price, price.amount())) {
      return null;
    }
    return description == null || (price == null && amount == null)
        ? null
        : new LineRequest.Fixed(
            Line.fixed(description, named(service), price, or(amount, 0L), taxable), usual);
  }

  /** A line that is there, with what the request names; null where something is wrong. */
  Line merged(Line present) {
    line.notNull("amount");
    String description = or(line.text("description", Line.DESCRIPTION), present.description());
    boolean taxable = or(line.bool("taxable"), present.taxable());
    Named service = line.has("serviceId") ? service(present) : present.service();
    Price before = present.price();
    BigDecimal quantity =
        line.has("quantity") ? quantity() : before == null ? null : before.quantity();
    Long unit =
        line.has("unitAmount") ? unitAmount() : before == null ? null : (Long) before.unitAmount();
    Long amount = amount();
    if (misread("quantity", quantity)
        || misread("unitAmount", unit)
        || misread("amount", amount)
        || misread("serviceId", service)) {
      return null;
    }
    if (quantity == null && unit == null) {
      return present.edited(description, service, null, or(amount, present.amount()), taxable);
    }
    boolean one = !line.has("quantity") && unit != null;
    Price price = price(or(quantity, one ? BigDecimal.ONE : null), unit);
    return price == null || !states(amount, price, present.amount())
        ? null
        : present.edited(description, service, price, 0, taxable);
  }

  private Price price(BigDecimal quantity, Long unitAmount) {
    if (quantity == null && unitAmount == null) {
      return null;
    }
    if (quantity == null || unitAmount == null) {
      return line.refuse(
          quantity == null ? "quantity" : "unitAmount",
          "This is missing. Send both quantity and unitAmount, or neither and an amount.");
    }
    Price price = new Price(quantity, unitAmount);
    return Math.abs(price.amount()) <= Fields.MOST
        ? price
        : line.refuse("unitAmount", "The amount comes to more than " + Fields.MOST + ".");
  }

  /** Whether a stated amount, if there is one, is what the line comes or came to. */
  private boolean states(Long amount, Price price, long before) {
    if (amount == null || amount == price.amount() || amount == before) {
      return true;
    }
    line.refuse(
        "amount",
        "The amount is quantity × unitAmount, %s × %d = %d. Leave it out, or change those."
            .formatted(price.quantity().toPlainString(), price.unitAmount(), price.amount()));
    return false;
  }

  private Named service(Line present) {
    String id = line.id("serviceId");
    return present.bills(id) ? present.service() : id == null ? null : named(service());
  }

  private Service service() {
    String id = line.id("serviceId");
    Service found = id == null ? null : services.get(id);
    return found == null && id != null
        ? line.refuse("serviceId", "The firm has no such service.")
        : found;
  }

  private static Named named(Service service) {
    return service == null ? null : new Named(service.serviceId(), service.name());
  }

  private BigDecimal quantity() {
    return line.decimal("quantity", QUANTITY);
  }

  private Long unitAmount() {
    return line.number("unitAmount", -Fields.MOST, Fields.MOST);
  }

  private Long amount() {
    return line.number("amount", -Fields.MOST, Fields.MOST);
  }

  /** Whether a field was sent and could not be read, which is noted already. */
  private boolean misread(String name, Object read) {
    return read == null && !line.lacks(name);
  }
}
