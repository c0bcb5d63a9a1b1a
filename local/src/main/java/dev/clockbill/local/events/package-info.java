/** EventBridge: the event bus with its rules, and the schedules of functions. */
package dev.clockbill.local.events;
