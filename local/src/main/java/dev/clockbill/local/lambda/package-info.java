/** Running the template's functions, each with its own environment and identity. */
package dev.clockbill.local.lambda;
