package dev.clockbill.invoice.draft;

import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.Invoice.Discount;
import dev.clockbill.invoice.Line;
import dev.clockbill.invoice.mail.InvoiceMail;
import dev.clockbill.shared.LocalTexts;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Says in a line of the history what an edit changed on a draft. */
final class EditSummary {
  private static final int MOST_LINES = 5;
  private static final int LONGEST_NAME = 60;

  private final Invoice before;
  private final Invoice after;
  private final LocalTexts texts;

  private EditSummary(Invoice before, Invoice after, LocalTexts texts) {
    this.before = before;
    this.after = after;
    this.texts = texts;
  }

  /**
   * Such as {@code Added Court fee, $19.99; discount 10%; due on February 28, 2031}.
   *
   * @param texts the firm's, where it is known
   */
  static String words(Invoice before, Invoice after, LocalTexts texts) {
    return new EditSummary(before, after, texts).words();
  }

  private String words() {
    List<String> words = new ArrayList<>(lines());
    int more = words.size() - MOST_LINES;
    if (more > 0) {
      words = new ArrayList<>(words.subList(0, MOST_LINES));
      words.add(more + (more == 1 ? " more line" : " more lines"));
    }
    if (!Objects.equals(percentOrAmount(before.discount()), percentOrAmount(after.discount()))) {
      words.add(after.discount() == null ? "discount removed" : discount(after.discount()));
    }
    if (!Objects.equals(before.dueOn(), after.dueOn())) {
      words.add(
          after.dueOn() == null
              ? "due by the firm's terms"
              : "due on " + texts.date(after.dueOn()));
    }
    if (!Objects.equals(before.note(), after.note())) {
      words.add(after.note() == null ? "note removed" : "note changed");
    }
    if (before.grouping() != after.grouping()) {
      words.add(grouping());
    }
    if (words.isEmpty()) {
      return "Edited";
    }
    String all = String.join("; ", words);
    return all.substring(0, 1).toUpperCase(Locale.ROOT) + all.substring(1);
  }

  private List<String> lines() {
    Map<String, Line> left = new LinkedHashMap<>();
    before.lines().forEach(line -> left.put(line.lineId(), line));
    List<String> words = new ArrayList<>();
    for (Line line : after.lines()) {
      Line was = left.remove(line.lineId());
      if (was == null) {
        words.add("added " + priced(line));
      } else if (!was.equals(line)) {
        words.addAll(changed(was, line));
      }
    }
    left.values().forEach(line -> words.add("took off " + priced(line)));
    List<String> order = before.lines().stream().map(Line::lineId).toList();
    boolean moved = !order.equals(after.lines().stream().map(Line::lineId).toList());
    if (words.isEmpty() && moved) {
      words.add("lines put in another order");
    }
    return words;
  }

  private List<String> changed(Line was, Line line) {
    List<String> words = new ArrayList<>();
    if (!was.description().equals(line.description())) {
      words.add(name(was) + " renamed to " + name(line));
    }
    if (!Objects.equals(was.billedMinutes(), line.billedMinutes())) {
      words.add(
          name(line)
              + " from "
              + InvoiceMail.minutes(was.billedMinutes())
              + " to "
              + InvoiceMail.minutes(line.billedMinutes()));
    }
    if (!Objects.equals(was.hourlyRate(), line.hourlyRate())) {
      words.add(
          name(line)
              + " from "
              + money(was.hourlyRate())
              + " to "
              + money(line.hourlyRate())
              + " an hour");
    }
    if (line.kind() == Line.Kind.FIXED
        && (was.amount() != line.amount() || !Objects.equals(was.price(), line.price()))) {
      words.add(name(line) + " from " + amount(was) + " to " + amount(line));
    }
    if (line.kind() == Line.Kind.FIXED && !Objects.equals(was.service(), line.service())) {
      words.add(
          line.service() == null
              ? name(line) + " for no service"
              : name(line) + " for the service " + line.service().name());
    }
    if (was.taxable() != line.taxable()) {
      words.add(name(line) + (line.taxable() ? " taxed" : " not taxed"));
    }
    return words;
  }

  private String grouping() {
    return switch (after.grouping()) {
      case SERVICE -> "lines grouped by service";
      case STAFF -> "lines grouped by person";
      case null -> "lines no longer grouped";
    };
  }

  private String discount(Discount discount) {
    return "discount " + percentOrAmount(discount);
  }

  /** The amount that a percentage comes to changes with the lines, and is not listed as an edit. */
  private String percentOrAmount(Discount discount) {
    if (discount == null) {
      return null;
    }
    return discount.percent() == null ? money(discount.asked()) : texts.percent(discount.percent());
  }

  private String priced(Line line) {
    return name(line) + ", " + amount(line);
  }

  /** The amount, with how it comes about where it is more than one of something. */
  private String amount(Line line) {
    Line.Price price = line.price();
    return price == null || price.quantity().compareTo(BigDecimal.ONE) == 0
        ? money(line.amount())
        : texts.quantity(price.quantity())
            + " × "
            + money(price.unitAmount())
            + " = "
            + money(line.amount());
  }

  private String money(long amount) {
    return texts.money(amount, after.currency());
  }

  private static String name(Line line) {
    String first = line.description().lines().findFirst().orElse("");
    return first.codePointCount(0, first.length()) <= LONGEST_NAME
        ? first
        : first.substring(0, first.offsetByCodePoints(0, LONGEST_NAME)) + "…";
  }
}
