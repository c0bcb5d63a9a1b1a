/**
 * The mails of an invoice: the invoice, its reminders, notices to the owner, and how they were
 * delivered.
 */
package dev.clockbill.invoice.mail;
