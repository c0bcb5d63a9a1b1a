package dev.clockbill.invoice.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clockbill.invoice.mail.InvoiceMail.PrintedLine;
import dev.clockbill.print.Face;
import dev.clockbill.print.Templates;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class InvoiceMailTest {

  private static InvoiceMail mail(String description) {
    Map<String, String> sums = new LinkedHashMap<>();
    sums.put("Subtotal", "$270.83");
    sums.put("Sales tax 8.25%", "$20.28");
    return new InvoiceMail(
        Face.PLAIN,
        "Hollis & Reed Tax Advisers",
        "Lindqvist Joinery",
        "2026-0042",
        "$291.11",
        "December 25, 2026",
        """
        Dear Lindqvist Joinery,

        Please find attached our invoice, due on December 25, 2026.
        It is a <long> one.\
        """,
        List.of(
            new PrintedLine(
                description, "November 25, 2026 · 59 min at $250.00 an hour", "$245.83"),
            new PrintedLine("Court fee", "", "$25.00")),
        sums,
        "$291.11",
        null,
        List.of("Thank you for your trust."),
        "https://clockbill.example/pay/3q2-7wABCDEFGHIJKLMNOP",
        true,
        Map.of("IBAN", "GB29 NWBK 6016 1331 9268 19"),
        List.of("VAT number US 123", "418 Kirkland Avenue", "Chicago, IL 60611"));
  }

  @Test
  void whatPeopleWriteIsEscapedInHtml() {
    String html = Templates.html("invoice", mail("<script>alert(1)</script> & more\nsecond line"));
    assertThat(html)
        .contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; more<br>second line")
        .doesNotContain("<script>");
  }

  @Test
  void bothFormsNameTheLinesTheSumsAndTheLink() {
    InvoiceMail mail = mail("Tax Resolution");
    for (String body : List.of(Templates.html("invoice", mail), Templates.text("invoice", mail))) {
      assertThat(body)
          .contains("2026-0042", "December 25, 2026", "59 min at $250.00 an hour")
          .contains("Court fee", "Sales tax 8.25%", "$20.28", "$291.11")
          .contains("https://clockbill.example/pay/3q2-7wABCDEFGHIJKLMNOP")
          .contains("Thank you for your trust.", "Chicago, IL 60611");
    }
  }

  @Test
  void whatIsNotTaxedSaysSo() {
    InvoiceMail mail =
        InvoiceMail.of(PdfSamples.firm(), PdfSamples.threeTaxes(), "https://clockbill.example");
    assertThat(mail.lines().get(2).computed()).isEqualTo("not taxed");
    assertThat(mail.lines()).filteredOn(line -> line.computed().contains("not taxed")).hasSize(1);
  }

  /** Gmail would hide the total of a mail of more than 102 kB. */
  @Test
  void aMailOfFiveHundredLinesShowsItsTotalAndLeavesTheRestToThePdf() {
    InvoiceMail mail = mail("Tax Resolution");
    List<PrintedLine> lines =
        IntStream.rangeClosed(1, 500)
            .mapToObj(at -> new PrintedLine("Voucher " + at + "税".repeat(at), "", "$1.00"))
            .toList();
    InvoiceMail longer = mail.withLines(lines);
    String html = Templates.html("invoice", longer);
    assertThat(html.getBytes(StandardCharsets.UTF_8).length).isBetween(30_000, 90_000);
    assertThat(html)
        .contains("Voucher 1税", longer.moreLines() + " more lines are in the attached PDF", "Total")
        .doesNotContain("Voucher 500");
    assertThat(Templates.text("invoice", longer)).contains("Voucher 500");
    assertThat(Templates.html("invoice", mail)).doesNotContain("attached PDF");
  }

  @Test
  void thePlainTextIsSetInParagraphs() {
    assertThat(Templates.text("invoice", mail("Tax Resolution")))
        .contains("GHIJKLMNOP\n\nTax Resolution\n")
        .contains("$245.83\n\nCourt fee\n$25.00\n\nSubtotal")
        .contains("Total: $291.11\n\nPay by bank transfer:\nIBAN: GB29 NWBK 6016 1331 9268 19\n\n")
        .contains("9268 19\n\nThank you for your trust.\n");
  }
}
