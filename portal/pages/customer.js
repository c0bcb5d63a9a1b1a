// Customer Detail: who they are, Track in the left panel, their time and their invoices.
import { get } from '../core/api.js';
import { minutes, money } from '../core/format.js';
import { known } from '../core/known.js';
import { Page } from '../core/page.js';
import '../parts/customer-dialog.js';
import '../parts/entry-dialog.js';
import { icon } from '../parts/icons.js';
import { firstPage, moreButton } from '../parts/list.js';
import { show } from '../parts/say.js';
import { invoiceTable, timeTable } from '../parts/tables.js';
import { html, nothing } from '../vendor/lit.js';

class CustomerPage extends Page {
  async read({ parameters: { customerId } }) {
    const [customer, time, invoices, { services }] = await Promise.all([
      get(`/customers/${customerId}`),
      firstPage('/time-entries', 'timeEntries', { customerId, limit: 20 }),
      firstPage('/invoices', 'invoices', { customerId, limit: 20 }),
      known('/services')]);
    return { customer, time, invoices, services };
  }

  /** The customer that the shortcut tracks. */
  get trackable() { return this.state?.customer.active ? this.state.customer : null; }

  #track(customer) {
    this.dispatchEvent(new CustomEvent('track', { detail: customer, bubbles: true }));
  }

  #panel({ customer, services }) {
    const rates = Object.entries(customer.rates ?? {});
    return html`<aside class="panel card" aria-label="Customer">
      <button class="primary" ?disabled=${!customer.active} @click=${() => this.#track(customer)}>${icon('track')}Track</button>
      ${customer.active ? nothing : html`<p class="hint">This customer is inactive. Edit it to track time again.</p>`}
      <dl><div><dt>E-mail</dt><dd><a href="mailto:${customer.email}">${customer.email.split('@')[0]}<wbr>@${customer.email.split('@')[1]}</a></dd></div>
        ${customer.address ? html`<div><dt>Address</dt><dd>${customer.address}</dd></div>` : nothing}
        ${rates.length ? html`<div><dt>Rates of their own</dt><dd>${rates.map(([serviceId, rate]) =>
          `${services.find((each) => each.serviceId === serviceId)?.name}: ${money(rate, this.firm.currency)}/h`).join('\n')}</dd></div>` : nothing}
        ${customer.sendAutomatically ? html`<div><dt>Invoices</dt><dd>Sent as soon as they are drafted</dd></div>` : nothing}</dl>
      <button @click=${() => this.querySelector('customer-dialog').open(customer)}>Edit</button>
      <button @click=${() => this.querySelector('entry-dialog').open({ customerId: customer.customerId })}>Add time by hand</button>
    </aside>`;
  }

  #unbilled({ items }) {
    const open = items.filter((entry) => !entry.invoiceId);
    return open.length ? html`<p class="sub">Unbilled: ${minutes(open.reduce((sum, entry) => sum + entry.billedMinutes, 0))}</p>` : nothing;
  }

  content(state) {
    const { customer, time, invoices } = state;
    const edit = (entry) => this.querySelector('entry-dialog').open(entry);
    return html`<div class="head"><div><h1>${customer.name}</h1>${this.#unbilled(time)}</div></div>
      <div class="with-panel">${this.#panel(state)}
        <div class="stack">
          <section class="card stack">${invoices.items.length ? invoiceTable(invoices.items, { caption: 'Invoices', customer: false })
            : html`<h2>Invoices</h2><p class="muted">No invoices yet. Track time, and the draft is here when you stop.</p>`}
            ${moreButton(invoices, (longer) => { this.state = { ...state, invoices: longer }; })}</section>
          <section class="card stack">${time.items.length ? timeTable(time.items, { caption: 'Time', customer: false, edit })
            : html`<h2>Time</h2><p class="muted">No time yet. Press Track to start.</p>`}
            ${moreButton(time, (longer) => { this.state = { ...state, time: longer }; })}</section>
        </div></div>
      <customer-dialog @saved=${(event) => { show('Saved'); event.done = this.load(true); }}></customer-dialog>
      <entry-dialog @saved=${(event) => { show('Saved'); event.done = this.load(true); }}></entry-dialog>`;
  }
}
customElements.define('customer-page', CustomerPage);
