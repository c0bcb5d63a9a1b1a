// The two tables that several pages show: invoices and time.
import { date, minutes, moment, money } from '../core/format.js';
import { html, nothing } from '../vendor/lit.js';
import { entryState, invoiceState } from './words.js';

/** Invoices, newest first. */
export const invoiceTable = (invoices, { caption, customer = true } = {}) => html`<div class="scroll" tabindex="0" role="region" aria-label=${caption}>
  <table class="folds"><caption>${caption}</caption>
    <thead><tr><th scope="col">Number</th>${customer ? html`<th scope="col">Customer</th>` : nothing}<th scope="col">Date</th>
      <th scope="col">Due</th><th scope="col" class="num">Total</th><th scope="col" class="num">To pay</th><th scope="col">State</th></tr></thead>
    <tbody>${invoices.map((invoice) => html`<tr>
      <th scope="row"><a href="#/invoices/${invoice.invoiceId}">${invoice.number ?? 'Draft'}</a></th>
      ${customer ? html`<td data-label="Customer">${invoice.customer.name}</td>` : nothing}
      ${cell('Date', date(invoice.issuedOn), 'day')}${cell('Due', date(invoice.dueOn), 'day')}
      ${cell('Total', money(invoice.total, invoice.currency), 'num')}${cell('To pay', money(invoice.amountDue, invoice.currency), 'num')}
      ${cell('State', invoiceState(invoice))}</tr>`)}</tbody></table></div>`;

/** Time entries, newest first; `choose` adds a box to each that is unbilled. */
export const timeTable = (entries, { caption, customer = true, choose, edit } = {}) => html`<div class="scroll" tabindex="0" role="region" aria-label=${caption}>
  <table class="folds"><caption>${caption}</caption>
    <thead><tr>${choose ? html`<th scope="col"><span class="sr">Choose</span></th>` : nothing}<th scope="col">Day</th>
      ${customer ? html`<th scope="col">Customer</th>` : nothing}<th scope="col">Service</th><th scope="col">By</th>
      <th scope="col" class="num">Measured</th><th scope="col" class="num">Billed</th><th scope="col" class="num">Amount</th>
      <th scope="col">State</th>${edit ? html`<th scope="col"><span class="sr">Change</span></th>` : nothing}</tr></thead>
    <tbody>${entries.map((entry) => html`<tr>
      ${choose ? html`<td>${entry.invoiceId ? nothing : html`<input type="checkbox" ?checked=${choose.chosen.has(entry.timeEntryId)}
        aria-label="Choose ${entry.serviceName} of ${moment(entry.startedAt)}"
        @change=${(event) => choose.toggle(entry, event.target.checked)}>`}</td>` : nothing}
      <th scope="row" class="day" title=${moment(entry.startedAt)}>${date(entry.workedOn)}</th>
      ${customer ? html`<td data-label="Customer"><a href="#/customers/${entry.customerId}">${entry.customerName}</a></td>` : nothing}
      ${cell('Service', html`<span>${entry.serviceName}${entry.note ? html`<br><small>${entry.note}</small>` : nothing}</span>`)}
      ${cell('By', entry.staffName)}${cell('Measured', measured(entry.measuredSeconds), 'num')}${cell('Billed', minutes(entry.billedMinutes), 'num')}
      ${cell('Amount', money(entry.amount, entry.currency), 'num')}
      <td data-label="State"><span class="day">${entryState(entry)}</span>${entry.needsConfirmation ? html` <span class="pill bad">To confirm</span>` : nothing}
        ${entry.overlaps.length ? html` <span class="pill due" title="Other time of the same person at the same hours">Overlaps</span>` : nothing}</td>
      ${edit ? html`<td><button class="plain" aria-label="Edit ${entry.serviceName} of ${moment(entry.startedAt)}" @click=${() => edit(entry)}>Edit</button></td>` : nothing}
    </tr>`)}</tbody></table></div>`;

/** A cell that says its column's name where a phone folds the table. */
export const cell = (label, content, kind = '') => html`<td class=${kind} data-label=${content === '' ? nothing : label}>${content}</td>`;

/** Measured seconds as people read them: "1:05:09". */
export const measured = (seconds) =>
  `${Math.floor(seconds / 3600)}:${String(Math.floor(seconds / 60) % 60).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`;
