/** Time: measured by timers or entered by hand, corrected, and reminded of. */
package dev.clockbill.timer;
