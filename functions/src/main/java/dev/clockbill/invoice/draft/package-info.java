/** Drafts: making them of time or by hand, editing and deleting them. */
package dev.clockbill.invoice.draft;
