/**
 * The product watched from outside: a journey that does the main job over HTTP, as a person would.
 * The room above all others, and the one that uses none of their code but what is shared.
 */
package dev.clockbill.watch;
