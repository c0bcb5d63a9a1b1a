/** The look that the stack's own pages share. */
package dev.clockbill.local.pages;
