package dev.clockbill.invoice.draft;

import dev.clockbill.firm.FirmSettings.Grouping;
import dev.clockbill.firm.Service;
import dev.clockbill.http.Fields;
import dev.clockbill.http.Problem;
import dev.clockbill.invoice.Invoice;
import dev.clockbill.invoice.Invoice.Discount;
import dev.clockbill.invoice.Line;
import dev.clockbill.timer.TimeEntry;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What a request wants a draft to become; it is merged into the draft as RFC 7396 says.
 *
 * @param lines all of them, in their order
 * @param discount or null
 * @param dueOn or null: the firm's terms from the day of issue
 * @param note or null
 * @param grouping or null
 */
record DraftChange(
    List<LineRequest> lines, Discount discount, LocalDate dueOn, String note, Grouping grouping) {

  /** Refuses more lines than an invoice has, before the time on them is read. */
  DraftChange {
    if (lines.size() > Invoice.MOST_LINES) {
      throw Problem.invalid("lines", "An invoice has at most " + Invoice.MOST_LINES + " lines.");
    }
  }

  /**
   * Reads a request about a draft. A due date that has passed may be sent back as read: Send
   * refuses it anyway.
   *
   * @param services those that its lines newly name, by their ids
   * @param today in the firm's time zone; asked for only where the due date changes
   * @throws Problem 400 with every field that is wrong
   */
  static DraftChange read(
      Fields fields, Invoice draft, Map<String, Service> services, Supplier<LocalDate> today) {
    List<LineRequest> lines =
        LineRequest.read(fields, draft.lines(), new HashSet<>(), services)
            .orElseGet(
                () -> draft.lines().stream().<LineRequest>map(LineRequest.Kept::new).toList());
    Discount discount =
        fields.has("discount") ? discount(fields, draft.discount()) : draft.discount();
    LocalDate dueOn = fields.has("dueOn") ? fields.date("dueOn") : draft.dueOn();
    if (dueOn != null && !dueOn.equals(draft.dueOn()) && dueOn.isBefore(today.get())) {
      fields.refuse("dueOn", "This day has passed. Choose today or a later day.");
    }
    String note = fields.has("note") ? note(fields) : draft.note();
    Grouping grouping =
        fields.has("grouping")
            ? fields.choice("grouping", Grouping.values(), Grouping::word)
            : draft.grouping();
    fields.check();
    return new DraftChange(lines, discount, dueOn, note, grouping);
  }

  /**
   * A client may send back what it read; next to a percentage, the amount is then ignored. An
   * amount that has not changed remains the one that a person entered, even if less is taken now.
   */
  private static Discount discount(Fields fields, Discount present) {
    return fields
        .object("discount")
        .map(
            wanted -> {
              var percent = wanted.percent("percent");
              Long amount = wanted.number("amount", 0, Fields.MOST);
              if (wanted.lacks("percent") && wanted.lacks("amount")) {
                wanted.refuse("percent", "Send either a percentage or an amount.");
              }
              wanted.check();
              if (percent != null) {
                return new Discount(percent, 0);
              }
              if (amount == null) {
                return null;
              }
              boolean asRead =
                  present != null && present.percent() == null && present.amount() == amount;
              return asRead ? present : new Discount(null, amount);
            })
        .orElse(null);
  }

  private static String note(Fields fields) {
    String note = fields.textOrEmpty("note", Fields.NOTE);
    return note == null || note.isEmpty() ? null : note;
  }

  /** Whether a new line takes the price that its service has in the firm's currency. */
  boolean usualPrices() {
    return lines.stream()
        .anyMatch(line -> line instanceof LineRequest.Fixed fixed && fixed.usualPrice());
  }

  /** The lines that newly bill time. */
  List<LineRequest.Time> addedTime() {
    return lines.stream()
        .filter(LineRequest.Time.class::isInstance)
        .map(LineRequest.Time.class::cast)
        .toList();
  }

  /**
   * The draft with these changes.
   *
   * @param time the entries that lines of it newly name
   * @throws Problem 400 if the result is no valid invoice
   */
  Invoice applied(Invoice draft, Map<String, TimeEntry> time) {
    List<Line> wanted = lines.stream().map(line -> line.line(time)).toList();
    if (!DraftRules.fits(wanted)) {
      throw Problem.invalid("lines", "These descriptions are too long for one invoice.");
    }
    Invoice edited = draft.edited(wanted, discount, dueOn, note).withGrouping(grouping);
    if (discount != null
        && discount.percent() == null
        && discount.amount() > Math.max(0, edited.subtotal())) {
      throw Problem.invalid("discount.amount", "This may be at most the subtotal.");
    }
    if (edited.total() < 0) {
      throw Problem.invalid("lines", "The total may not be below zero.");
    }
    return edited;
  }
}
