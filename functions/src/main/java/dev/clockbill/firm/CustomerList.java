package dev.clockbill.firm;

import dev.clockbill.mail.MailAddress;
import dev.clockbill.shared.SearchText;
import dev.clockbill.table.Index;
import dev.clockbill.table.IndexQuery;
import dev.clockbill.table.Item;
import dev.clockbill.table.Page;
import dev.clockbill.table.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A firm's customers by name, a page at a time. */
public final class CustomerList {
  /** How many names a search reads at once: few queries, each far below the limit of 1 MB. */
  private static final int NAMES_AT_ONCE = 500;

  /** How many customers one read takes at most. */
  private static final int MOST_AT_ONCE = 100;

  private final Table table;

  /** Lists the customers of this table. */
  public CustomerList(Table table) {
    this.table = table;
  }

  /**
   * One page of customers.
   *
   * @param customers by name
   * @param next the cursor of the page after it, or null at the end
   */
  public record Found(List<Customer> customers, String next) {}

  /** A list of customers that is read one page at a time. */
  @FunctionalInterface
  public interface Pages {
    /**
     * Reads one.
     *
     * @param cursor the {@code next} of the page before, or null for the first
     */
    Found read(int limit, String cursor);
  }

  /**
   * Reads one page of the customers whose name or mail address contains a text.
   *
   * @param search case and accents do not matter; empty finds all
   * @param active whether only active ones are wanted, or only others; null for both
   * @param cursor the {@code next} of the page before, or null for the first
   */
  public Found find(String firm, String search, Boolean active, int limit, String cursor) {
    IndexQuery all = IndexQuery.of(Index.LISTED, CustomerItem.listed(firm));
    String wanted = SearchText.of(search);
    if (wanted.isEmpty() && active == null) {
      Page page = table.page(all, limit, cursor);
      return new Found(List.copyOf(read(firm, page.items()).values()), page.next());
    }
    return filtered(firm, all, wanted, active, limit, cursor);
  }

  /**
   * Reads names until it has found one match more than fits the page; and no more customers at once
   * than that, so that a short page of many costs what one of few does.
   */
  private Found filtered(
      String firm, IndexQuery all, String wanted, Boolean active, int limit, String cursor) {
    int atOnce = Math.min(MOST_AT_ONCE, limit + 1);
    List<Customer> found = new ArrayList<>();
    Item last = null;
    String next = cursor;
    do {
      Page names = table.page(all, wanted.isEmpty() ? atOnce : NAMES_AT_ONCE, next);
      List<Item> matching = names.items().stream().filter(item -> matches(item, wanted)).toList();
      for (int at = 0; at < matching.size(); at += atOnce) {
        List<Item> some = matching.subList(at, Math.min(matching.size(), at + atOnce));
        Map<String, Customer> read = read(firm, some);
        for (Item item : some) {
          Customer customer = read.get(item.key());
          if (customer != null && (active == null || customer.active() == active)) {
            if (found.size() == limit) {
              return new Found(found, table.cursor(all, last));
            }
            found.add(customer);
            last = item;
          }
        }
      }
      next = names.next();
    } while (next != null);
    return new Found(found, null);
  }

  /** The index holds names only and may lag behind, so the response comes from the items. */
  private Map<String, Customer> read(String firm, List<Item> listed) {
    List<String> keys = listed.stream().map(Item::key).toList();
    Map<String, Item> items = table.get(firm, keys);
    Map<String, Customer> customers = new LinkedHashMap<>();
    for (String key : keys) {
      if (items.containsKey(key)) {
        customers.put(key, CustomerItem.of(items.get(key)));
      }
    }
    return customers;
  }

  private static boolean matches(Item item, String wanted) {
    String email = item.text("email");
    return SearchText.of(item.text("name")).contains(wanted)
        || (email != null
            && (SearchText.of(email).contains(wanted)
                || MailAddress.identity(email).contains(wanted)));
  }
}
