/** The clock of the stack, which can be stopped and moved, and the tasks that are due on it. */
package dev.clockbill.local.time;
