package dev.clockbill.invoice;

import static dev.clockbill.invoice.StateRule.ALLOWED;
import static dev.clockbill.invoice.StateRule.FROZEN;
import static dev.clockbill.invoice.StateRule.NOTHING_DUE;
import static dev.clockbill.invoice.StateRule.NOTHING_TO_DO;
import static dev.clockbill.invoice.StateRule.NOT_SENT;
import static dev.clockbill.invoice.StateRule.PAID;
import static dev.clockbill.invoice.StateRule.TIME_BILLED;
import static dev.clockbill.invoice.StateRule.VOID;

/**
 * What may happen to an invoice in one state: one row of the table in the API's contract. This is
 * the only place that says so; a new state or a new action does not compile until it is listed
 * here.
 *
 * @param edit its lines, terms and note change, or it is deleted
 * @param time a time entry on it changes
 * @param send it is approved for sending
 * @param resend it is mailed again
 * @param remind its customer is reminded because a person asks for it
 * @param voiding it becomes void
 * @param revise it becomes void and a new draft replaces it
 * @param payment a payment received elsewhere is recorded or taken back
 * @param checkout its customer begins a checkout
 * @param handOver somebody says that they have handed it over on paper
 */
public record StateRules(
    StateRule edit,
    StateRule time,
    StateRule send,
    StateRule resend,
    StateRule remind,
    StateRule voiding,
    StateRule revise,
    StateRule payment,
    StateRule checkout,
    StateRule handOver) {

  /** The row of a state. Voiding and revising are also refused while a payment is processing. */
  public static StateRules in(InvoiceState state) {
    return switch (state) {
      // edit, time, send, resend, remind, voiding, revise, payment, checkout, handOver
      case DRAFT ->
          new StateRules(
              ALLOWED,
              ALLOWED,
              ALLOWED,
              NOT_SENT,
              NOTHING_DUE,
              ALLOWED,
              NOT_SENT,
              NOT_SENT,
              NOT_SENT,
              NOT_SENT);
      case SENDING ->
          new StateRules(
              FROZEN,
              TIME_BILLED,
              NOTHING_TO_DO,
              NOTHING_TO_DO,
              NOTHING_DUE,
              FROZEN,
              FROZEN,
              ALLOWED,
              NOT_SENT,
              NOT_SENT);
      case SENT, UNDELIVERABLE ->
          new StateRules(
              FROZEN,
              TIME_BILLED,
              NOTHING_TO_DO,
              ALLOWED,
              ALLOWED,
              ALLOWED,
              ALLOWED,
              ALLOWED,
              ALLOWED,
              ALLOWED);
      case PARTLY_PAID ->
          new StateRules(
              FROZEN,
              TIME_BILLED,
              NOTHING_TO_DO,
              ALLOWED,
              ALLOWED,
              PAID,
              PAID,
              ALLOWED,
              ALLOWED,
              ALLOWED);
      case PAID ->
          new StateRules(
              FROZEN,
              TIME_BILLED,
              NOTHING_TO_DO,
              ALLOWED,
              NOTHING_DUE,
              PAID,
              PAID,
              ALLOWED,
              PAID,
              ALLOWED);
      case VOID ->
          new StateRules(
              FROZEN, TIME_BILLED, VOID, VOID, NOTHING_DUE, NOTHING_TO_DO, VOID, VOID, VOID, VOID);
    };
  }
}
