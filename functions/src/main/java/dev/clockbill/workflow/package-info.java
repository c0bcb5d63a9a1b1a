/** The client of Step Functions: starts executions, answers task tokens. */
package dev.clockbill.workflow;
