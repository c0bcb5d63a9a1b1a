/**
 * The stand-in for Stripe: accounts, checkouts, refunds, disputes, and the webhook events about
 * them.
 */
package dev.clockbill.local.processor;
