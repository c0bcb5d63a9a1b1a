/** The firm: its settings, its paid services, its customers and its staff. */
package dev.clockbill.firm;
