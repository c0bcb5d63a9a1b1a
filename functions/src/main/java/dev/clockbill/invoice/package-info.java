/** Invoices: drafting, pricing, numbering, editing, sending, mailing, and their workflow. */
package dev.clockbill.invoice;
