/** Measures the whole job, from the start of a timer to the receipt, on the laptop's stack. */
package dev.clockbill.bench.job;
