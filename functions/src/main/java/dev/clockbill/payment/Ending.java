package dev.clockbill.payment;

/** How it is known that a payment or a refund has failed. */
enum Ending {
  /** The processor tells. */
  TOLD,
  /** Nobody tells any more what became of it: people have to look on the processor's pages. */
  UNKNOWN
}
