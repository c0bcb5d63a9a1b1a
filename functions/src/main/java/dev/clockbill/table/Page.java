package dev.clockbill.table;

import java.util.List;

/**
 * One page of a list.
 *
 * @param items in the list's order
 * @param next the cursor of the page after it, or null at the end
 */
public record Page(List<Item> items, String next) {}
