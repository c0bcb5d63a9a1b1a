/**
 * Simple Email Service: takes mails, shows them to people and tests, reports what became of them.
 */
package dev.clockbill.local.mail;
