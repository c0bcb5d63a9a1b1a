package dev.clockbill.payment;

import java.util.List;
import java.util.Map;

/**
 * What a receipt says: the model of its mail.
 *
 * @param sender the firm's name
 * @param customer the customer's name
 * @param number of the invoice
 * @param amount paid in all, as printed
 * @param facts names and values, in order
 * @param payUrl where the invoice can be seen
 * @param address the firm's, by lines
 */
public record Receipt(
    String sender,
    String customer,
    String number,
    String amount,
    Map<String, String> facts,
    String payUrl,
    List<String> address) {

  /** The subject of the mail. */
  public String subject() {
    return "Receipt for invoice " + number + " from " + sender;
  }
}
