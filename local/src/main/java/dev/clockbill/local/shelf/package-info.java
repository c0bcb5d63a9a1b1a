/** What the stack remembers between runs. */
package dev.clockbill.local.shelf;
