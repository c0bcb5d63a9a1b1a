/**
 * The one-JVM stack: starts everything that a SAM template names. It knows templates and the wire
 * formats of AWS, nothing of the product.
 */
package dev.clockbill.local;
