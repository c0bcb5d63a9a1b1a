/** The browser interface's files, the API's description and the sign of life. */
package dev.clockbill.portal;
