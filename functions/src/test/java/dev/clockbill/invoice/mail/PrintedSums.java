package dev.clockbill.invoice.mail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clockbill.shared.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Does what a careful customer does with a printed invoice: computes every sum again. */
final class PrintedSums {
  /** The head of the table, with the columns for how its amounts come about. */
  private static final Pattern HEAD =
      Pattern.compile(
          ".+?(?: Time Rate an hour| Quantity Price| Time or quantity Rate or price)? Amount");

  private static final BigDecimal SIXTY = BigDecimal.valueOf(60);
  private static final String MONEY = "(-?(?:[A-Z]{3} |[A-Z]*\\p{Sc})[0-9,.]+)";
  private static final Pattern TIME =
      Pattern.compile("(?:.*? )??(?:(\\d+) h )?(\\d+) min " + MONEY + " " + MONEY);
  private static final Pattern PRICED =
      Pattern.compile("(?:.*? )??([0-9,]+(?:\\.\\d{1,3})?) " + MONEY + " " + MONEY);
  private static final Pattern GROUP = Pattern.compile("Subtotal (?!" + MONEY + ")(.+) " + MONEY);
  private static final Pattern SUM =
      Pattern.compile("(Subtotal|Total due|Discount|[^%]*?)(?: ([0-9.]+)%)? " + MONEY);

  private final int decimals;
  private final List<BigDecimal> taxes = new ArrayList<>();
  private BigDecimal lines = BigDecimal.ZERO;
  private BigDecimal taxable = BigDecimal.ZERO;
  private BigDecimal discount = BigDecimal.ZERO;
  private BigDecimal groups = BigDecimal.ZERO;
  private BigDecimal group = BigDecimal.ZERO;
  private boolean grouped;
  private boolean summed;

  private PrintedSums(String currency) {
    this.decimals = Money.decimals(currency);
  }

  /** Fails where a printed amount is not what the amounts printed before it give. */
  static void recompute(String text, String currency) {
    PrintedSums sums = new PrintedSums(currency);
    List<String> rows = text.replace('\u00a0', ' ').lines().toList();
    int at = 1;
    while (!HEAD.matcher(rows.get(at)).matches()) {
      at++;
    }
    for (at++; !rows.get(at).startsWith("Total due"); at++) {
      sums.row(rows.get(at), rows.get(at + 1));
    }
    Matcher total = SUM.matcher(rows.get(at));
    assertThat(total.matches()).isTrue();
    assertThat(amount(total.group(3))).isEqualByComparingTo(sums.total());
    if (sums.grouped) {
      assertThat(sums.groups).as("the groups together").isEqualByComparingTo(sums.lines);
    }
  }

  private BigDecimal total() {
    return lines.subtract(discount).add(taxes.stream().reduce(BigDecimal.ZERO, BigDecimal::add));
  }

  private void row(String row, String next) {
    Matcher time = TIME.matcher(row);
    Matcher priced = PRICED.matcher(row);
    Matcher ofGroup = GROUP.matcher(row);
    Matcher sum = SUM.matcher(row);
    if (ofGroup.matches()) {
      assertThat(amount(ofGroup.group(3))).as(row).isEqualByComparingTo(group);
      groups = groups.add(group);
      group = BigDecimal.ZERO;
      grouped = true;
    } else if (time.matches()) {
      BigDecimal minutes = new BigDecimal(time.group(2));
      if (time.group(1) != null) {
        minutes = minutes.add(SIXTY.multiply(new BigDecimal(time.group(1))));
        assertThat(next).matches(".* " + minutes.toPlainString() + " min(?: an hour)?");
      }
      BigDecimal rate = amount(time.group(3));
      assertThat(amount(time.group(4)))
          .as(row)
          .isEqualTo(rate.multiply(minutes).divide(SIXTY, decimals, RoundingMode.HALF_UP));
      line(amount(time.group(4)), next);
    } else if (priced.matches()) {
      BigDecimal product = amount(priced.group(1)).multiply(amount(priced.group(2)));
      assertThat(amount(priced.group(3)))
          .as(row)
          .isEqualTo(product.setScale(decimals, RoundingMode.HALF_UP));
      line(amount(priced.group(3)), next);
    } else if (sum.matches()) {
      sum(sum, next);
    }
  }

  private void sum(Matcher row, String next) {
    BigDecimal amount = amount(row.group(3));
    if (row.group(1).equals("Subtotal")) {
      assertThat(amount).isEqualByComparingTo(lines);
      summed = true;
    } else if (!summed) {
      line(amount, next);
    } else if (row.group(1).equals("Discount")) {
      discount = amount.negate();
      if (row.group(2) != null) {
        // Nothing is taken off what is owed to the customer: a discount raises no price.
        assertThat(discount)
            .isEqualByComparingTo(percent(row.group(2), lines.max(BigDecimal.ZERO)));
      }
    } else {
      assertThat(amount).as(row.group()).isEqualByComparingTo(tax(row.group(2)));
      taxes.add(amount);
    }
  }

  /** On what is left of the taxed lines, rounded once: a quotient of its own may miss a half. */
  private BigDecimal tax(String percent) {
    BigDecimal whole = exactly(percent, taxable);
    return lines.signum() == 0
        ? whole.setScale(decimals, RoundingMode.HALF_UP)
        : whole.multiply(lines.subtract(discount)).divide(lines, decimals, RoundingMode.HALF_UP);
  }

  private void line(BigDecimal amount, String next) {
    lines = lines.add(amount);
    group = group.add(amount);
    if (!next.contains("not taxed")) {
      taxable = taxable.add(amount);
    }
  }

  private BigDecimal percent(String percent, BigDecimal amount) {
    return exactly(percent, amount).setScale(decimals, RoundingMode.HALF_UP);
  }

  private static BigDecimal exactly(String percent, BigDecimal amount) {
    return amount.multiply(new BigDecimal(percent)).movePointLeft(2);
  }

  private static BigDecimal amount(String printed) {
    return new BigDecimal(printed.replaceAll("[^-0-9.]", ""));
  }
}
