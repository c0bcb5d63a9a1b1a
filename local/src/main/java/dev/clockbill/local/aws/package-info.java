/**
 * The entrance to the AWS services of the stack: who is calling, whether a policy allows it, and
 * whether a test wants it to fail. Parameter Store is here too, the smallest of these services.
 */
package dev.clockbill.local.aws;
