package dev.clockbill.bench.function;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** What was measured, by way and figure, a value for each round. */
final class Samples {
  private final Map<String, Map<String, List<Double>>> values = new LinkedHashMap<>();

  void add(String way, String figure, double value) {
    values
        .computeIfAbsent(way, none -> new LinkedHashMap<>())
        .computeIfAbsent(figure, none -> new ArrayList<>())
        .add(value);
  }

  List<Double> of(String way, String figure) {
    return values.get(way).get(figure);
  }

  double median(String way, String figure) {
    return Markdown.median(of(way, figure));
  }

  /** The median of the rounds' ratios: what disturbs a round disturbs both of its values. */
  double ratio(String way, String to, String figure) {
    List<Double> mine = of(way, figure);
    List<Double> others = of(to, figure);
    return Markdown.median(
        IntStream.range(0, mine.size())
            .mapToObj(round -> mine.get(round) / others.get(round))
            .toList());
  }
}
