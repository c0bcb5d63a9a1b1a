package dev.clockbill.payment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clockbill.print.Templates;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReceiptTest {
  private static final Receipt RECEIPT =
      new Receipt(
          "Park & Partners",
          "Ada <Lovelace>",
          "INV-2026-0042",
          "USD\u00a01,234.50",
          facts(),
          "https://example.test/pay/abc",
          List.of("1 Main Street", "Springfield"));

  private static Map<String, String> facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("Invoice", "INV-2026-0042");
    facts.put("Paid on", "25 November 2026");
    facts.put("Total", "USD\u00a01,234.50");
    return facts;
  }

  @Test
  void htmlEscapesWhatPeopleWrote() {
    assertThat(Templates.html("receipt", RECEIPT))
        .contains("Dear Ada &lt;Lovelace&gt;", "Park &amp; Partners")
        .doesNotContain("<Lovelace>");
  }

  @Test
  void plainTextSaysTheSameAndEscapesNothing() {
    assertThat(Templates.text("receipt", RECEIPT))
        .startsWith("Thank you for your payment\n\nDear Ada <Lovelace>,\n\nwe have received USD")
        .contains("Invoice: INV-2026-0042\nPaid on: 25 November 2026\n")
        .contains("View the invoice: https://example.test/pay/abc\n\n-- \nPark & Partners\n1 Main")
        .endsWith("Springfield\nQuestions? Simply reply to this mail.\n");
  }
}
