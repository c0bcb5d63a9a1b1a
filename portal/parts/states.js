// The names of states and how they look: of invoices, time entries, mails, inactive records.
/** @import {Invoice, InvoiceSummary, TimeEntry} from '../types/model' */
import { html, nothing } from '../vendor/lit.js';
import { icon } from './icons.js';

const INVOICES = {
  draft: ['Draft', 'quiet'],
  sending: ['Sending', ''],
  sent: ['Sent', ''],
  partlyPaid: ['Partly paid', 'due'],
  paid: ['Paid', 'ok'],
  void: ['Void', 'quiet'],
  undeliverable: ['Undeliverable', 'bad'],
};
const FLAGS = {
  overpaid: 'Overpaid',
  paidAfterVoid: 'Paid after void',
  disputed: 'Disputed',
  unmatched: 'Money to check',
};
const DELIVERIES = {
  none: 'Not emailed yet',
  queued: 'Email on its way',
  sent: 'Email sent',
  delivered: 'Email delivered',
  bounced: 'Email bounced',
  complained: 'Marked as spam',
  failed: 'Email refused',
};
/** What may be the matter with an open invoice, as filters have it. */
const TROUBLES = {
  overdue: 'Overdue',
  undelivered: 'Email not delivered',
  paymentUnderWay: 'Payment under way',
  toHandOver: 'To hand over',
};
const OPEN = ['sent', 'partlyPaid', 'undeliverable'];

/** Whether a customer can pay the invoice. @param {Invoice | InvoiceSummary} invoice */
export const isOpen = ({ state }) => OPEN.includes(state);

/** Whether an invoice on paper is still to be handed over. @param {Invoice | InvoiceSummary} invoice */
export const isToHandOver = ({ state, paper }) =>
  Boolean(paper && !paper.handedOverAt) && [...OPEN, 'paid'].includes(state);

/** Whether the last email of an open invoice did not arrive. @param {Invoice | InvoiceSummary} invoice */
export const isUndelivered = (invoice) =>
  isOpen(invoice) && ['bounced', 'complained', 'failed'].includes(invoice.delivery.status);

/** The labels of an invoice, flags aside: what is the matter with it never hides how far it has come. */
function labels(/** @type {Invoice | InvoiceSummary} */ invoice) {
  const { state, overdue, delivery, paymentUnderWay } = invoice;
  const undelivered = isUndelivered(invoice) && !(state === 'undeliverable' && delivery.status === 'failed');
  return [
    ...(overdue ? [['Overdue', 'bad']] : []),
    ...(overdue && state === 'sent' ? [] : [INVOICES[state]]),
    ...(undelivered ? [[DELIVERIES[delivery.status], 'bad']] : []),
    ...(isToHandOver(invoice) ? [['To hand over', 'due']] : []),
    ...(paymentUnderWay ? [['Payment under way', '']] : []),
  ];
}

/** The state of an invoice as labels, flags included. @param {Invoice | InvoiceSummary} invoice */
export const invoiceState = (invoice) =>
  html`${labels(invoice).map(([words, kind]) => html`<span class="pill ${kind}">${words}</span> `)}
  ${invoice.flags.map((flag) => html` <span class="pill due">${FLAGS[flag]}</span>`)}`;

/** Whether a time entry is on an invoice, and what has to be checked before it is sent. @param {TimeEntry} entry */
export const entryState = (entry) =>
  html`<span class="day"
      >${
        entry.billed
          ? html`<a
              class="locked"
              href="#/invoices/${entry.invoiceId}"
              title="The invoice was sent: this time stays as it is"
              >${icon('lock')}Billed</a
            >`
          : entry.invoiceId
            ? html`<a href="#/invoices/${entry.invoiceId}">On invoice</a>`
            : entry.billable
              ? html`<span class="pill due">Unbilled</span>`
              : html`<span class="pill quiet">Not billed</span>`
      }</span
    >${entryWarnings(entry)}`;

/** What has to be checked about a time entry. @param {TimeEntry | undefined} entry */
export const entryWarnings = (entry) =>
  html`${
    entry?.needsConfirmation
      ? html` <span class="pill bad" title="It is unusually long. Edit it to correct or confirm it.">To confirm</span>`
      : nothing
  }
  ${
    entry?.overlaps.length
      ? html` <span class="pill due" title="${entry.staffName} has other time at the same hours">Overlaps</span>`
      : nothing
  }`;

/**
 * The label of a customer, service or member of staff that is inactive.
 *
 * @param {{active: boolean}} record
 * @param {string} words
 */
export const inactivePill = ({ active }, words) => (active ? nothing : html`<span class="pill quiet">${words}</span>`);

/** What became of an invoice's mail. @param {Invoice['delivery']} delivery */
export const deliveryText = (delivery) => DELIVERIES[delivery.status];

/** The name of a state, for filters. @param {string} state */
export const stateText = (state) => TROUBLES[state] ?? INVOICES[state][0];
