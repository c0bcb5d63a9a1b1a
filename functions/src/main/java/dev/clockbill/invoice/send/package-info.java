/** Sending: what is checked, what is frozen, and the number. */
package dev.clockbill.invoice.send;
