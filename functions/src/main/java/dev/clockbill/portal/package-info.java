/** Serves the browser interface, the API description and the health check. */
package dev.clockbill.portal;
