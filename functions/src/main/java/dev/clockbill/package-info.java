/** Clockbill's functions: time, invoices and their payment, one package to an idea. */
package dev.clockbill;
