/**
 * A small HTTP server: requests, responses, routes, and the frame of the HTML pages that the stack
 * shows.
 */
package dev.clockbill.local.http;
