package dev.clockbill.bench.function;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** A table as the documents show it. */
final class Markdown {
  private final StringBuilder text = new StringBuilder();

  Markdown(String... heads) {
    row((Object[]) heads);
    text.append("| --- ").append("| ---: ".repeat(heads.length - 1)).append("|\n");
  }

  Markdown row(Object... cells) {
    text.append(
        Arrays.stream(cells).map(Markdown::cell).collect(Collectors.joining(" | ", "| ", " |\n")));
    return this;
  }

  private static String cell(Object value) {
    return value instanceof Double number ? "%.2f".formatted(number) : value.toString();
  }

  /** The nearest rank of a share of the values. */
  static double quantile(List<Double> values, double share) {
    List<Double> sorted = values.stream().sorted().toList();
    return sorted.get(Math.max(0, (int) Math.ceil(share * sorted.size()) - 1));
  }

  static double median(List<Double> values) {
    return quantile(values, 0.5);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
