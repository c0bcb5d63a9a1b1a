/** The door behind which the stack's AWS services stand: who calls, may they, should it fail. */
package dev.clockbill.local.aws;
