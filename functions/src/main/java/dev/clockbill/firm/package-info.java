/** The firm: its settings, paid services, customers, staff, imports, and notices to its owner. */
package dev.clockbill.firm;
