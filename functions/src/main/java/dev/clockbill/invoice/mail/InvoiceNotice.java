package dev.clockbill.invoice.mail;

import dev.clockbill.invoice.Invoice;
import java.util.Locale;

/** Events of an invoice that its firm's owner is notified of, since nobody may be watching then. */
public enum InvoiceNotice {
  /** It was to be sent automatically, but waits as a draft, since Send would refuse it. */
  WAITS_FOR_SEND,
  /** A mail of it was refused by the mail service. */
  MAIL_REFUSED,
  /** A reminder of it was refused by the mail service. */
  REMINDER_REFUSED,
  /** A reminder is due that nobody can be mailed. */
  REMIND_ON_PAPER,
  /** A mail of it came back. */
  MAIL_BOUNCED,
  /** A mail of it was reported as unwanted. */
  MAIL_COMPLAINED,
  /** A mail of it was held back, since an earlier one to the address came back or was unwanted. */
  MAIL_SUPPRESSED,
  /** A copy of a mail of it did not reach somebody beside the customer. */
  COPY_NOT_DELIVERED,
  /** A mail of it was taken for a virus. */
  MAIL_REJECTED,
  /** A reminder of it was taken for a virus. */
  REMINDER_REJECTED,
  /** A payment that was under way failed. */
  PAYMENT_FAILED,
  /** It cannot be learned whether a payment that was under way arrived. */
  PAYMENT_UNKNOWN,
  /** More money arrived than was due. */
  OVERPAID,
  /** Money arrived though it is void. */
  PAID_AFTER_VOID,
  /** A refund did not reach the customer. */
  REFUND_FAILED,
  /** It cannot be learned whether a refund was made. */
  REFUND_UNKNOWN,
  /** A payment is disputed. */
  DISPUTE_OPENED,
  /** The dispute of a payment is lost. */
  DISPUTE_LOST,
  /** The dispute of a payment is won, or was given up. */
  DISPUTE_WON,
  /** Money that names it could not be booked. */
  MONEY_UNMATCHED;

  /** The notice that a word names. */
  static InvoiceNotice of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  /** As the table keeps it. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What happened, in a line; how the owner finds it in a full inbox. */
  String heading(Invoice invoice) {
    String customer = invoice.customer().name();
    String number = invoice.number();
    return switch (this) {
      case WAITS_FOR_SEND -> "An invoice for " + customer + " is waiting to be sent";
      case MAIL_REFUSED, MAIL_REJECTED ->
          "Invoice " + number + " could not be emailed to " + customer;
      case REMINDER_REFUSED, REMINDER_REJECTED ->
          "A reminder of invoice " + number + " could not be emailed to " + customer;
      case REMIND_ON_PAPER -> "Remind " + customer + " of invoice " + number;
      case MAIL_BOUNCED -> "The email with invoice " + number + " to " + customer + " bounced";
      case MAIL_COMPLAINED -> customer + " marked the email with invoice " + number + " as spam";
      case MAIL_SUPPRESSED ->
          "The email with invoice " + number + " to " + customer + " was held back";
      case COPY_NOT_DELIVERED ->
          "A copy of invoice " + number + " for " + customer + " was not delivered";
      case PAYMENT_FAILED -> "A payment for invoice " + number + " by " + customer + " failed";
      case PAYMENT_UNKNOWN ->
          "Check whether a payment for invoice " + number + " by " + customer + " arrived";
      case OVERPAID -> customer + " paid more than was due on invoice " + number;
      case PAID_AFTER_VOID -> customer + " paid invoice " + number + ", which is void";
      case REFUND_FAILED -> "A refund of invoice " + number + " to " + customer + " failed";
      case REFUND_UNKNOWN ->
          "Check whether a refund of invoice " + number + " to " + customer + " was made";
      case DISPUTE_OPENED -> customer + " disputes a payment for invoice " + number;
      case DISPUTE_LOST -> "The dispute about invoice " + number + " was lost";
      case DISPUTE_WON -> "The dispute about invoice " + number + " is over: you keep the money";
      case MONEY_UNMATCHED -> "A payment for invoice " + number + " could not be matched";
    };
  }

