/** Text and paper: the compiled templates and the PDF. */
package dev.clockbill.print;
