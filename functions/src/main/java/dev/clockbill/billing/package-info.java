/**
 * Billing runs: drafts of all unbilled time up to a day, sent together when a person has looked.
 */
package dev.clockbill.billing;
