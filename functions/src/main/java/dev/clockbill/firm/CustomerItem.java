package dev.clockbill.firm;

import dev.clockbill.shared.Json;
import dev.clockbill.table.Index;
import dev.clockbill.table.Item;
import dev.clockbill.table.Write;
import java.util.Map;

/** How the table keeps a customer: its key, its attributes and its place in the firm's list. */
public final class CustomerItem {
  /** What the keys of all customers begin with. */
  public static final String PREFIX = "CUSTOMER#";

  private CustomerItem() {}

  /** The key of a customer's item. */
  public static String key(String customerId) {
    return PREFIX + customerId;
  }

  /** The partition of {@code Listed} that holds a firm's customers, ordered by name. */
  static String listed(String firm) {
    return firm + "#CUSTOMER";
  }

  /** Reads a customer's item. */
  public static Customer of(Item item) {
    return CustomerBuilder.builder()
        .customerId(item.key().substring(PREFIX.length()))
        .name(item.text("name"))
        .email(item.text("email"))
        .ownAddress(item.text("address"))
        .postal(Postal.of(item.object("postal")))
        .phone(item.text("phone"))
        .reference(item.text("reference"))
        .taxId(item.text("taxId"))
        .taxExempt(item.bool("taxExempt"))
        .termsDays(item.whole("termsDays"))
        .note(item.text("note"))
        .contacts(item.objects("contacts").stream().map(CustomerItem::contact).toList())
        .rates(RateFields.of(item))
        .sendAutomatically(item.bool("sendAutomatically"))
        .billing(Customer.When.of(item.text("billing")))
        .active(item.bool("active"))
        .version(item.number("version"))
        .build();
  }

  private static Contact contact(Item item) {
    return new Contact(
        item.text("name"),
        item.text("email"),
        item.texts("gets").stream().map(Contact.Gets::of).toList());
  }

  /** Writes the item of a new customer. */
  public static Write create(String firm, Customer customer) {
    return Write.put(firm, key(customer.customerId()), attributes(firm, customer)).ifAbsent();
  }

  /** Changes a customer, unless somebody else changed it meanwhile. */
  public static Write change(String firm, Customer before, Customer after) {
    return Write.update(firm, key(after.customerId()))
        .setAll(attributes(firm, after))
        .ifEquals("version", before.version());
  }

  private static Map<String, Object> attributes(String firm, Customer customer) {
    return Json.object(
        "name",
        customer.name(),
        "email",
        customer.email(),
        "address",
        customer.ownAddress(),
        "postal",
        customer.postal().kept(),
        "phone",
        customer.phone(),
        "reference",
        customer.reference(),
        "taxId",
        customer.taxId(),
        "taxExempt",
        customer.taxExempt() ? true : null,
        "termsDays",
        customer.termsDays(),
        "note",
        customer.note(),
        "contacts",
        customer.contacts().isEmpty()
            ? null
            : customer.contacts().stream().map(Contact::json).toList(),
        "rates",
        customer.rates(),
        "sendAutomatically",
        customer.sendAutomatically(),
        "billing",
        customer.billing() == null ? null : customer.billing().word(),
        "active",
        customer.active(),
        "version",
        customer.version(),
        Index.LISTED.partition(),
        listed(firm),
        Index.LISTED.sort(),
        FoldedName.sortKey(customer.name(), customer.customerId()));
  }
}
