/** What people at the portal wait for, on a slow processor at the end of a slow network. */
package dev.clockbill.bench.portal;
