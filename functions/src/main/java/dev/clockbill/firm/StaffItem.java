package dev.clockbill.firm;

import dev.clockbill.table.Item;

/** A member of staff as the table keeps it. */
public final class StaffItem {
  /** What the keys of all of them begin with. */
  public static final String PREFIX = "STAFF#";

  private StaffItem() {}

  /** The key of a member's item. */
  public static String key(String staffId) {
    return PREFIX + staffId;
  }

  /** Reads a member's item. */
  public static StaffMember of(Item item) {
    return new StaffMember(
        item.key().substring(PREFIX.length()),
        item.text("name"),
        item.text("email"),
        item.text("role"),
        item.bool("active"),
        item.bool("inviting"),
        item.number("version"));
  }
}
