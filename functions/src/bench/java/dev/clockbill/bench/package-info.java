/** What Clockbill's speed is measured with. */
package dev.clockbill.bench;
