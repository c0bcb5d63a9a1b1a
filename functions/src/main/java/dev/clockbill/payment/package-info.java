/** Payments: the account at the processor, the customer's page, checkouts, callbacks, receipts. */
package dev.clockbill.payment;
