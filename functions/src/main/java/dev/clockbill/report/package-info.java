/** What a firm's time and invoices come to: read and added up, never written. */
package dev.clockbill.report;
