package dev.clockbill.invoice;

import static dev.clockbill.invoice.StateRule.DONE;
import static dev.clockbill.invoice.StateRule.FROZEN;
import static dev.clockbill.invoice.StateRule.NOTHING;
import static dev.clockbill.invoice.StateRule.NOT_SENT;
import static dev.clockbill.invoice.StateRule.PAID;
import static dev.clockbill.invoice.StateRule.TIME_BILLED;
import static dev.clockbill.invoice.StateRule.VOID;

/**
 * What may happen to an invoice in one state: a row of the table that the API promises. There is no
 * other place that says so; a new state or a new action does not compile before its rulings are
 * here.
 *
 * @param edit its lines, terms and note change, or it is deleted
 * @param time an entry on it changes
 * @param send it is approved
 * @param resend it is mailed once more
 * @param giveUp it becomes void
 * @param revise a new draft takes its place
 * @param payment money received elsewhere is recorded, or taken back
 * @param checkout its customer pays at the processor
 */
public record StateRules(
    StateRule edit,
    StateRule time,
    StateRule send,
    StateRule resend,
    StateRule giveUp,
    StateRule revise,
    StateRule payment,
    StateRule checkout) {

  /** The row of a state. A payment that is under way forbids giving up and revising besides. */
  public static StateRules in(InvoiceState state) {
    return switch (state) {
      // edit, time, send, resend, giveUp, revise, payment, checkout
      case DRAFT -> new StateRules(DONE, DONE, DONE, NOT_SENT, DONE, NOT_SENT, NOT_SENT, NOT_SENT);
      case SENDING ->
          new StateRules(FROZEN, TIME_BILLED, NOTHING, NOTHING, FROZEN, FROZEN, DONE, NOT_SENT);
      case SENT, UNDELIVERABLE ->
          new StateRules(FROZEN, TIME_BILLED, NOTHING, DONE, DONE, DONE, DONE, DONE);
      case PARTLY_PAID ->
          new StateRules(FROZEN, TIME_BILLED, NOTHING, DONE, PAID, PAID, DONE, DONE);
      case PAID -> new StateRules(FROZEN, TIME_BILLED, NOTHING, DONE, PAID, PAID, DONE, PAID);
      case VOID -> new StateRules(FROZEN, TIME_BILLED, VOID, VOID, NOTHING, VOID, VOID, VOID);
    };
  }
}
