// What states are called, and how they look.
import { html, nothing } from '../vendor/lit.js';

const INVOICES = {
  draft: ['Draft', 'quiet'], sending: ['Sending', ''], sent: ['Sent', ''], partlyPaid: ['Partly paid', 'due'],
  paid: ['Paid', 'ok'], void: ['Void', 'quiet'], undeliverable: ['Undeliverable', 'bad'],
};
const FLAGS = { overpaid: 'Over-paid', paidAfterVoid: 'Paid after void', disputed: 'Disputed' };
const DELIVERIES = {
  none: 'Not mailed yet', queued: 'Mail on its way', sent: 'Mail sent', delivered: 'Mail delivered',
  bounced: 'Mail bounced', complained: 'Marked as spam', failed: 'Mail refused',
};

/** An invoice's state, overdue and flags included, as small labels. */
export const invoiceState = (invoice) => html`${invoice.overdue
    ? html`<span class="pill bad">Overdue</span>`
    : html`<span class="pill ${INVOICES[invoice.state][1]}">${INVOICES[invoice.state][0]}</span>`}
  ${invoice.flags.map((flag) => html` <span class="pill due">${FLAGS[flag]}</span>`)}`;

/** Where time stands, and what has to be looked at before it is sent. */
export const entryState = (entry) => html`<span class="day">${entry.invoiceId
  ? html`<a href="#/invoices/${entry.invoiceId}">On invoice</a>` : html`<span class="pill due">Unbilled</span>`}</span>${doubts(entry)}`;

/** What is doubtful about time. */
export const doubts = (entry) => html`${entry?.needsConfirmation ? html` <span class="pill bad" title="Its timer ran past the last reminder. Edit it to correct or confirm it.">To confirm</span>` : nothing}
  ${entry?.overlaps.length ? html` <span class="pill due" title="${entry.staffName} has other time at the same hours">Overlaps</span>` : nothing}`;

/** Says of a customer, a service or a member of staff that is no longer active. */
export const inactive = ({ active }, words) => active ? nothing : html`<span class="pill quiet">${words}</span>`;

/** How an invoice's mail fared. */
export const deliveryWords = (delivery) => DELIVERIES[delivery.status];

/** The words of a state, for filters. */
export const stateWords = (state) => state === 'overdue' ? 'Overdue' : INVOICES[state][0];