  /**
   * What it means, and what can be done.
   *
   * @param detail the address of a mail, the amount of a payment, or why it waits
   */
  String text(String detail) {
    return switch (this) {
      case WAITS_FOR_SEND ->
          "It was set to be sent automatically, but needs your attention: " + detail;
      case MAIL_REFUSED ->
          "The email to "
              + detail
              + " was permanently refused. The invoice keeps its number and can be paid, but your"
              + " customer did not receive it, and no reminders are sent. Correct the"
              + " customer\u2019s address, then resend the invoice.";
      case REMINDER_REFUSED ->
          "The email to "
              + detail
              + " was permanently refused, so no more reminders are sent there. Correct the"
              + " customer\u2019s address, then resend the invoice: reminders continue from there.";
      case REMIND_ON_PAPER ->
          "It "
              + detail
              + ". No email address of this customer gets reminders, so none was sent. Call them or"
              + " send them a letter; you can print the invoice from its page. If they have an"
              + " email address after all, add it to the customer: the next reminder goes there.";
      case MAIL_BOUNCED ->
          "The email to "
              + detail
              + " bounced. The invoice can be paid, but your customer may not have received it, and"
              + " no more reminders are sent to this address. Correct the customer\u2019s address,"
              + " then resend the invoice.";
      case MAIL_COMPLAINED ->
          "The recipient at "
              + detail
              + " marked the email as spam, so no more reminders of the invoice are sent. Talk to"
              + " your customer before you resend it.";
      case MAIL_SUPPRESSED ->
          "An earlier email to "
              + detail
              + " bounced or was marked as spam, so the email service did not try to deliver this"
              + " one. The invoice can be paid, but your customer did not receive it, and no"
              + " reminders are sent. If the address is wrong, correct it and resend the invoice."
              + " If it is right and your customer wants your emails, resend the invoice as it is:"
              + " this takes the address off the email service\u2019s list.";
      case COPY_NOT_DELIVERED ->
          "The email to "
              + detail
              + " bounced or was marked as spam, so no more reminders are sent there. Nobody else"
              + " is affected: the invoice can be paid, and reminders to your customer go on. If"
              + " this is a contact of the customer, correct the address there, then resend the"
              + " invoice.";
      case MAIL_REJECTED ->
          "The email service took the email to "
              + detail
              + " for a virus and did not send it. The invoice keeps its number and can be paid,"
              + " but your customer did not receive it, and no reminders are sent. Check what the"
              + " invoice says, especially any links in it, then resend it.";
      case REMINDER_REJECTED ->
          "The email service took the reminder to "
              + detail
              + " for a virus and did not send it, so no more reminders are sent there. Check what"
              + " the invoice says, especially any links in it, then resend the invoice: reminders"
              + " continue from there.";
      case PAYMENT_FAILED ->
          "A pending payment of "
              + detail
              + " failed. The amount is due again; your customer can pay with the same link.";
      case PAYMENT_UNKNOWN ->
          "A payment of "
              + detail
              + " was pending, but the account it goes to can no longer be reached, so it counts as"
              + " failed here. Look up the payment on the payment processor\u2019s pages. If it"
              + " arrived, record it by hand; if not, there is nothing to do: the amount is due"
              + " again.";
      case OVERPAID ->
          "You received "
              + detail
              + ", which is more than was due. The full amount is kept on the invoice. To return"
              + " the difference, open the invoice and refund the payment.";
      case PAID_AFTER_VOID ->
          "You received "
              + detail
              + " although the invoice had been voided. The payment is kept on the void invoice. To"
              + " return it, open the invoice and refund the payment.";
      case REFUND_FAILED ->
          "The refund of "
              + detail
              + " did not reach your customer: you still have the money, and it counts as paid. The"
              + " payment processor\u2019s pages may say why. Refund it again, or pay it back"
              + " another way.";
      case REFUND_UNKNOWN ->
          "The refund of "
              + detail
              + " was requested, but the account it comes from can no longer be reached, so it"
              + " counts as not made here. Look up the payment on the payment processor\u2019s"
              + " pages before you pay it back another way.";
      case DISPUTE_OPENED ->
          "Your customer\u2019s bank is asking for "
              + detail
              + " back. Respond to the dispute on the payment processor\u2019s pages before its"
              + " deadline; the amount counts as paid until the dispute is decided.";
      case DISPUTE_LOST ->
          detail
              + " went back to your customer and is due again on the invoice. No reminders are"
              + " sent; talk to your customer first.";
      case DISPUTE_WON -> "It was about " + detail + ". There is nothing left for you to do.";
      case MONEY_UNMATCHED ->
          detail
              + " arrived at the payment processor but does not fit the invoice, so it does not"
              + " count as paid. Look up the payment on the processor\u2019s pages, and return it"
              + " or record it by hand. It is listed under Settings, Payments, until it has been"
              + " returned in full or you mark it there as settled.";
    };
  }
}
