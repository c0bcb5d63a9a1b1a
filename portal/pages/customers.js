// The list of customers, with a search.
/** @import {Place} from '../types/portal' */
import { Page } from '../parts/page.js';
import { address, filter, go } from '../core/address.js';
import { icon } from '../parts/icons.js';
import { openDialog } from '../parts/lazy.js';
import { firstPage, moreButton } from '../parts/paged-list.js';
import { cell, hiddenName, table, toolButton, toolCell } from '../parts/tables.js';
import { inactivePill } from '../parts/states.js';
import { track } from '../tracking/track-dialog.js';
import { html, nothing } from '../vendor/lit.js';

class CustomersPage extends Page {
  #typing;
  #typed; // what is in the search field, until the address has it too

  /** @param {Place} place */
  read({ query }) {
    return firstPage('/customers', 'customers', { search: query.search?.trim() });
  }

  willUpdate(changed) {
    super.willUpdate(changed);
    if (changed.has('place') && !this.#typing) {
      this.#typed = undefined;
    }
  }

  #search(event) {
    clearTimeout(this.#typing);
    this.#typed = event.target.value;
    this.#typing = setTimeout(() => {
      this.#typing = undefined;
      if (address().path === this.place.path) {
        // else the page is about to be left
        filter({ search: this.#typed });
      }
    }, 200);
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
      ${cell('E-mail', customer.email)}
      ${toolCell(customer.active ? toolButton('Track', customer.name, () => track(customer)) : nothing)}
    </tr>`;
  }

  #nothing(search) {
    return search
      ? html`<div class="empty">
          <p>No customer’s name or e-mail contains “${search}”.</p>
          <button @click=${() => filter({})}>Show all customers</button>
        </div>`
      : html`<div class="empty">
          <p>There are no customers yet. Add the first one to track time for them, or bring all in from a file.</p>
          <div class="row">
            <button class="primary" @click=${this.#add}>Add customer</button
            ><a class="button" href="#/settings/import">Import customers</a>
          </div>
        </div>`;
  }

  content(list) {
    const { search } = this.place.query;
    return html`<div class="head">
        <h1>Customers</h1>
        <button class="primary" @click=${this.#add}>${icon('add')}Add customer</button>
      </div>
      <div class="card stack">
        <label class="field"
          ><span>Search</span
          ><input
            type="search"
            .value=${this.#typed ?? search ?? ''}
            placeholder="Name or e-mail"
            @input=${this.#search}
        /></label>
        ${
          list.items.length
            ? table(
                'Customers',
                ['Name', 'E-mail', hiddenName('Track')],
                list.items.map((customer) => this.#row(customer)),
                { seen: false },
              )
            : this.#nothing(search)
        }
        ${moreButton(list, (longer) => {
          this.state = longer;
        })}
      </div>
      <customer-dialog @saved=${(event) => go(`/customers/${event.detail.customerId}`)}></customer-dialog>`;
  }
}
customElements.define('customers-page', CustomersPage);
