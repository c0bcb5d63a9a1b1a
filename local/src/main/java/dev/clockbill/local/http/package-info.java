/** What every front of the stack speaks: a call, an answer, and who answers it. */
package dev.clockbill.local.http;
