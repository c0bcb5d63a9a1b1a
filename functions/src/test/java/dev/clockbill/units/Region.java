package dev.clockbill.units;

/** A quota that refuses starts, and delays transitions, once its bucket is empty. */
record Region(int startBucket, int starts, int transitionBucket, int transitions) {
  /** Source: see {@code docs/scale.md}, as of us-east-1. */
  static final Region LARGE = new Region(1_300, 300, 5_000, 1_500);

  /** The same of most other regions. */
  static final Region USUAL = new Region(800, 150, 800, 500);
}
