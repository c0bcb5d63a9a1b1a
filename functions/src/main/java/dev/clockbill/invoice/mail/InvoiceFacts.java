package dev.clockbill.invoice.mail;

import dev.clockbill.firm.FirmSettings;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.shared.LocalTexts;
import java.util.LinkedHashMap;
import java.util.Map;

/** The names and values that mails list of an invoice, as printed, in the order of the calls. */
public final class InvoiceFacts {
  private final LocalTexts texts;
  private final Invoice invoice;
  private final Map<String, String> facts = new LinkedHashMap<>();

  private InvoiceFacts(LocalTexts texts, Invoice invoice) {
    this.texts = texts;
    this.invoice = invoice;
  }

  /** An empty list for an invoice of a firm. */
  public static InvoiceFacts of(FirmSettings firm, Invoice invoice) {
    return new InvoiceFacts(firm.texts(), invoice);
  }

  /** Adds any other fact. */
  public InvoiceFacts with(String name, String value) {
    facts.put(name, value);
    return this;
  }

  /** Adds the number. */
  public InvoiceFacts number() {
    return with("Invoice", invoice.number() == null ? "Not numbered yet" : invoice.number());
  }

  /** Adds the day of issue. */
  public InvoiceFacts issuedOn() {
    return with("Invoice date", texts.date(invoice.issuedOn()));
  }

  /** Adds the due date, if there is one yet. */
  InvoiceFacts dueOn() {
    return invoice.dueOn() == null ? this : with("Due on", texts.date(invoice.dueOn()));
  }

  /** Adds the total. */
  public InvoiceFacts total() {
    return amount("Total", invoice.total());
  }

  /**
   * Adds what was paid.
   *
   * @param name how the mail calls it
   */
  public InvoiceFacts paid(String name) {
    return amount(name, invoice.amountPaid());
  }

  /** Adds what is still to be paid. */
  public InvoiceFacts stillToPay() {
    return amount("Still to pay", invoice.amountDue());
  }

  private InvoiceFacts amount(String name, long amount) {
    return with(name, texts.money(amount, invoice.currency()));
  }

  /** The names and values. */
  public Map<String, String> map() {
    return facts;
  }
}
