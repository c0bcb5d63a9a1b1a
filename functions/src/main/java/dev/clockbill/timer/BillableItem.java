package dev.clockbill.timer;

import dev.clockbill.table.Item;

/**
 * How the table keeps whether time is billed. What is usual takes no room, so that most timers and
 * entries stay as small as they were, and as cheap to write; what was kept before there was a
 * choice is billed.
 */
final class BillableItem {
  /** There, and true, on time that is not billed. */
  static final String NOT = "notBillable";

  /** There, and true, where a person said whether it is billed. */
  static final String CHOSEN = "billableChosen";

  private BillableItem() {}

  /** Reads it from the item of a timer or an entry. */
  static Billable of(Item item) {
    return new Billable(!item.bool(NOT), item.bool(CHOSEN));
  }

  /** The attribute {@link #NOT}, or null for none. */
  static Boolean not(Billable billable) {
    return billable.yes() ? null : true;
  }

  /** The attribute {@link #CHOSEN}, or null for none. */
  static Boolean chosen(Billable billable) {
    return billable.chosen() ? true : null;
  }
}
