// What states are called, and how they look.
import { html } from '../vendor/lit.js';

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

/** Where time stands. */
export const entryState = (entry) => entry.invoiceId
  ? html`<a href="#/invoices/${entry.invoiceId}">On invoice</a>` : html`<span class="pill due">Unbilled</span>`;

/** How an invoice's mail fared. */
export const deliveryWords = (delivery) => DELIVERIES[delivery.status];

/** The words of a state, for filters. */
export const stateWords = (state) => state === 'overdue' ? 'Overdue' : INVOICES[state][0];
