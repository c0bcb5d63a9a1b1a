package dev.clockbill.invoice.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clockbill.Project;
import dev.clockbill.firm.FirmSettings.Tax;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.Invoice.Discount;
import dev.clockbill.invoice.Line;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * The PDF of an invoice. What it looks like lies in {@code target/pdf} after a run, for people to
 * look at.
 */
class InvoicePdfTest {
  private static byte[] pdf(Invoice invoice) {
    return InvoicePdf.asSent(PdfSamples.firm(), null, invoice, PdfSamples.BASE).bytes();
  }

  private static PrintedPdf printed(Invoice invoice) {
    return PrintedPdf.of(pdf(invoice));
  }

  @Provide
  Arbitrary<Invoice> invoices() {
    Arbitrary<Line> time =
        Combinators.combine(
                Arbitraries.longs().between(1, 3_000), Arbitraries.longs().between(0, 1_000_000))
            .as((minutes, rate) -> PdfSamples.time("Work", PdfSamples.ISSUED, minutes, rate));
    Arbitrary<Line> fixed =
        Combinators.combine(Arbitraries.longs().between(0, 5_000_000), Arbitraries.of(true, false))
            .as((amount, taxable) -> Line.fixed("Fee", amount, taxable));
    Arbitrary<Tax> tax =
        Arbitraries.bigDecimals()
            .between(BigDecimal.ZERO, BigDecimal.valueOf(30))
            .ofScale(4)
            .map(rate -> new Tax("Levy", rate));
    Arbitrary<Discount> discount =
        Arbitraries.oneOf(
            Arbitraries.bigDecimals()
                .between(BigDecimal.ZERO, BigDecimal.valueOf(100))
                .ofScale(2)
                .map(percent -> new Discount(percent, 0)),
            Arbitraries.longs().between(0, 9_999).map(amount -> new Discount(null, amount)));
    return Combinators.combine(
            Arbitraries.of("USD", "JPY", "BHD"),
            Arbitraries.oneOf(time, fixed).list().ofMinSize(1).ofMaxSize(8),
            discount.injectNull(0.4),
            tax.list().ofMaxSize(3))
        .as(
            (currency, lines, off, taxes) ->
                PdfSamples.invoice(currency, lines, off, taxes, "Harbour Foods Ltd"));
  }

  @Property(tries = 12)
  void failure4_whatThePdfSaysRecomputes(@ForAll("invoices") Invoice invoice) {
    PrintedSums.recompute(printed(invoice).text(), invoice.currency());
  }

  @Example
  void severalTaxesAndADiscountRecomputeWithWhatIsNotTaxedMarked() {
    PrintedPdf printed = printed(PdfSamples.threeTaxes());
    assertThat(printed.text())
        .contains("not taxed", "Discount 7.5% -$63.87", "Transit tax 0.6125% $4.12");
    PrintedSums.recompute(printed.text(), "USD");
  }

  @Example
  void eachCurrencyHasItsDecimals() {
    assertThat(printed(PdfSamples.yen()).text()).contains("Total due JP¥10,185\n");
    assertThat(printed(PdfSamples.dinars()).text()).contains("Total due BHD 40.814\n");
    PrintedSums.recompute(printed(PdfSamples.yen()).text(), "JPY");
    PrintedSums.recompute(printed(PdfSamples.dinars()).text(), "BHD");
  }

  @Example
  void itNamesWhoBillsWhomAndWhenAndLinksToThePayPage() {
    PrintedPdf printed = printed(PdfSamples.oneLine());
    assertThat(printed.title()).isEqualTo("Invoice INV-0042 from Shah & Co");
    assertThat(printed.language()).isEqualTo("en-US");
    assertThat(printed.text())
        .contains("INV-0042", "Shah & Co", "Bristol BS1 5XX", "Harbour Foods Ltd", "Poole")
        .contains("November 25, 2026", "December 9, 2026", "VAT GB 123 4567 89", "Page 1 of 1");
    assertThat(printed.links())
        .containsOnly("https://clockbill.example/pay/3q2-7wABCDEFGHIJKLMNOP");
  }

  @Example
  void theHeadOfTheTableAndTheNumberOfThePageAreOnEveryPage() {
    List<String> pages = printed(PdfSamples.fortyLines()).pages();
    assertThat(pages).hasSize(3);
    for (int page = 1; page <= 3; page++) {
      assertThat(pages.get(page - 1))
          .contains("Service Time Rate an hour Amount")
          .contains("Invoice INV-0042 · Shah & Co")
          .contains("Page " + page + " of 3");
    }
  }

  @Example
  void aLongNameIsWhollyThere() {
    Invoice invoice = PdfSamples.longName();
    String text = printed(invoice).text();
    assertThat(text.replaceAll("12 Quay Street |Bristol BS1 5XX |\n", ""))
        .contains(invoice.customer().name());
  }

  @Example
  void whatTheFontsDoNotHaveIsVisiblyMissing() {
    assertThat(printed(PdfSamples.yen()).text())
        .contains("山田 Yamada KK", "消費税 Consumption tax 10%");
    Invoice strange =
        PdfSamples.invoice(
            "USD",
            List.of(
                Line.fixed("<b>Bold</b> & \u0001 \ufffe 😀 \u16a0 Łódź Ελλάδα Москва", 100, true)),
            null,
            List.of(),
            "A & B");
    assertThat(printed(strange).text()).contains("<b>Bold</b> & □ □ 😀 □ Łódź Ελλάδα Москва");
  }

