package dev.clockbill.firm;

import dev.clockbill.shared.Json;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A person at a customer, beside the customer's own address.
 *
 * @param name may be null
 * @param email where their mails go
 * @param gets which mails they get, in the order of the kinds; may be empty
 */
public record Contact(String name, String email, List<Gets> gets) {

  /** A contact whose mails are in the order of their kinds, each once. */
  public Contact {
    gets = gets.stream().distinct().sorted().toList();
  }

  /** The mails that a customer gets. */
  public enum Gets {
    /** Invoices. */
    INVOICE,
    /** Receipts, and notices of refunds. */
    RECEIPT,
    /** Payment reminders. */
    REMINDER;

    /** As requests, answers and the table write it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The mails that a word names.
     *
     * @throws IllegalArgumentException for any other word
     */
    public static Gets of(String word) {
      return Arrays.stream(values())
          .filter(gets -> gets.word().equals(word))
          .findFirst()
          .orElseThrow(() -> new IllegalArgumentException("no mail to a customer: " + word));
    }
  }

  /** As responses and the table have it. */
  Map<String, Object> json() {
    return Json.object(
        "name", name, "email", email, "gets", gets.stream().map(Gets::word).toList());
  }
}
