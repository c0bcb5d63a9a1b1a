/** Parameter Store: the secrets that functions read. */
package dev.clockbill.local.parameters;
