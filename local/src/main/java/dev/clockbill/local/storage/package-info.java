/** What the parts of the stack keep between runs: JSON documents in one file. */
package dev.clockbill.local.storage;
