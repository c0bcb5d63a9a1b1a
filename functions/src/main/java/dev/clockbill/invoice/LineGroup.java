package dev.clockbill.invoice;

import dev.clockbill.firm.FirmSettings.Grouping;
import dev.clockbill.invoice.Line.Named;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Lines of an invoice that stand together on paper.
 *
 * @param name of their service or person; null where lines are not put together
 * @param lines in their order
 */
public record LineGroup(String name, List<Line> lines) {
  /** The heading of what belongs to no service or person; it comes last. */
  public static final String OTHER = "Other";

  /** The sum of the lines, minor units. */
  public long subtotal() {
    return lines.stream().mapToLong(Line::amount).sum();
  }

  /**
   * The lines of an invoice as it wants them: in groups, in the order in which each first appears;
   * or one group without a name, also where nothing is to be told apart.
   */
  public static List<LineGroup> of(Invoice invoice) {
    Grouping grouping = invoice.grouping();
    if (grouping == null
        || invoice.lines().stream().allMatch(line -> named(grouping, line) == null)) {
      return List.of(new LineGroup(null, invoice.lines()));
    }
    Map<String, LineGroup> groups = new LinkedHashMap<>();
    List<Line> others = new ArrayList<>();
    for (Line line : invoice.lines()) {
      Named named = named(grouping, line);
      if (named == null) {
        others.add(line);
      } else {
        groups
            .computeIfAbsent(named.id(), first -> new LineGroup(named.name(), new ArrayList<>()))
            .lines()
            .add(line);
      }
    }
    List<LineGroup> all = new ArrayList<>(groups.values());
    if (!others.isEmpty()) {
      all.add(new LineGroup(OTHER, others));
    }
    return all;
  }

  private static Named named(Grouping grouping, Line line) {
    return switch (grouping) {
      case SERVICE -> line.service();
      case STAFF -> line.staff();
    };
  }
}
