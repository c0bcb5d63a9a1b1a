// Tables: what all have in common, and the two that several pages show, invoices and time.
import { date, minutes, moment, money } from '../core/format.js';
import { mayChange } from '../core/session.js';
import { html, nothing } from '../vendor/lit.js';
import { entryState, invoiceState } from './words.js';

/** A column of numbers. */
export const num = (words) => ({ words, kind: 'num' });

/** A column whose name is only read out. */
export const unseen = (words) => ({ words, kind: 'sr' });

const head = ({ words, kind }) => kind === 'sr'
  ? html`<th scope="col"><span class="sr">${words}</span></th>` : html`<th scope="col" class=${kind}>${words}</th>`;

/**
 * A table with its name as the caption. It scrolls sideways where it has to, and on a phone each row is a block.
 * `seen` tells whether the caption is shown, `kind` adds classes, `foot` rows below.
 */
export const table = (name, columns, rows, { seen = true, kind = '', foot } = {}) => html`<div class="scroll">
  <table class="folds ${kind}"><caption class=${seen ? '' : 'sr'}>${name}</caption>
    <thead><tr>${columns.map((column) => head(column.words ? column : { words: column, kind: '' }))}</tr></thead>
    <tbody>${rows}</tbody>${foot ? html`<tfoot>${foot}</tfoot>` : nothing}</table></div>`;

/** A cell that says its column's name where a phone folds the table. */
export const cell = (label, content, kind = '') =>
  html`<td class=${kind} data-label=${content === '' ? nothing : label}>${content}</td>`;

/** Sums of money by currency, as text. */
export function sums(entries, amount) {
  const all = new Map();
  for (const entry of entries) {
    all.set(entry.currency, (all.get(entry.currency) ?? 0) + amount(entry));
  }
  return [...all].map(([currency, sum]) => money(sum, currency)).join(' + ');
}

/** Measured seconds as people read them: "1:05:09". */
export const measured = (seconds) =>
  `${Math.floor(seconds / 3600)}:${String(Math.floor(seconds / 60) % 60).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`;

/** Invoices, newest first. */
export const invoiceTable = (invoices, { caption, customer = true } = {}) => table(caption,
  ['Number', ...customer ? ['Customer'] : [], 'Date', 'Due', num('Total'), num('To pay'), 'State'],
  invoices.map((invoice) => html`<tr>
      <th scope="row"><a href="#/invoices/${invoice.invoiceId}">${invoice.number ?? 'Draft'}</a></th>
      ${customer ? cell('Customer', invoice.customer.name) : nothing}
      ${cell('Date', date(invoice.issuedOn), 'day')}${cell('Due', date(invoice.dueOn), 'day')}
      ${cell('Total', money(invoice.total, invoice.currency), 'num')}
      ${cell('To pay', ['draft', 'void'].includes(invoice.state) ? '' : money(invoice.amountDue, invoice.currency), 'num')}
      ${cell('State', invoiceState(invoice))}</tr>`));

/** Time entries, newest first; `choosing` adds a box to each that is unbilled, `me` is who looks and may `edit` some. */
export const timeTable = (entries, { caption, customer = true, choosing, edit, me }) => table(caption,
  [...choosing ? [unseen('Choose')] : [], 'Day', ...customer ? ['Customer'] : [], 'Service', 'By',
    num('Measured'), num('Billed'), num('Amount'), 'State', unseen('Change')],
  entries.map((entry) => html`<tr>
      ${choosing ? html`<td class="box">${entry.invoiceId ? nothing : choosing.box(entry)}</td>` : nothing}
      <th scope="row" class="day" title=${moment(entry.startedAt)}>${date(entry.workedOn)}</th>
      ${customer ? cell('Customer', html`<a href="#/customers/${entry.customerId}">${entry.customerName}</a>`) : nothing}
      ${cell('Service', html`<span>${entry.serviceName}${entry.note ? html`<br><small>${entry.note}</small>` : nothing}</span>`)}
      ${cell('By', entry.staffName)}${cell('Measured', measured(entry.measuredSeconds), 'num')}
      ${cell('Billed', minutes(entry.billedMinutes), 'num')}${cell('Amount', money(entry.amount, entry.currency), 'num')}
      ${cell('State', entryState(entry))}
      <td class="num">${mayChange(me, entry) ? html`<button class="plain" aria-label="Edit ${entry.serviceName} of ${moment(entry.startedAt)}" @click=${() => edit(entry)}>Edit</button>` : nothing}</td>
    </tr>`));
