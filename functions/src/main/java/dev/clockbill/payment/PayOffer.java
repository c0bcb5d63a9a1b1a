package dev.clockbill.payment;

import dev.clockbill.firm.FirmSettings;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.Payment;
import dev.clockbill.invoice.StateRules;
import dev.clockbill.payment.ProcessorUnits.Chargeable;
import dev.clockbill.payment.ProcessorUnits.Refused;
import java.util.List;

/** What a customer can do about an invoice: pay what is due, or read why not. */
public sealed interface PayOffer {

  /** It can be paid. */
  record Payable(Chargeable charge) implements PayOffer {}

  /**
   * It cannot be paid here now.
   *
   * @param good whether the customer is glad to read it
   * @param title a few words
   * @param text a sentence
   */
  record Closed(boolean good, String title, String text) implements PayOffer {}

  /** What the customer can do about an invoice with these payments. */
  public static PayOffer of(FirmSettings firm, Invoice invoice, List<Payment> payments) {
    return switch (StateRules.in(invoice.state()).checkout()) {
      case ALLOWED -> ofAmountDue(firm, invoice, payments);
      case PAID ->
          new Closed(
              true,
              invoice.total() == 0 ? "Nothing to pay" : "Paid. Thank you!",
              invoice.total() == 0
                  ? "There is nothing to pay for this invoice."
                  : "This invoice is paid in full.");
      case VOID ->
          new Closed(
              false,
              "This invoice is void",
              "You do not have to pay it. Questions? Write to " + firm.email() + ".");
      case NOT_SENT, NOTHING_DUE, NOTHING_TO_DO, FROZEN, TIME_BILLED ->
          new Closed(
              false,
              "This invoice is on its way",
              "It is being sent right now. Please come back in a minute.");
    };
  }

  private static PayOffer ofAmountDue(FirmSettings firm, Invoice invoice, List<Payment> payments) {
    if (!selectable(invoice, payments)) {
      return new Closed(
          true,
          "Your payment is under way",
          "Some payment methods take a few days. There is nothing more you need to do.");
    }
    if (!firm.payments().ready()) {
      return unavailable(firm);
    }
    return switch (ProcessorUnits.of(invoice.amountDue(), invoice.currency(), firm.texts())) {
      case Chargeable chargeable -> new Payable(chargeable);
      case Refused refused ->
          new Closed(
              false,
              firm.texts().money(invoice.amountDue(), invoice.currency())
                  + " cannot be paid online",
              refused.reason() + " " + anotherWay(firm));
    };
  }

  /**
   * What a customer can do about several invoices at once, each of which can be paid.
   *
   * @param invoices of one currency, at least one
   */
  public static PayOffer together(FirmSettings firm, List<Invoice> invoices) {
    if (!firm.payments().ready()) {
      return unavailable(firm);
    }
    String currency = invoices.getFirst().currency();
    long total = invoices.stream().mapToLong(Invoice::amountDue).sum();
    boolean each =
        invoices.stream()
            .allMatch(invoice -> ProcessorUnits.exactly(invoice.amountDue(), currency).isPresent());
    return switch (ProcessorUnits.of(total, currency, firm.texts())) {
      case Chargeable chargeable -> each ? new Payable(chargeable) : amountRefused(firm);
      case Refused refused ->
          new Closed(
              false,
              firm.texts().money(total, currency) + " cannot be paid online",
              refused.reason() + " " + anotherWay(firm));
    };
  }

  /** Whether an invoice can be chosen to be paid with others. */
  public static boolean selectable(Invoice invoice, List<Payment> payments) {
    return invoice.state().payable() && payments.stream().noneMatch(Payment::underWay);
  }

  /**
   * What a customer reads where no checkout could be opened.
   *
   * @param status of the answer: 409 if it makes no sense to try again soon, else 503
   */
  public record Failure(int status, Closed notice) {}

  /** What a customer reads after a failure. */
  public static Failure after(ProcessorFailed failed, FirmSettings firm) {
    return switch (failed.kind()) {
      case AMOUNT_REFUSED -> new Failure(409, amountRefused(firm));
      // Whether the account is really lost is found by the hourly run.
      case REFUSED, ACCOUNT_LOST -> new Failure(409, unavailable(firm));
      case NO_ANSWER, BUSY, BROKEN, KEY_REFUSED -> new Failure(503, processorUnavailable());
    };
  }

  /** For a customer who comes back from the processor before its callback arrives. */
  public static Closed confirming() {
    return new Closed(
        true,
        "Thank you! Your payment is being confirmed",
        "This usually takes a few seconds. Reload this page to see when it has arrived.");
  }

  /** Where the last checkout has ended, and it is not known whether it was paid. */
  public static Closed perhapsPaid() {
    return new Closed(
        true,
        "A payment has just been made",
        "It is being confirmed. Please come back in a few minutes.");
  }

  /** Where the processor refuses the amount. */
  static Closed amountRefused(FirmSettings firm) {
    return new Closed(
        false, "This amount cannot be paid online", "Nothing was charged. " + anotherWay(firm));
  }

  /** Where the firm cannot take payments online now. */
  public static Closed unavailable(FirmSettings firm) {
    return new Closed(
        false, "Online payment is not available", "Nothing was charged. " + anotherWay(firm));
  }

  /** Where the processor does not answer. */
  static Closed processorUnavailable() {
    return new Closed(
        false,
        "The payment page could not be opened",
        "Nothing was charged. Please try again in a few minutes.");
  }

  /** Invoices have the firm's bank account on them, where it has named one. */
  private static String anotherWay(FirmSettings firm) {
    return firm.letterhead().bank().blank()
        ? "Please write to " + firm.email() + " to agree on another way to pay."
        : "Please pay by bank transfer. The account is on your invoice.";
  }
}
