/** DynamoDB: runs DynamoDB Local in this JVM, and counts the capacity that functions consume. */
package dev.clockbill.local.table;
