package dev.clockbill.invoice.mail;

import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.Invoice.Party;
import dev.clockbill.invoice.InvoiceBuilder;
import dev.clockbill.mail.QueuedMail;
import dev.clockbill.shared.Json;
import dev.clockbill.table.Item;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The mail of an invoice as it would go, to whoever asks for it and to nobody else. A draft is
 * shown with the number and the dates that it would have got at that moment; its pay link leads
 * nowhere.
 */
public final class TestMail {
  /** Stands in place of the secret part of a pay link that does not exist yet. */
  private static final String NO_LINK_YET = "not-sent-yet";

  private TestMail() {}

  /**
   * What is kept with a test.
   *
   * @param asIfSent the invoice as if Send were pressed now
   * @param to the address of whoever asks
   */
  public static Map<String, Object> facts(Invoice asIfSent, String to, Wording wording) {
    Map<String, Object> facts = new LinkedHashMap<>(QueuedMail.recipient(to));
    facts.putAll(Letter.saying(wording).facts());
    facts.putAll(
        Json.object(
            "number", asIfSent.number(),
            "issuedOn", asIfSent.issuedOn(),
            "dueOn", asIfSent.dueOn()));
    return facts;
  }

  /** What the history says of a test that was refused. */
  static String refused(MailOfInvoice test) {
    return "Test email to " + test.recipient() + " was refused by the email service";
  }

  /**
   * The invoice as a test shows it.
   *
   * @param customer as they would be printed on it
   */
  static Invoice shown(Invoice invoice, Party customer, Item facts) {
    return invoice.number() != null
        ? invoice
        : InvoiceBuilder.builder(invoice)
            .customer(customer)
            .number(facts.text("number"))
            .issuedOn(facts.date("issuedOn"))
            .dueOn(facts.date("dueOn"))
            .payToken(NO_LINK_YET)
            .build();
  }
}
