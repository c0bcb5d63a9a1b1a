/** Payments: the customer's page, the processor and its callbacks, the ledger of an invoice. */
package dev.clockbill.payment;
