// The list of invoices, filtered by state and period.
/** @import {Place} from '../types/portal' */
import { get } from '../core/api.js';
import { Page } from '../parts/page.js';
import { csvButton, period, tabs } from '../parts/filters.js';
import { firstPage, moreButton } from '../parts/paged-list.js';
import { invoiceTable, sums } from '../parts/tables.js';
import { stateText } from '../parts/states.js';
import { html, nothing } from '../vendor/lit.js';

const STATES = [
  'draft',
  'sending',
  'sent',
  'overdue',
  'partlyPaid',
  'paymentUnderWay',
  'paid',
  'undeliverable',
  'undelivered',
  'void',
];

class InvoicesPage extends Page {
  /** @param {Place} place */
  async read({ query: { state, customerId, from, to } }) {
    const [list, customer, unmatched] = await Promise.all([
      firstPage('/invoices', 'invoices', { state, customerId, from, to }),
      customerId ? get(`/customers/${customerId}`) : null,
      // The list of invoices is worth more than this hint.
      state || customerId ? null : get('/payments/unmatched?limit=1').catch(() => null),
    ]);
    return { list, customer, unmatched: unmatched?.payments.length > 0 };
  }

  #nothing(query) {
    return Object.values(query).some(Boolean)
      ? html`<div class="empty">
          <p>No invoices like that.</p>
          <a class="button" href="#/invoices">Show all invoices</a>
        </div>`
      : html`<div class="empty">
          <p>No invoices yet. Track time for a customer, and a draft is made when you stop.</p>
          <a class="button primary" href="#/customers">Choose a customer</a>
        </div>`;
  }

  #totals({ items, next }) {
    const sent = items.filter(({ state }) => state !== 'draft' && state !== 'void');
    return html`<p class="muted">
      ${next ? 'Shown so far' : 'In all'}:
      ${items.length === 1 ? 'one invoice' : `${items.length} invoices`}${
        sent.length
          ? html`, ${sums(sent, (invoice) => invoice.total)} sent, ${sums(sent, (invoice) => invoice.amountDue)} to be
            paid`
          : nothing
      }
    </p>`;
  }

  content({ list, customer, unmatched }) {
    const { query } = this.place;
    return html`<div class="head"><h1>Invoices${customer ? ` for ${customer.name}` : ''}</h1></div>
      <section class="card stack" aria-label="Invoices">
        ${
          unmatched
            ? html`<p class="hint">
                Money came in that fits no invoice. <a href="#/settings/payments">See what it is</a>
              </p>`
            : nothing
        }
        ${tabs(query, [['', 'All'], ...STATES.map((state) => [state, stateText(state)])])}
        <div class="row filters">
          ${period(query)}${list.items.length ? csvButton('/invoices', query, 'invoices') : nothing}
        </div>
        ${
          list.items.length
            ? html`${invoiceTable(list.items, {
                caption: query.state ? `${stateText(query.state)} invoices` : 'All invoices',
              })}${this.#totals(list)}`
            : this.#nothing(query)
        }
        ${moreButton(list, (longer) => {
          this.state = { ...this.state, list: longer };
        })}
      </section>`;
  }
}
customElements.define('invoices-page', InvoicesPage);
