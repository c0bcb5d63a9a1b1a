// The two tables that several pages show: of invoices and of time entries.
/** @import {InvoiceSummary, Me, TimeEntry} from '../types/model' */
/** @import {Column} from '../types/portal' */
import { date, dateTime, hours, minutes, money } from '../core/format.js';
import { mayChange } from '../core/session.js';
import { html, nothing } from '../vendor/lit.js';
import { entryState, invoiceState } from './states.js';
import { cell, elapsed, hiddenName, num, table, toolButton, toolCell } from './tables.js';

/**
 * A table of invoices.
 *
 * @param {InvoiceSummary[]} invoices
 * @param {object} options
 * @param {string} options.caption
 * @param {boolean} [options.seen] whether the caption is visible
 * @param {boolean} [options.customer] whether there is a column for the customer
 * @param {(words: string, key: string, kind?: string) => Column} [options.sort] makes columns that sort the list
 * @param {import('./invoice-selection.js').InvoiceSelection} [options.selection] adds a checkbox to each
 */
export const invoiceTable = (
  invoices,
  { caption, seen = true, customer = true, sort = (words, _key, kind = '') => ({ words, kind }), selection },
) =>
  table(
    caption,
    [
      ...(selection ? [{ words: 'Select', kind: 'sr', content: selection.all(invoices) }] : []),
      'Number',
      ...(customer ? [sort('Customer', 'customer')] : []),
      sort('Date', 'issuedOn'),
      sort('Due', 'dueOn'),
      sort('Total', 'total', 'num'),
      num('To pay'),
      'State',
    ],
    invoices.map(
      (invoice) =>
        html`<tr class=${selection?.has(invoice) ? 'marked' : nothing}>
          ${selection ? html`<td class="box">${selection.box(invoice)}</td>` : nothing}
          <th scope="row"><a href="#/invoices/${invoice.invoiceId}">${invoice.number ?? 'Draft'}</a></th>
          ${customer ? cell('Customer', invoice.customer.name) : nothing}
          ${cell('Date', date(invoice.issuedOn), 'day')}${cell('Due', date(invoice.dueOn), 'day')}
          ${cell('Total', money(invoice.total, invoice.currency), 'num')}
          ${cell(
            'To pay',
            ['draft', 'void'].includes(invoice.state) ? '' : money(invoice.amountDue, invoice.currency),
            'num',
          )}
          ${cell('State', invoiceState(invoice))}
        </tr>`,
    ),
    { seen, lead: true },
  );

/** Whether time can be put on an invoice. @param {TimeEntry} entry */
const isUnbilled = ({ invoiceId, billable }) => !invoiceId && billable;

/** When time was worked, as far as it is known. @param {TimeEntry} entry */
const when = (entry) => (entry.byDay ? date(entry.workedOn) : dateTime(entry.startedAt));

/**
 * A table of time entries.
 *
 * @param {TimeEntry[]} entries
 * @param {object} options
 * @param {string} options.caption
 * @param {boolean} [options.seen] whether the caption is visible
 * @param {boolean} [options.customer] whether there is a column for the customer
 * @param {import('./time-selection.js').TimeSelection} [options.selection] adds a checkbox to unbilled time
 * @param {boolean} [options.ofDay] whether all is one person's time of one day: the columns tell hours instead
 * @param {(entry: TimeEntry) => void} options.edit
 * @param {(entry: TimeEntry) => void} [options.goOn] adds a button that begins a timer like it
 * @param {Me} options.me who looks, and may edit some of the entries
 */
export const timeTable = (
  entries,
  { caption, seen = true, customer = true, ofDay = false, selection, edit, goOn, me },
) => {
  const name = (entry) => html`<a href="#/customers/${entry.customerId}">${entry.customerName}</a>`;
  return table(
    caption,
    [
      ...(selection ? [hiddenName('Select')] : []),
      ...(ofDay ? ['Customer', 'Service', 'Hours'] : ['Day', ...(customer ? ['Customer'] : []), 'Service', 'By']),
      num('Measured'),
      num('Billed'),
      num('Amount'),
      'State',
      hiddenName('Change'),
    ],
    entries.map(
      (entry) =>
        html`<tr>
          ${selection ? html`<td class="box">${isUnbilled(entry) ? selection.box(entry) : nothing}</td>` : nothing}
          ${
            ofDay
              ? html`<th scope="row">${name(entry)}</th>`
              : html`<th scope="row" class="day" title=${when(entry)}>${date(entry.workedOn)}</th>
                  ${customer ? cell('Customer', name(entry)) : nothing}`
          }
          ${cell(
            'Service',
            html`<span>${entry.serviceName}${entry.note ? html`<br /><small>${entry.note}</small>` : nothing}</span>`,
          )}
          ${
            ofDay
              ? cell('Hours', entry.byDay ? '' : hours(entry.startedAt, entry.stoppedAt), 'day')
              : cell('By', entry.staffName)
          }${cell('Measured', elapsed(entry.measuredSeconds), 'num desk')}
          ${cell('Billed', entry.billable ? minutes(entry.billedMinutes) : '', 'num')}
          ${cell('Amount', entry.billable ? money(entry.amount, entry.currency) : '', 'num')}
          ${cell('State', entryState(entry))}
          ${toolCell(
            html`${
              goOn
                ? toolButton('Continue', `${entry.serviceName} for ${entry.customerName}`, () => goOn(entry))
                : nothing
            }${
              mayChange(me, entry) && !entry.billed
                ? toolButton('Edit', `${entry.serviceName} of ${when(entry)}`, () => edit(entry))
                : nothing
            }`,
          )}
        </tr>`,
    ),
    { seen },
  );
};
