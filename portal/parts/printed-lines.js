// The lines of an invoice as the customer sees them, and as the API takes those of a draft.
/** @import {Invoice, Line} from '../types/model' */
import { date, minutes, money, percent } from '../core/format.js';
import { html, nothing } from '../vendor/lit.js';
import { cell, num, table } from './tables.js';

/**
 * A line of a draft as the API takes it. Lines that the saved draft does not have yet are new.
 *
 * @param {any} line
 * @param {Line[]} present the lines of the saved draft
 */
export function toSend(line, present) {
  if (!present.some(({ lineId }) => lineId === line.lineId)) {
    return line.timeEntryId
      ? { timeEntryId: line.timeEntryId }
      : { kind: 'fixed', description: line.description, amount: line.amount, taxable: line.taxable };
  }
  const common = { lineId: line.lineId, description: line.description, taxable: line.taxable };
  return line.kind === 'time'
    ? { ...common, billedMinutes: line.billedMinutes, hourlyRate: line.hourlyRate }
    : { ...common, amount: line.amount };
}

/** The lines of an invoice as its customer sees them. @param {Invoice} invoice */
export function printedLines({ lines, currency }) {
  const timed = lines.some(({ kind }) => kind === 'time');
  return table(
    'Lines',
    ['What for', ...(timed ? [num('Time'), num('Rate an hour')] : []), num('Amount')],
    lines.map((line) => {
      const time = line.kind === 'time';
      return html`<tr>
        <td>${line.description}${line.workedOn ? html`<br /><small>${date(line.workedOn)}</small>` : nothing}</td>
        ${
          timed
            ? html`${cell('Time', time ? minutes(line.billedMinutes ?? 0) : '', 'num')}
              ${cell('Rate an hour', time ? money(line.hourlyRate ?? 0, currency) : '', 'num')}`
            : nothing
        }
        ${cell('Amount', money(line.amount, currency), 'num')}
      </tr>`;
    }),
    { seen: false },
  );
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
