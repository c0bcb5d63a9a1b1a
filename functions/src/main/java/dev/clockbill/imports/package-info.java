/**
 * Files that people bring from elsewhere: which bytes are which letters, which columns are what,
 * and what becomes of every line. It does not know what is imported; rooms above say that as an
 * {@link dev.clockbill.imports.ImportKind}.
 */
package dev.clockbill.imports;