  @Example
  void anAccentThatWasTypedAfterItsLetterIsPrintedOnIt() {
    Invoice invoice =
        PdfSamples.invoice("USD", List.of(), null, List.of(), "Bu\u0308ro A\u030angstro\u0308m");
    assertThat(printed(invoice).text()).contains("Büro Ångström");
  }

  @Example
  void whatIsNoInvoiceAsSentSaysSo() {
    InvoicePdf draft = InvoicePdf.asItIs(PdfSamples.firm(), null, PdfSamples.draft(), "https://x");
    PrintedPdf printed = PrintedPdf.of(draft.bytes());
    assertThat(printed.text())
        .contains("Invoice Draft", "Draft · Shah & Co")
        .contains("When it is sent", "14 days later", "Thank you for your trust.");
    assertThat(printed.links()).isEmpty();
    assertThat(printed.title()).isEqualTo("Invoice from Shah & Co");
    assertThat(printed(PdfSamples.oneLine()).text()).doesNotContain("Draft");
  }

  @Example
  void aLongFooterStandsOnceAtTheEnd() {
    String terms = "Please pay within fourteen days. ".repeat(12);
    Invoice invoice = PdfSamples.fortyLines();
    String text =
        PrintedPdf.of(
                InvoicePdf.asSent(PdfSamples.firm(terms), null, invoice, PdfSamples.BASE).bytes())
            .text();
    assertThat(text.replaceAll("\\s+", " ").split("Please pay within", -1)).hasSize(13);
    assertThat(text).contains("Invoice INV-0042 · Shah & Co Page 1 of 3\n");
  }

  @Example
  void theLargestInvoiceStaysSmallEnoughToBeKept() {
    List<Line> lines = new ArrayList<>();
    for (int at = 0; at < Invoice.MOST_LINES; at++) {
      StringBuilder description = new StringBuilder();
      for (int letter = 0; letter < Line.DESCRIPTION; letter++) {
        int scrambled = (at * 7_919 + letter * letter * 31 + letter) % 400;
        description.append(letter % 7 == 6 ? ' ' : (char) ('À' + scrambled));
      }
      lines.add(PdfSamples.time(description.toString(), PdfSamples.ISSUED, 61, 12_345));
    }
    Invoice invoice =
        PdfSamples.invoice(
            "USD", lines, null, List.of(PdfSamples.tax("VAT", "20")), "Harbour Foods Ltd");
    byte[] pdf = pdf(invoice);
    assertThat(pdf.length).isLessThan(InvoicePdfStore.MOST_BYTES);
    assertThat(PrintedPdf.of(pdf).text()).contains("…");
  }

  @Example
  void aDescriptionOfManyLinesFillsNoManyPages() {
    Line line = PdfSamples.time("a\n".repeat(999) + "b", PdfSamples.ISSUED, 61, 12_345);
    Invoice invoice = PdfSamples.invoice("USD", List.of(line), null, List.of(), "Harbour");
    assertThat(printed(invoice).pages()).hasSizeLessThan(3);
  }

  @Example
  void fiveHundredLinesArePrintedInGroupsWithTheirHeadingOnEveryPage() {
    PrintedPdf printed = printed(PdfSamples.grouped(Invoice.MOST_LINES));
    PrintedSums.recompute(printed.text(), "USD");
    List<String> pages = printed.pages();
    for (int page = 1; page <= pages.size(); page++) {
      assertThat(pages.get(page - 1)).contains("Page " + page + " of " + pages.size());
    }
    // Whatever page a line is on, the heading of its group stands above it.
    for (String page : pages) {
      String group = null;
      for (String row : page.lines().toList()) {
        if (row.endsWith(" Amount")) {
          group = row.replaceFirst(" (Time Rate an hour|Quantity Price)? ?Amount$", "");
        } else if (row.contains(" no. ")) {
          assertThat(row).startsWith(group + " no. ");
        }
      }
    }
    assertThat(printed.text()).contains("Subtotal Tax return", "Other Amount", "Subtotal Other");
  }

  @Example
  void whatIsCountedAndTimedStandsInOneTable() {
    PrintedPdf printed = printed(PdfSamples.grouped(Invoice.MOST_LINES / 10).withGrouping(null));
    assertThat(printed.text())
        .contains("Service Time or quantity Rate or price Amount")
        .contains("Tax return no. 8 1.5 $450.00 $675.00");
    PrintedSums.recompute(printed.text(), "USD");
  }

  @Example
  void screenReadersCanReadIt() throws Exception {
    for (PdfSamples.Named each : PdfSamples.all()) {
      byte[] pdf = each.pdf().bytes();
      keep(each.name(), pdf);
      assertThat(pdf.length).as(each.name()).isLessThan(100_000);
      AccessiblePdf.check(pdf);
    }
  }

  private static void keep(String name, byte[] pdf) throws IOException {
    Path folder = Files.createDirectories(Project.path("functions/target/pdf"));
    Files.write(folder.resolve(name + ".pdf"), pdf);
  }
}
