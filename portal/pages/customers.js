// All customers, and the search for one.
import { Page } from '../core/page.js';
import { filter, go } from '../core/router.js';
import '../parts/customer-dialog.js';
import { icon } from '../parts/icons.js';
import { firstPage, moreButton } from '../parts/list.js';
import { html, nothing } from '../vendor/lit.js';

class CustomersPage extends Page {
  #typing;

  read({ query }) {
    return firstPage('/customers', 'customers', { search: query.search });
  }

  #search(event) {
    clearTimeout(this.#typing);
    const { value } = event.target;
    this.#typing = setTimeout(() => filter({ search: value.trim() }), 200);
  }

  #add() { this.querySelector('customer-dialog').open({ active: true }); }

  content(list) {
    const { search } = this.place.query;
    return html`<div class="head"><h1>Customers</h1><button class="primary" @click=${this.#add}>${icon('add')}Add customer</button></div>
      <div class="card stack">
        <label class="field"><span>Search</span><input type="search" .value=${search ?? ''} placeholder="Name or e-mail" @input=${this.#search}></label>
        ${list.items.length ? html`<div class="scroll" tabindex="0" role="region" aria-label="Customers"><table class="folds">
            <thead><tr><th scope="col">Name</th><th scope="col">E-mail</th><th scope="col">State</th><th scope="col"><span class="sr">Track</span></th></tr></thead>
            <tbody>${list.items.map((customer) => html`<tr>
              <th scope="row"><a href="#/customers/${customer.customerId}">${customer.name}</a></th><td data-label="E-mail">${customer.email}</td>
              <td data-label="State">${customer.active ? html`<span class="pill ok">Active</span>` : html`<span class="pill quiet">Inactive</span>`}</td>
              <td class="num">${customer.active ? html`<button class="plain" aria-label="Track ${customer.name}"
                @click=${() => this.dispatchEvent(new CustomEvent('track', { detail: customer, bubbles: true }))}>Track</button>` : nothing}</td></tr>`)}</tbody></table></div>`
          : search ? html`<div class="empty"><p>No customer’s name or e-mail contains “${search}”.</p>
              <button @click=${() => filter({})}>Show all customers</button></div>`
          : html`<div class="empty"><p>There are no customers yet. Add the first one to track time for them.</p>
              <button class="primary" @click=${this.#add}>Add customer</button></div>`}
        ${moreButton(list, (longer) => { this.state = longer; })}
      </div>
      <customer-dialog @saved=${(event) => go(`/customers/${event.detail.customerId}`)}></customer-dialog>`;
  }
}
customElements.define('customers-page', CustomersPage);
