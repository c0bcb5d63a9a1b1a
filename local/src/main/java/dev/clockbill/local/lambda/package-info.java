/**
 * Lambda: loads the functions of the template and runs them, each with its own environment and
 * identity.
 */
package dev.clockbill.local.lambda;
