package dev.clockbill.payment;

import dev.clockbill.invoice.Payment;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What becomes of one row of an invoice when more is known of a charge: a pure rule.
 *
 * <p>A refund that several invoices bear has a row on each of them. When a later fact changes how
 * it is shared ({@link ChargeSplit}), rows come, go and get other amounts, though nothing has
 * happened to the refund: {@link News#OTHER_SHARE}. So people are told of each step of a refund
 * once, for each invoice that bears a part of it then, and these parts add up to it. A dispute is
 * no different.
 *
 * @param before the row as it was; empty if it is new
 * @param now the row as it is; empty if it is gone
 */
record RowChange(Optional<Payment> before, Optional<Payment> now, News news) {

  /** What there is to be told. */
  enum News {
    /** What it is a row of is new, or has come further. */
    FURTHER,
    /** What it is a row of stands as before, and this invoice bears another part of it. */
    OTHER_SHARE,
    /** Nothing: rows of their own take over from the sum of refunds whose names were not known. */
    NONE
  }

  /** All of what has a row, over all invoices of the charge. */
  private record Whole(Payment.Status status, long amount) {
    static Map<String, Whole> of(ChargeRows charge) {
      Map<String, Whole> wholes = new HashMap<>();
      for (String invoiceId : charge.payments().keySet()) {
        for (Payment row : charge.of(invoiceId).all()) {
          wholes.merge(row.paymentId(), new Whole(row.status(), row.amount()), Whole::plus);
        }
      }
      return wholes;
    }

    private Whole plus(Whole part) {
      return new Whole(status, amount + part.amount);
    }
  }

  /** The rows that are not what they were, by the ids of their invoices. */
  static Map<String, List<RowChange>> between(ChargeRows before, ChargeRows now) {
    Map<String, Whole> were = Whole.of(before);
    Map<String, Whole> are = Whole.of(now);
    Map<String, List<RowChange>> changes = new LinkedHashMap<>();
    for (String invoiceId : now.payments().keySet()) {
      Map<String, Payment> old = byId(before.of(invoiceId));
      Map<String, Payment> current = byId(now.of(invoiceId));
      Set<String> rowIds = new LinkedHashSet<>(current.keySet());
      rowIds.addAll(old.keySet());
      changes.put(
          invoiceId,
          rowIds.stream()
              .filter(id -> !Objects.equals(old.get(id), current.get(id)))
              .map(
                  id ->
                      of(
                          Optional.ofNullable(old.get(id)),
                          Optional.ofNullable(current.get(id)),
                          Objects.equals(were.get(id), are.get(id))))
              .toList());
    }
    return changes;
  }

  private static Map<String, Payment> byId(ChargeRows.OfInvoice rows) {
    return rows.all().stream()
        .collect(
            Collectors.toMap(
                Payment::paymentId, Function.identity(), (one, same) -> one, LinkedHashMap::new));
  }

  private static RowChange of(
      Optional<Payment> before, Optional<Payment> now, boolean standsAsBefore) {
    boolean sameStatus = now.map(Payment::status).equals(before.map(Payment::status));
    News news =
        standsAsBefore ? News.OTHER_SHARE : now.isEmpty() || sameStatus ? News.NONE : News.FURTHER;
    return new RowChange(before, now, news);
  }

  /** The row, as it is or was last. */
  Payment row() {
    return now.or(() -> before).orElseThrow();
  }

  /** How much more the invoice bears, minor units; below zero for less. */
  long more() {
    return now.map(Payment::amount).orElse(0L) - before.map(Payment::amount).orElse(0L);
  }
}
