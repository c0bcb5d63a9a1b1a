/** The one-JVM stack: knows SAM templates and AWS's wire formats, nothing of billing. */
package dev.clockbill.local;
