/** The one-JVM stack: knows SAM templates and AWS's wire formats, nothing of the product. */
package dev.clockbill.local;
