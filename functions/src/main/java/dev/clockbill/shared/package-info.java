/**
 * What every room may use and what knows nothing of the product: time, money, ids, JSON,
 * configuration, secrets, log lines.
 */
package dev.clockbill.shared;
