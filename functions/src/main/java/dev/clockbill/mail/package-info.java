/** One way to send a mail: claim it, send it, record it. */
package dev.clockbill.mail;
