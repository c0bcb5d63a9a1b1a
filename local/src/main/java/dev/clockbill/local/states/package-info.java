/**
 * Step Functions: a small interpreter of the Amazon States Language (JSONata, Standard workflows)
 * and the {@code states} service. A definition is read whole when the stack starts, and what is not
 * known here is refused by name; an execution that waits holds no thread.
 */
package dev.clockbill.local.states;
