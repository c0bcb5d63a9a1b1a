/**
 * What people do across rooms: void, revise and resend invoices, correct time that is on a draft.
 */
package dev.clockbill.office;
