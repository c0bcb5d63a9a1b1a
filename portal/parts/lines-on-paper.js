// The lines of an invoice as its customer sees them.
/** @import {Invoice, Line} from '../types/model' */
import { date, localTexts, minutes, money } from '../core/format.js';
import { html, nothing } from '../vendor/lit.js';
import { cell, num, table } from './tables.js';

/**
 * Lines that stand together, as on paper: in the order in which each service or person first appears, what belongs to
 * none of them last. One group without a name where lines are not put together.
 *
 * @param {Invoice} invoice
 * @returns {{name: string, lines: Line[]}[]}
 */
function groups({ lines, grouping }) {
  const named = (line) => (grouping ? { id: line[`${grouping}Id`], name: line[`${grouping}Name`] } : {});
  if (lines.every((line) => !named(line).id)) {
    return [{ name: '', lines }];
  }
  const found = new Map();
  for (const line of lines) {
    const { id = null, name } = named(line);
    found.set(id, { name: id ? name : 'Other', lines: [...(found.get(id)?.lines ?? []), line] });
  }
  const others = found.get(null);
  found.delete(null);
  return [...found.values(), ...(others ? [others] : [])];
}

/** @param {Line} line @param {string} currency @param {boolean} computed @param {boolean} both */
function row(line, currency, computed, both) {
  const time = line.kind === 'time';
  const each = (words) => (both ? html`<br /><small>${words}</small>` : nothing);
  const price = line.quantity !== null;
  return html`<tr>
    <td>${line.description}${line.workedOn ? html`<br /><small>${date(line.workedOn)}</small>` : nothing}</td>
    ${
      !computed
        ? nothing
        : time
          ? html`${cell('Time', minutes(line.billedMinutes ?? 0), 'num')}
            ${cell('Rate an hour', html`${money(line.hourlyRate ?? 0, currency)}${each('an hour')}`, 'num')}`
          : html`${cell('Quantity', price ? localTexts().quantity(line.quantity ?? '') : '', 'num')}
            ${cell('Price', price ? html`${money(line.unitAmount ?? 0, currency)}${each('each')}` : '', 'num')}`
    }
    ${cell('Amount', money(line.amount, currency), 'num')}
  </tr>`;
}

/** The lines of an invoice as its customer sees them. @param {Invoice} invoice */
export function linesOnPaper(invoice) {
  const { lines, currency } = invoice;
  const timed = lines.some(({ kind }) => kind === 'time');
  const counted = lines.some(({ quantity }) => quantity !== null);
  const computed = timed || counted;
  const columns =
    timed && counted
      ? ['Time or quantity', 'Rate or price']
      : timed
        ? ['Time', 'Rate an hour']
        : counted
          ? ['Quantity', 'Price']
          : [];
  const width = columns.length + 1;
  return table(
    'Lines',
    ['What for', ...columns.map(num), num('Amount')],
    groups(invoice).map(({ name, lines: together }) => {
      const rows = together.map((line) => row(line, currency, computed, timed && counted));
      const sum = together.reduce((all, { amount }) => all + amount, 0);
      return name
        ? html`<tr>
              <th scope="rowgroup" colspan=${width + 1}>${name}</th>
            </tr>
            ${rows}
            <tr>
              <th scope="row" colspan=${width}>Subtotal ${name}</th>
              <td class="num"><b>${money(sum, currency)}</b></td>
            </tr>`
        : rows;
    }),
    { seen: false },
  );
}
