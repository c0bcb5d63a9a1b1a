/** The stack's time, which can be stopped and moved, and what is due on it. */
package dev.clockbill.local.time;
