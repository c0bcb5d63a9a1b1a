/** DynamoDB, played by DynamoDB Local in this JVM. */
package dev.clockbill.local.table;
