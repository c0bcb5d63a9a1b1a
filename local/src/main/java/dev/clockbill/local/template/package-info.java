/**
 * Reading a SAM template: its resources, intrinsic functions and policies, as the parts of the
 * stack need them. What is not known here is refused by name, never skipped.
 */
package dev.clockbill.local.template;
