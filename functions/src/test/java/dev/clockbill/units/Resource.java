package dev.clockbill.units;

/** What {@link FirstOfMonth} looks at, each second. */
enum Resource {
  STARTS("executions started", 0),
  TRANSITIONS("transitions", 0),
  FUNCTIONS("functions running at once", 1_000),
  TABLE_WRITES("write units of the table with its indexes", 40_000),
  TABLE_READS("read units of the table with its indexes", 40_000),
  DUE_SHARD("write units of the fullest shard of `PUSHES` in the index `Due`", 1_000),
  MAILS("mails", 0),
  REQUESTS("requests through API Gateway", 10_000),
  PROCESSOR("requests to the processor", 100);

  private final String words;
  private final int limit;

  /** A limit of 0 is a bucket's, or nobody's. */
  Resource(String words, int limit) {
    this.words = words;
    this.limit = limit;
  }

  String words() {
    return words;
  }

  int limit() {
    return limit;
  }
}
