/**
 * The world's scripts on paper: which font has a text, which glyphs it takes in which places, and
 * in which direction it runs.
 */
package dev.clockbill.print.script;
