package dev.clockbill.firm;

/** What carries a version that moves with every change that a person can see. */
interface Versioned {
  /** The version, from 1. */
  long version();
}
