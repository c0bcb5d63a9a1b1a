/** SES: accepts mails, shows them to people and tests, and reports what happened to them. */
package dev.clockbill.local.mail;
