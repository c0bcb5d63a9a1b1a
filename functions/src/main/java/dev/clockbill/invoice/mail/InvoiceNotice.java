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
      case WAITS_FOR_SEND -> "An invoice for " + customer + " waits to be sent";
      case MAIL_REFUSED -> "Invoice " + number + " could not be mailed to " + customer;
      case REMINDER_REFUSED, REMINDER_REJECTED ->
          "A reminder of invoice " + number + " could not be mailed to " + customer;
      case MAIL_BOUNCED -> "A mail of invoice " + number + " to " + customer + " came back";
      case MAIL_COMPLAINED -> customer + " reported a mail of invoice " + number + " as unwanted";
      case MAIL_SUPPRESSED -> "A mail of invoice " + number + " to " + customer + " was held back";
      case COPY_NOT_DELIVERED ->
          "A copy of invoice " + number + " for " + customer + " did not arrive";
      case MAIL_REJECTED -> "Invoice " + number + " could not be mailed to " + customer;
      case PAYMENT_FAILED -> "A payment of invoice " + number + " by " + customer + " failed";
      case PAYMENT_UNKNOWN ->
          "Look whether a payment of invoice " + number + " by " + customer + " arrived";
      case OVERPAID -> customer + " paid more than was due on invoice " + number;
      case PAID_AFTER_VOID -> customer + " paid invoice " + number + ", which is void";
      case REFUND_FAILED -> "A refund of invoice " + number + " to " + customer + " failed";
      case REFUND_UNKNOWN ->
          "Look whether a refund of invoice " + number + " to " + customer + " was made";
      case DISPUTE_OPENED -> customer + " disputes a payment of invoice " + number;
      case DISPUTE_LOST -> "The dispute about invoice " + number + " is lost";
      case DISPUTE_WON -> "The dispute about invoice " + number + " is over: the money is yours";
      case MONEY_UNMATCHED -> "Money for invoice " + number + " could not be booked";
    };
  }

  /**
   * What it means, and what can be done.
   *
   * @param detail the address of a mail, the amount of a payment, or why it waits
   */
  String text(String detail) {
    return switch (this) {
      case WAITS_FOR_SEND -> "It was to be sent by itself, but this is in the way: " + detail;
      case MAIL_REFUSED ->
          "The mail to "
              + detail
              + " was refused for good. The invoice keeps its number and can be paid, but it"
              + " did not reach your customer, and nobody is reminded of it. Correct the"
              + " customer's address, then mail the invoice again.";
      case REMINDER_REFUSED ->
          "The mail to "
              + detail
              + " was refused for good, and nobody is reminded there any more. Correct the"
              + " customer's address, then mail the invoice again: reminders go on from there.";
      case MAIL_BOUNCED ->
          "The mail to "
              + detail
              + " was returned. The invoice can be paid, but it may not have reached your"
              + " customer, and nobody is reminded of it. Correct the customer's address, then"
              + " mail the invoice again.";
      case MAIL_COMPLAINED ->
          "Whoever reads "
              + detail
              + " marked the mail as unwanted. They are not reminded of the invoice any more."
              + " Speak with your customer before you mail it again.";
      case MAIL_SUPPRESSED ->
          "An earlier mail to "
              + detail
              + " came back or was reported as unwanted, so the mail service did not even try. The"
              + " invoice can be paid, but it did not reach your customer, and nobody is reminded"
              + " of it. If the address is wrong, correct it and mail the invoice again. If it is"
              + " right and your customer wants your mails, mail the invoice again as it is: that"
              + " takes the address off the mail service's list.";
      case COPY_NOT_DELIVERED ->
          "The copy to "
              + detail
              + " did not arrive, or was not wanted there. The email to your customer is not"
              + " affected: the invoice can be paid, and reminders to your customer go on.";
      case MAIL_REJECTED ->
          "The mail service took the mail to "
              + detail
              + " for a virus and did not send it. The invoice keeps its number and can be paid,"
              + " but it did not reach your customer, and nobody is reminded of it. Look at what"
              + " the invoice says, above all at links in it, then mail it again.";
      case REMINDER_REJECTED ->
          "The mail service took the reminder to "
              + detail
              + " for a virus and did not send it, and nobody is reminded there any more. Look at"
              + " what the invoice says, above all at links in it, then mail the invoice again:"
              + " reminders go on from there.";
      case PAYMENT_FAILED ->
          "A payment of "
              + detail
              + " that was under way did not arrive. What it was for is due again; your customer"
              + " can pay by the same link.";
      case PAYMENT_UNKNOWN ->
          "A payment of "
              + detail
              + " was under way, but the account that it goes into can no longer be asked about it,"
              + " so it counts as failed here. Look at the payment on the payment processor's"
              + " pages. If it arrived, record it by hand; if it did not, nothing is to be done:"
              + " what it was for is due again.";
      case OVERPAID ->
          detail
              + " arrived though less was due. All of it is kept on the invoice. Give back what is"
              + " too much: open the invoice and refund the payment.";
      case PAID_AFTER_VOID ->
          detail
              + " arrived though the invoice was given up before. It is kept on the void invoice."
              + " Give it back: open the invoice and refund the payment.";
      case REFUND_FAILED ->
          "The refund of "
              + detail
              + " did not reach your customer: the money is still with you, and counts as paid. If"
              + " the payment processor has tried, its pages say why. Refund it once more, or pay"
              + " it back another way.";
      case REFUND_UNKNOWN ->
          "The refund of "
              + detail
              + " was asked for, but the account that it goes out of can no longer be asked about"
              + " it, so it counts as not made here. Look at the payment on the payment processor's"
              + " pages before you pay it back another way.";
      case DISPUTE_OPENED ->
          "Your customer's bank asks for "
              + detail
              + " back. Answer the dispute on the payment processor's pages before it is due"
              + " there; it counts as paid until it is decided.";
      case DISPUTE_LOST ->
          detail
              + " went back to your customer. It is due again on the invoice. Nobody is reminded of"
              + " it; speak with your customer first.";
      case DISPUTE_WON -> "It was about " + detail + ". You need not do anything more.";
      case MONEY_UNMATCHED ->
          detail
              + " arrived at the payment processor, but does not fit the invoice, so it does not"
              + " count as paid. Look at the payment on the processor's pages, and give it back or"
              + " record it by hand. It is listed under Settings, Payments, until all of it was"
              + " given back or you say there that it is settled.";
    };
  }
}
