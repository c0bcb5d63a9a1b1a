// The two tables that several pages show: invoices and time.
import { date, minutes, moment, money } from '../core/format.js';
import { html, nothing } from '../vendor/lit.js';
import { entryState, invoiceState } from './words.js';

/** Invoices, newest first. */
export const invoiceTable = (invoices, { caption, customer = true } = {}) => html`<div class="scroll" tabindex="0" role="region" aria-label=${caption}>
  <table><caption>${caption}</caption>
    <thead><tr><th scope="col">Number</th>${customer ? html`<th scope="col">Customer</th>` : nothing}<th scope="col">Date</th>
      <th scope="col">Due</th><th scope="col" class="num">Total</th><th scope="col" class="num">To pay</th><th scope="col">State</th></tr></thead>
    <tbody>${invoices.map((invoice) => html`<tr>
      <th scope="row"><a href="#/invoices/${invoice.invoiceId}">${invoice.number ?? 'Draft'}</a></th>
      ${customer ? html`<td>${invoice.customer.name}</td>` : nothing}
      <td>${date(invoice.issuedOn)}</td><td>${date(invoice.dueOn)}</td>
      <td class="num">${money(invoice.total, invoice.currency)}</td>
      <td class="num">${money(invoice.amountDue, invoice.currency)}</td>
      <td>${invoiceState(invoice)}</td></tr>`)}</tbody></table></div>`;

/** Time entries, newest first; `choose` adds a box to each that is unbilled. */
export const timeTable = (entries, { caption, customer = true, choose, edit } = {}) => html`<div class="scroll" tabindex="0" role="region" aria-label=${caption}>
  <table><caption>${caption}</caption>
    <thead><tr>${choose ? html`<th scope="col"><span class="sr">Choose</span></th>` : nothing}<th scope="col">Day</th>
      ${customer ? html`<th scope="col">Customer</th>` : nothing}<th scope="col">Service</th><th scope="col">By</th>
      <th scope="col" class="num">Measured</th><th scope="col" class="num">Billed</th><th scope="col" class="num">Amount</th>
      <th scope="col">State</th>${edit ? html`<th scope="col"><span class="sr">Change</span></th>` : nothing}</tr></thead>
    <tbody>${entries.map((entry) => html`<tr>
      ${choose ? html`<td>${entry.invoiceId ? nothing : html`<input type="checkbox" ?checked=${choose.chosen.has(entry.timeEntryId)}
        aria-label="Choose ${entry.serviceName} of ${moment(entry.startedAt)}"
        @change=${(event) => choose.toggle(entry, event.target.checked)}>`}</td>` : nothing}
      <th scope="row" title=${moment(entry.startedAt)}>${date(entry.workedOn)}</th>
      ${customer ? html`<td><a href="#/customers/${entry.customerId}">${entry.customerName}</a></td>` : nothing}
      <td>${entry.serviceName}${entry.note ? html`<br><small>${entry.note}</small>` : nothing}</td><td>${entry.staffName}</td>
      <td class="num">${measured(entry.measuredSeconds)}</td><td class="num">${minutes(entry.billedMinutes)}</td>
      <td class="num">${money(entry.amount, entry.currency)}</td>
      <td>${entryState(entry)}${entry.needsConfirmation ? html` <span class="pill bad">To confirm</span>` : nothing}
        ${entry.overlaps.length ? html` <span class="pill due" title="Other time of the same person at the same hours">Overlaps</span>` : nothing}</td>
      ${edit ? html`<td><button class="plain" aria-label="Edit ${entry.serviceName} of ${moment(entry.startedAt)}" @click=${() => edit(entry)}>Edit</button></td>` : nothing}
    </tr>`)}</tbody></table></div>`;

/** Measured seconds as people read them: "1:05:09". */
export const measured = (seconds) =>
  `${Math.floor(seconds / 3600)}:${String(Math.floor(seconds / 60) % 60).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`;
