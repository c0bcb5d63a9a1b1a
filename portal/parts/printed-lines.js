// The lines of an invoice as the customer sees them, and as the API takes those of a draft.
/** @import {Invoice, Line} from '../types/model' */
import { date, minutes, money } from '../core/format.js';
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
export const printedLines = ({ lines, currency }) =>
  table(
    'Lines',
    ['What for', num('Time'), num('Rate an hour'), num('Amount')],
    lines.map(
      (line) =>
        html`<tr>
          <td>${line.description}${line.workedOn ? html`<br /><small>${date(line.workedOn)}</small>` : nothing}</td>
          ${cell('Time', line.kind === 'time' ? minutes(line.billedMinutes ?? 0) : '', 'num')}
          ${cell('Rate an hour', line.kind === 'time' ? money(line.hourlyRate ?? 0, currency) : '', 'num')}
          ${cell('Amount', money(line.amount, currency), 'num')}
        </tr>`,
    ),
    { seen: false },
  );
