package dev.clockbill;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.assertj.core.api.AbstractAssert;

/** What tests say of an invoice as the API gives it. Amounts are in minor units. */
public final class InvoiceAssert extends AbstractAssert<InvoiceAssert, JsonNode> {

  private InvoiceAssert(JsonNode invoice) {
    super(invoice, InvoiceAssert.class);
  }

  /** Begins assertions about an invoice. */
  public static InvoiceAssert assertThatInvoice(JsonNode invoice) {
    return new InvoiceAssert(invoice);
  }

  /** The rows of an invoice's payments as kind, status and amount, in no particular order. */
  public static List<String> ledger(JsonNode invoice) {
    return StreamSupport.stream(invoice.path("payments").spliterator(), false)
        .map(
            row ->
                row.path("kind").asText()
                    + " "
                    + row.path("status").asText()
                    + " "
                    + row.path("amount").asLong())
        .sorted()
        .toList();
  }

  /** It is in this state, such as {@code sent}. */
  public InvoiceAssert isIn(String state) {
    return has("state", actual.path("state").asText(), state);
  }

  /** This much was paid, less what was given back. */
  public InvoiceAssert hasAmountPaid(long amount) {
    return has("amountPaid", actual.path("amountPaid").asLong(), amount);
  }

  /** This much is still due. */
  public InvoiceAssert hasAmountDue(long amount) {
    return has("amountDue", actual.path("amountDue").asLong(), amount);
  }

  /** It has so many payments. */
  public InvoiceAssert hasPayments(int count) {
    return has("number of payments", actual.path("payments").size(), count);
  }

  /** Nothing about it has to be looked at by a person. */
  public InvoiceAssert hasNoFlags() {
    return has("number of flags", actual.path("flags").size(), 0);
  }

  private InvoiceAssert has(String what, Object is, Object expected) {
    isNotNull();
    if (!Objects.equals(is, expected)) {
      throw failureWithActualExpected(
          is, expected, "%s is %s, not %s: %s", what, is, expected, actual);
    }
    return this;
  }
}
