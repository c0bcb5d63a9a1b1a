/** Demonstration data: a file of HTTP calls, made when the stack's data is new. */
package dev.clockbill.local.demo;
