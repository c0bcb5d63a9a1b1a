/**
 * What people do across rooms: void, revise and resend invoices, correct time that is on a draft,
 * end the access of staff whose timers run.
 */
package dev.clockbill.office;
