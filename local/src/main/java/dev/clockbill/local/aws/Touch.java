package dev.clockbill.local.aws;

/**
 * A partition that a request to a table reads or writes.
 *
 * @param partition the value of the partition key
 * @param use how the request touches it
 */
public record Touch(String partition, Use use) {
  /** In a touch: a scan reads every partition. */
  public static final String EVERY = "(every partition)";

  /** How a partition is touched. */
  public enum Use {
    /** By the table's own key: what {@code dynamodb:LeadingKeys} holds. */
    KEY,
    /** By a query of an index: its partition key is the leading key then. */
    INDEX,
    /** An item that is written appears in this partition of an index. */
    LISTED
  }
}
