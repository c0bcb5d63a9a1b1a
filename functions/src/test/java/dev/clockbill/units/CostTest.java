package dev.clockbill.units;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clockbill.Project;
import dev.clockbill.units.Prices.Price;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The numbers in {@code docs/cost.md} and {@code docs/scale.md} are what is counted: a unit, a
 * transition, an alarm or a schedule more makes these tests fail. With {@code -Dcost.update=true}
 * they write the numbers into the pages instead; read then what has changed, and say why in the
 * commit.
 */
class CostTest {
  private static final List<Integer> SIZES = List.of(1, 100, 10_000);

  private final Prices prices = Prices.read();

  @Test
  void thePageSaysWhatAFirmIsCountedAs() throws IOException {
    holds("docs/cost.md", "a firm's month", firm());
  }

  @Test
  void thePageSaysWhatABilledHourIsCountedAs() throws IOException {
    holds("docs/cost.md", "a billed hour", BilledHour.counted());
  }

  @Test
  void thePageSaysWhatAThousandInvoicesCost() throws IOException {
    holds("docs/cost.md", "a thousand invoices", BilledHour.bill(prices));
  }

  @Test
  void thePageSaysWhatAMonthCosts() throws IOException {
    holds("docs/cost.md", "the bill", bill());
  }

  @Test
  void thePageSaysWhereThePricesComeFrom() throws IOException {
    holds("docs/cost.md", "prices", prices());
  }

  @Test
  void thePageSaysWhatBindsFirst() throws IOException {
    holds("docs/scale.md", "what binds", Quotas.table());
  }

  /** Holds what a page has between two marks against what is counted, or writes it there. */
  static void holds(String page, String block, String expected) throws IOException {
    String begin = "<!-- counted: " + block + " -->\n";
    String end = "<!-- end -->";
    String text = Project.read(page);
    int from = text.indexOf(begin) + begin.length();
    assertThat(from).as(page + " has the block " + block).isGreaterThanOrEqualTo(begin.length());
    int to = text.indexOf(end, from);
    String before = text.substring(from, to);
    if (Boolean.getBoolean("cost.update")) {
      Files.writeString(
          Project.path(page), text.substring(0, from) + expected + text.substring(to));
    } else {
      assertThat(before).as("-Dcost.update=true corrects " + page).isEqualTo(expected);
    }
  }

  private static String firm() {
    FirmMonth firm = new FirmMonth();
    return Stream.of(
            row("what a firm of 5 people has in a month", "counted"),
            row("---", "---:"),
            row("requests to the API", whole(firm.requests())),
            row("of them the portal asking what runs", whole(asking())),
            row("invocations of functions", whole(firm.invocations())),
            row("read units of DynamoDB", whole(firm.units().read())),
            row("write units of DynamoDB", whole(firm.units().write())),
            row("executions started", whole(firm.executions())),
            row("transitions of the workflow", whole(firm.transitions())),
            row("mails", whole(firm.mails())))
        .collect(Collectors.joining());
  }

  static BigDecimal asking() {
    return BigDecimal.valueOf(FirmMonth.asking());
  }

  private String bill() {
    List<Map<String, BigDecimal>> bills =
        SIZES.stream().map(size -> new Bill(size).units()).toList();
    StringBuilder table = new StringBuilder();
    table.append(row("US dollars a month", "1 firm", "100 firms", "10,000 firms"));
    table.append(row("---", "---:", "---:", "---:"));
    for (String thing : bills.getFirst().keySet()) {
      Price price = prices.of(thing);
      table.append(
          row(thing, bills.stream().map(bill -> money(price.of(bill.get(thing)))).toList()));
    }
    List<BigDecimal> all = bills.stream().map(this::all).toList();
    List<BigDecimal> free = bills.stream().map(this::free).toList();
    table.append(row("**all of it**", all.stream().map(CostTest::money).toList()));
    table.append(
        row("less what AWS gives free each month", free.stream().map(CostTest::money).toList()));
    List<BigDecimal> paid =
        Stream.iterate(0, at -> at < SIZES.size(), at -> at + 1)
            .map(at -> all.get(at).subtract(free.get(at)))
            .toList();
    table.append(row("**to pay**", paid.stream().map(CostTest::money).toList()));
    table.append(
        row(
            "to pay, for each firm",
            Stream.iterate(0, at -> at < SIZES.size(), at -> at + 1)
                .map(
                    at ->
                        money(
                            paid.get(at)
                                .divide(
                                    BigDecimal.valueOf(SIZES.get(at)), 4, RoundingMode.HALF_UP)))
                .toList()));
    return table.toString();
  }

  private BigDecimal all(Map<String, BigDecimal> bill) {
    return sum(bill.entrySet().stream().map(each -> prices.of(each.getKey()).of(each.getValue())));
  }

  private BigDecimal free(Map<String, BigDecimal> bill) {
    return sum(
        bill.entrySet().stream().map(each -> prices.of(each.getKey()).allowance(each.getValue())));
  }

  private static BigDecimal sum(Stream<BigDecimal> amounts) {
    return amounts.reduce(BigDecimal.ZERO, BigDecimal::add);
  }

  private String prices() {
    Map<String, String> standings =
        new TreeMap<>(
            Map.of(
                "page", "AWS's own page",
                "others", "another page",
                "unconfirmed", "**not confirmed**"));
    return row("thing", "price", "free a month", "standing", "read in")
        + row("---", "---:", "---:", "---", "---")
        + prices.byThing().values().stream()
            .map(
                price ->
                    row(
                        price.thing(),
                        "$" + price.each().toPlainString() + " a " + price.unit(),
                        price.free().toPlainString(),
                        standings.get(price.standing()),
                        price.source()))
            .collect(Collectors.joining());
  }

  static String row(String... cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }

  private static String row(String first, List<String> others) {
    return row(Stream.concat(Stream.of(first), others.stream()).toArray(String[]::new));
  }

  static String whole(BigDecimal number) {
    return "%,d".formatted(number.setScale(0, RoundingMode.HALF_UP).longValueExact());
  }

  static String money(BigDecimal amount) {
    return "%,.2f".formatted(amount.setScale(2, RoundingMode.HALF_UP));
  }
}
