/** What a firm's time and invoices add up to; read only. */
package dev.clockbill.report;
