package dev.clockbill.firm;

import dev.clockbill.mail.MailAddress;
import dev.clockbill.shared.SearchText;
import dev.clockbill.table.Index;
import dev.clockbill.table.IndexQuery;
import dev.clockbill.table.Item;
import dev.clockbill.table.Page;
import dev.clockbill.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A firm's customers by name, a page at a time. */
final class CustomerList {
  /** How many names a search reads at once: few queries, each far below the limit of 1 MB. */
  private static final int READ_AT_ONCE = 500;

  private final Table table;

  CustomerList(Table table) {
    this.table = table;
  }

  /**
   * One page of customers.
   *
   * @param customers by name
   * @param next the cursor of the page after it, or null at the end
   */
  record Found(List<Customer> customers, String next) {}

  /**
   * Reads one page of the customers whose name or mail address contains a text.
   *
   * @param search case and accents do not matter; empty finds all
   * @param cursor the {@code next} of the page before, or null for the first
   */
  Found find(String firm, String search, int limit, String cursor) {
    IndexQuery all = IndexQuery.of(Index.LISTED, CustomerItem.listed(firm));
    String wanted = SearchText.of(search);
    Page page =
        wanted.isEmpty() ? table.page(all, limit, cursor) : searched(all, wanted, limit, cursor);
    List<String> keys = page.items().stream().map(Item::key).toList();
    // The index holds names only and may lag behind, so the response comes from the items.
    Map<String, Item> items = table.get(firm, keys);
    List<Customer> customers =
        keys.stream().map(items::get).filter(Objects::nonNull).map(CustomerItem::of).toList();
    return new Found(customers, page.next());
  }

  /** Reads names until it has found one match more than fits the page. */
  private Page searched(IndexQuery all, String wanted, int limit, String cursor) {
    List<Item> found = new ArrayList<>();
    String next = cursor;
    do {
      Page names = table.page(all, READ_AT_ONCE, next);
      names.items().stream().filter(item -> matches(item, wanted)).forEach(found::add);
      if (found.size() > limit) {
        return new Page(found.subList(0, limit), table.cursor(all, found.get(limit - 1)));
      }
      next = names.next();
    } while (next != null);
    return new Page(found, null);
  }

  private static boolean matches(Item item, String wanted) {
    return SearchText.of(item.text("name")).contains(wanted)
        || SearchText.of(item.text("email")).contains(wanted)
        || MailAddress.identity(item.text("email")).contains(wanted);
  }
}
