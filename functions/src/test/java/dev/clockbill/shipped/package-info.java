/**
 * What is shipped that others made: the bill of materials, licences and notices. It runs while the
 * project is built and is not shipped itself.
 */
package dev.clockbill.shipped;
