// Invoices by state.
import { money } from '../core/format.js';
import { Page } from '../core/page.js';
import { filter } from '../core/router.js';
import { firstPage, moreButton } from '../parts/list.js';
import { invoiceTable } from '../parts/tables.js';
import { stateWords } from '../parts/words.js';
import { html, nothing } from '../vendor/lit.js';

const STATES = ['draft', 'sent', 'overdue', 'partlyPaid', 'paid', 'undeliverable', 'void'];

class InvoicesPage extends Page {
  read({ query: { state, customerId, from, to } }) {
    return firstPage('/invoices', 'invoices', { state, customerId, from, to });
  }

  #totals(items) {
    const sums = new Map();
    for (const { currency, amountDue, state } of items) {
      if (state !== 'void' && state !== 'draft') {
        sums.set(currency, (sums.get(currency) ?? 0) + amountDue);
      }
    }
    return [...sums].map(([currency, sum]) => money(sum, currency)).join(', ');
  }

  #period(name, event) { filter({ ...this.place.query, [name]: event.target.value }); }

  content(list) {
    const { query } = this.place;
    const to = (state) => `#/invoices${new URLSearchParams({ ...query, state }).toString().replace(/^(.+)$/, '?$1')}`;
    const all = { ...query };
    delete all.state;
    const totals = this.#totals(list.items);
    return html`<div class="head"><div><h1>Invoices</h1>${totals ? html`<p class="sub">To be paid of those shown: ${totals}</p>` : nothing}</div></div>
      <div class="stack"><nav class="tabs" aria-label="State"><a href="#/invoices${new URLSearchParams(all).toString().replace(/^(.+)$/, '?$1')}" aria-current=${query.state ? nothing : 'page'}>All</a>
        ${STATES.map((state) => html`<a href=${to(state)} aria-current=${query.state === state ? 'page' : nothing}>${stateWords(state)}</a>`)}</nav>
      <div class="card stack period">
        <div class="row"><label class="field"><span>From</span><input type="date" .value=${query.from ?? ''} @change=${(event) => this.#period('from', event)}></label>
          <label class="field"><span>To</span><input type="date" .value=${query.to ?? ''} @change=${(event) => this.#period('to', event)}></label></div>
        ${list.items.length ? invoiceTable(list.items, { caption: query.state ? `${stateWords(query.state)} invoices` : 'All invoices' })
          : html`<div class="empty"><p>${query.state || query.from || query.to ? 'No invoices like that.' : 'No invoices yet. Track time for a customer, and a draft is made when you stop.'}</p>
              ${query.state || query.from || query.to ? html`<a class="button" href="#/invoices">Show all invoices</a>` : html`<a class="button primary" href="#/customers">Choose a customer</a>`}</div>`}
        ${moreButton(list, (longer) => { this.state = longer; })}</div></div>`;
  }
}
customElements.define('invoices-page', InvoicesPage);
