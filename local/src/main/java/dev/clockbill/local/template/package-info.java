/**
 * Reads a SAM template: its resources, intrinsic functions and policies. It refuses by name
 * whatever the stack does not support.
 */
package dev.clockbill.local.template;
