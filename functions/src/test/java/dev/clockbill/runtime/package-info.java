/** Functions as Lambda runs them: each in a JVM of its own, by AWS's runtime interface client. */
package dev.clockbill.runtime;
