/** What every handler needs: requests and answers, problems, the table, time and identifiers. */
package dev.clockbill.shared;
