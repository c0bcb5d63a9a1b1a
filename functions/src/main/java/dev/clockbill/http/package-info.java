/** Requests, their fields, answers, problems, idempotency keys, pages and CSV. */
package dev.clockbill.http;
