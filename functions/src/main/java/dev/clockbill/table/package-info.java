/**
 * The one table: items and their keys, conditional writes, transactions, index queries, the due
 * queue.
 */
package dev.clockbill.table;
