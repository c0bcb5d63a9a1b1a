package dev.clockbill.table;

/** The table's indexes, all sparse, with the attributes that are their keys. */
public enum Index {
  /** Running timers by when they are looked at next, and everything that waits for a push. */
  DUE("Due", "dueQueue", "dueAt"),
  /** Everything of one kind in a firm, as its list is ordered. */
  LISTED("Listed", "listed", "orderedBy"),
  /** Time and invoices in one state. */
  BY_STATE("ByState", "byState", "orderedBy"),
  /** A customer's time and invoices. */
  BY_CUSTOMER("ByCustomer", "byCustomer", "orderedBy"),
  /**
   * A person's time; and a customer's invoices that are to be paid ({@code InvoiceItem.openOf}),
   * which belong to no person and would be worth no index of their own.
   */
  BY_STAFF("ByStaff", "byStaff", "orderedBy");

  private final String indexName;
  private final String partition;
  private final String sort;

  Index(String indexName, String partition, String sort) {
    this.indexName = indexName;
    this.partition = partition;
    this.sort = sort;
  }

  /** Its name in the table. */
  public String indexName() {
    return indexName;
  }

  /** The attribute that is its partition key. */
  public String partition() {
    return partition;
  }

  /** The attribute that is its sort key. */
  public String sort() {
    return sort;
  }
}
