package dev.clockbill.firm;

import dev.clockbill.shared.SearchText;

/**
 * The key by which lists order names.
 *
 * <p>Nothing is looked up by it: a search reads names and folds them then. So an item whose key an
 * older rule wrote is found as any other, and takes its place by today's rule when it is next
 * changed.
 */
public final class FoldedName {
  private static final int LONGEST = 200;

  private FoldedName() {}

  /**
   * The text by which something with this name is ordered; the id makes it unique. It is cut so
   * that it fits a sort key's 1,024 bytes in any script. The blank before the id lets a name come
   * before longer ones that begin with it.
   */
  static String sortKey(String name, String id) {
    String folded = SearchText.of(name);
    int end =
        folded.offsetByCodePoints(0, Math.min(LONGEST, folded.codePointCount(0, folded.length())));
    return folded.substring(0, end) + " #" + id;
  }
}
