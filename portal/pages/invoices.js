// The list of invoices: searched, filtered by state and period, sorted, and several done at once.
/** @import {Place} from '../types/portal' */
import { get, queryString } from '../core/api.js';
import { filter, go } from '../core/address.js';
import { Page } from '../parts/page.js';
import { csvButton, period, SearchField, tabs } from '../parts/filters.js';
import { icon } from '../parts/icons.js';
import { InvoiceSelection } from '../parts/invoice-selection.js';
import { loadFile, openDialog } from '../parts/lazy.js';
import { may } from '../parts/may.js';
import { showMessage } from '../parts/messages.js';
import { firstPage, moreButton } from '../parts/paged-list.js';
import { orderChoice, sorting } from '../parts/sorting.js';
import { invoiceTable } from '../parts/listed-tables.js';
import { sums } from '../parts/tables.js';
import { stateText } from '../parts/states.js';
import { html, nothing } from '../vendor/lit.js';

const STATES = ['draft', 'sent', 'overdue', 'partlyPaid', 'paid'];
/** Those that are offered where there are such invoices. */
const RARE = ['sending', 'paymentUnderWay', 'undelivered', 'toHandOver', 'void'];
const USUAL = { sort: 'issuedOn', order: 'desc' };
const ORDERS = [
  ['', 'Newest first'],
  ['issuedOn asc', 'Oldest first'],
  ['dueOn asc', 'Due first'],
  ['total desc', 'Largest first'],
  ['customer asc', 'Customer'],
];

class InvoicesPage extends Page {
  #selection = new InvoiceSelection(this);
  #search = new SearchField(this);

  /** @param {Place} place */
  async read({ query: { state, customerId, from, to, search, sort, order } }) {
    const wanted = search?.trim();
    const [list, customer, unmatched, counted] = await Promise.all([
      firstPage('/invoices', 'invoices', { state, customerId, from, to, search: wanted, sort, order }),
      customerId ? get(`/customers/${customerId}`) : null,
      // The list of invoices is worth more than this hint, and than the counts.
      state || customerId ? null : get('/payments/unmatched?limit=1').catch(() => null),
      wanted ? null : get(`/invoices/counts${queryString({ customerId, from, to })}`).catch(() => null),
    ]);
    this.#selection.keep(list.items);
    return { list, customer, unmatched: unmatched?.payments.length > 0, counted };
  }

  #add() {
    openDialog(
      this,
      'new-invoice-dialog',
      () => import('../parts/new-invoice-dialog.js'),
      () => ({}),
    );
  }

  async #act(what, invoices) {
    const bulk = await loadFile(this, () => import('../parts/bulk-dialog.js'));
    if (!bulk) {
      return;
    }
    if (what === 'merge' || what === 'csv') {
      await bulk[what](invoices).catch((failed) => showMessage(failed.message));
    } else {
      openDialog(
        this,
        'bulk-dialog',
        async () => bulk,
        () => ({ what, invoices }),
      );
    }
  }

  #nothing(query) {
    const { search, ...others } = query;
    if (search) {
      return html`<div class="empty">
        <p>No invoice’s number, customer or note contains “${search}”.</p>
        <button @click=${() => filter(others)}>Clear the search</button>
      </div>`;
    }
    return Object.values(query).some(Boolean)
      ? html`<div class="empty">
          <p>No invoices like that.</p>
          <a class="button" href="#/invoices">Show all invoices</a>
        </div>`
      : html`<div class="empty">
          <p>No invoices yet. Track time for a customer, and a draft is made when you stop. Or write one now.</p>
          <div class="row">
            <button class="primary" @click=${this.#add}>${icon('add')}New invoice</button
            ><a class="button" href="#/customers">Choose a customer</a>
          </div>
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

  #tabs(query, counted) {
    const count = (state) => {
      const found = counted?.counts[state];
      return found ? `${found}${found === counted.most ? '+' : ''}` : undefined;
    };
    const shown = new Set([...STATES, ...RARE.filter(count), ...(query.state ? [query.state] : [])]);
    return tabs(query, [
      ['', 'All', count('all')],
      ...[...shown].map((state) => [state, stateText(state), count(state)]),
    ]);
  }

  content({ list, customer, unmatched, counted }) {
    const { query } = this.place;
    return html`<div class="head">
        <h1>Invoices${customer ? ` for ${customer.name}` : ''}</h1>
        <a class="button" href="#/billing">Ready to bill</a>
        <button class="primary" @click=${this.#add}>${icon('add')}New invoice</button>
      </div>
      <section class="card stack" aria-label="Invoices">
        ${
          unmatched
            ? html`<p class="hint">
                Money came in that fits no invoice. <a href="#/settings/payments">See what it is</a>
              </p>`
            : nothing
        }
        ${this.#tabs(query, counted)}
        <div class="row filters">
          ${this.#search.field(query, 'Number, customer or note')}${period(query)}${orderChoice(query, ORDERS)}
          ${list.items.length ? csvButton('/invoices', query, 'invoices') : nothing}
        </div>
        ${
          list.items.length
            ? html`${invoiceTable(list.items, {
                caption: query.state ? `${stateText(query.state)} invoices` : 'All invoices',
                seen: false,
                sort: sorting(query, USUAL, ['customer', 'dueOn']),
                selection: this.#selection,
              })}${this.#totals(list)}`
            : this.#nothing(query)
        }
        ${moreButton(list, (longer) => {
          this.state = { ...this.state, list: longer };
        })}
        ${this.#selection.bar((what, invoices) => this.#act(what, invoices), may(this, 'staffSend'))}
      </section>
      <bulk-dialog></bulk-dialog>
      <new-invoice-dialog @saved=${(event) => go(`/invoices/${event.detail.invoiceId}`)}></new-invoice-dialog>`;
  }
}
customElements.define('invoices-page', InvoicesPage);
