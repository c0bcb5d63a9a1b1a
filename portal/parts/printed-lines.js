// The sums of an invoice, and the lines of a draft as the API takes them.
/** @import {Invoice, Line} from '../types/model' */
import { money, percent } from '../core/format.js';
import { html, nothing } from '../vendor/lit.js';

/**
 * A line of a draft as the API takes it. Lines that the saved draft does not have yet are new.
 *
 * @param {any} line
 * @param {Line[]} present the lines of the saved draft
 */
export function toSend(line, present) {
  const { lineId, kind, timeEntryId, description, taxable, quantity, unitAmount, amount, serviceId } = line;
  const there = present.some((each) => each.lineId === lineId);
  if (!there && timeEntryId) {
    return { timeEntryId };
  }
  return {
    ...(there ? { lineId } : { kind, ...(serviceId && { serviceId }) }),
    description,
    taxable,
    ...(kind === 'time'
      ? { billedMinutes: line.billedMinutes, hourlyRate: line.hourlyRate }
      : quantity
        ? { quantity, unitAmount }
        : { amount }),
  };
}

/** The sums of an invoice. @param {Invoice} invoice */
export function invoiceTotals(invoice) {
  const row = (words, amount, kind = '') =>
    html`<div class="row apart ${kind}">
      <dt>${words}</dt>
      <dd class="num">${money(amount, invoice.currency)}</dd>
    </div>`;
  return html`<dl class="sums">
    ${row('Subtotal', invoice.subtotal)}
    ${
      invoice.discount
        ? row(
            invoice.discount.percent ? `Discount ${percent(invoice.discount.percent)}` : 'Discount',
            -invoice.discount.amount,
          )
        : nothing
    }
    ${invoice.taxes.map((tax) => row(`${tax.name} ${percent(tax.ratePercent)}`, tax.amount))}
    ${invoice.customer.taxExempt ? row('Tax exempt', 0) : nothing} ${row('Total', invoice.total, 'grand')}
    ${
      invoice.amountPaid
        ? html`${row('Paid', -invoice.amountPaid)}${row('To pay', invoice.amountDue, 'grand')}`
        : nothing
    }
  </dl>`;
}
