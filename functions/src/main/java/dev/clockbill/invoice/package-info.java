/** The invoice itself: its record, lines, prices, states, history, payments, and its workflow. */
package dev.clockbill.invoice;
