// The list of customers, with a search.
/** @import {Place} from '../types/portal' */
import { Page } from '../parts/page.js';
import { filter, filtered, go } from '../core/address.js';
import { date, money, today } from '../core/format.js';
import { csvButton, SearchField } from '../parts/filters.js';
import { icon } from '../parts/icons.js';
import { openDialog } from '../parts/lazy.js';
import { firstPage, moreButton, morePages } from '../parts/paged-list.js';
import { cell, emailText, hiddenName, table, toolButton, toolCell } from '../parts/tables.js';
import { inOrder, orderChoice, orderOf, sorting } from '../parts/sorting.js';
import { inactivePill } from '../parts/states.js';
import { track } from '../tracking/track.js';
import '../tracking/track-dialog.js'; // here at once, so that time can be started without a network
import { html, nothing } from '../vendor/lit.js';

/**
 * Which customers a place lists: with inactive ones, else without; whoever searches looks for all.
 *
 * @param {Record<string, string>} query
 */
const listed = ({ search = '', inactive }) => ({
  search: search.trim(),
  active: inactive || search.trim() ? '' : 'true',
});

const lastActivity = ({ sums: { lastActivityAt } }) => (lastActivityAt ? date(today(Date.parse(lastActivityAt))) : '');

const MOST = 1000; // customers that are sorted: so many are read, and the server reads much for each page of them
const USUAL = { sort: 'name', order: 'asc' };
const RISING = ['name'];
const ORDERS = [
  ['', 'Name'],
  ['unbilled desc', 'Most unbilled'],
  ['open desc', 'Most open'],
  ['lastActivityAt desc', 'Latest activity'],
];

/** What customers are sorted by; sums in the firm's currency. */
const placed = (customer, key) => (key === 'name' ? customer.name : (customer.sums[key] ?? ''));

class CustomersPage extends Page {
  #search = new SearchField(this);

  /** @param {Place} place */
  async read({ query }) {
    const limit = query.sort ? 100 : undefined;
    let list = await firstPage('/customers', 'customers', { ...listed(query), sums: 'true', limit });
    while (query.sort && list.next && list.items.length < MOST) {
      list = await morePages(list);
    }
    return list;
  }

  #add() {
    openDialog(
      this,
      'customer-dialog',
      () => import('../parts/customer-dialog.js'),
      () => ({ active: true }),
    );
  }

  #row(customer) {
    return html`<tr>
      <th scope="row">
        <a href="#/customers/${customer.customerId}">${customer.name}</a> ${inactivePill(customer, 'Inactive')}
      </th>
      ${cell('Email', emailText(customer.email), 'whole desk')}${this.#sum('Unbilled', customer, 'unbilled')}
      ${this.#sum('Open', customer, 'open')} ${cell('Last activity', lastActivity(customer), 'day')}
      ${toolCell(customer.active ? toolButton('Track', customer.name, () => track(customer)) : nothing)}
    </tr>`;
  }

  /** An amount in each currency, and how much of it is overdue. */
  #sum(label, { sums }, name) {
    const amounts = [sums, ...sums.others].filter((sum) => sum[name]);
    return cell(
      label,
      amounts.length
        ? amounts.map(
            (sum) =>
              html`<div>${money(sum[name], sum.currency)}</div>
                ${
                  name === 'open' && sum.overdue
                    ? html`<small class="problem">${money(sum.overdue, sum.currency)} overdue</small>`
                    : nothing
                }`,
          )
        : '',
      'num',
    );
  }

  /** @param {Record<string, string>} query */
  #nothing({ search, inactive }) {
    return search
      ? html`<div class="empty">
          <p>No customer’s name or email contains “${search}”.</p>
          <button @click=${() => filter({ inactive })}>Clear the search</button>
        </div>`
      : html`<div class="empty">
          <p>
            ${inactive ? 'There are no customers yet.' : 'There are no active customers.'} Add one to track time for
            them, or bring all in from a file.
          </p>
          <div class="row">
            <button class="primary" @click=${this.#add}>Add customer</button
            ><a class="button" href="#/settings/import">Import customers</a>
          </div>
        </div>`;
  }

  content(list) {
    const { query } = this.place;
    const empty = !list.items.length && !query.search;
    const sort = sorting(query, USUAL, RISING);
    const customers = query.sort ? inOrder(list.items, orderOf(query, USUAL, RISING), placed) : list.items;
    return html`<div class="head">
        <h1>Customers</h1>
        ${empty ? nothing : html`<button class="primary" @click=${this.#add}>${icon('add')}Add customer</button>`}
      </div>
      <div class="card stack">
        <div class="row filters">
          ${this.#search.field(query, 'Name or email')}${list.items.length ? orderChoice(query, ORDERS) : nothing}
          ${
            query.search
              ? nothing
              : html`<a class="button" href=${filtered({ ...query, inactive: query.inactive ? '' : 'yes' })}
                  >${query.inactive ? 'Hide inactive' : 'Show inactive'}</a
                >`
          }
          ${
            list.items.length
              ? html`${csvButton('/customers', listed(query), 'customers')}<a class="button" href="#/settings/import"
                    >Import</a
                  >`
              : nothing
          }
        </div>
        ${
          list.items.length
            ? table(
                'Customers',
                [
                  sort('Name', 'name'),
                  'Email',
                  sort('Unbilled', 'unbilled', 'num'),
                  sort('Open', 'open', 'num'),
                  sort('Last activity', 'lastActivityAt'),
                  hiddenName('Track'),
                ],
                customers.map((customer) => this.#row(customer)),
                { seen: false, lead: true, kind: 'people' },
              )
            : this.#nothing(query)
        }
        ${
          query.sort && list.next
            ? html`<p class="hint">
                These are the first ${list.items.length} by name. Search for a name or an email to sort fewer.
              </p>`
            : nothing
        }
        ${moreButton(list, (longer) => {
          this.state = longer;
        })}
      </div>
      <customer-dialog @saved=${(event) => go(`/customers/${event.detail.customerId}`)}></customer-dialog>`;
  }
}
customElements.define('customers-page', CustomersPage);
