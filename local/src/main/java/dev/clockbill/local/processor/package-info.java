/** The stand-in for Stripe: accounts, checkouts, refunds, disputes and the callbacks about them. */
package dev.clockbill.local.processor;
