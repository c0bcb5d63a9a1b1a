/** The event bus with its rules, and the schedules. */
package dev.clockbill.local.events;
