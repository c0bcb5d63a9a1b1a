// Time: who runs what now, what is unbilled, what is billed; unbilled time becomes an invoice.
import { get, post } from '../core/api.js';
import { moment } from '../core/format.js';
import { Page } from '../core/page.js';
import { filter, go } from '../core/router.js';
import '../parts/entry-dialog.js';
import { firstPage, moreButton } from '../parts/list.js';
import { show } from '../parts/say.js';
import { timeTable } from '../parts/tables.js';
import { html, nothing } from '../vendor/lit.js';

const STATES = [['', 'All'], ['unbilled', 'Unbilled'], ['drafted', 'On drafts'], ['billed', 'Billed']];

class TimePage extends Page {
  #chosen = new Map();

  async read({ query: { state, from, to } }) {
    const [time, { timers }] = await Promise.all([
      firstPage('/time-entries', 'timeEntries', { state, from, to }), get('/timers')]);
    this.#chosen.clear();
    return { time, timers };
  }

  #choose = {
    chosen: this.#chosen,
    toggle: (entry, on) => {
      if (on) {
        this.#chosen.set(entry.timeEntryId, entry);
      } else {
        this.#chosen.delete(entry.timeEntryId);
      }
      this.requestUpdate();
    },
  };

  async #invoice() {
    const entries = [...this.#chosen.values()];
    try {
      const invoice = await post('/invoices',
        { customerId: entries[0].customerId, timeEntryIds: entries.map((entry) => entry.timeEntryId) });
      go(`/invoices/${invoice.invoiceId}`);
    } catch (failed) {
      show(failed.message);
    }
  }

  #period(name, event) { filter({ ...this.place.query, [name]: event.target.value }); }

  #running(timers) {
    return html`<section class="card"><h2>Running now</h2>${timers.length
      ? html`<ul class="plain stack">${timers.map((timer) => html`<li class="row apart"><span><span class="dot"></span><b>${timer.staffName}</b> · <a href="#/customers/${timer.customerId}">${timer.customerName}</a> · ${timer.serviceName}</span>
          <span class="muted">since ${moment(timer.startedAt)}</span></li>`)}</ul>`
      : html`<p class="muted">No timer is running.</p>`}</section>`;
  }

  content({ time, timers }) {
    const { query } = this.place;
    const chosen = [...this.#chosen.values()];
    const oneCustomer = new Set(chosen.map((entry) => entry.customerId)).size === 1;
    return html`<div class="head"><h1>Time</h1><button @click=${() => this.querySelector('entry-dialog').open({})}>Add time by hand</button></div>
      <div class="stack">${this.#running(timers)}
      <nav class="tabs" aria-label="State">${STATES.map(([state, words]) => html`<a href="#/time${state ? `?state=${state}` : ''}" aria-current=${(query.state ?? '') === state ? 'page' : nothing}>${words}</a>`)}</nav>
      <section class="card stack">
        <div class="row"><label class="field"><span>From</span><input type="date" .value=${query.from ?? ''} @change=${(event) => this.#period('from', event)}></label>
          <label class="field"><span>To</span><input type="date" .value=${query.to ?? ''} @change=${(event) => this.#period('to', event)}></label></div>
        ${time.items.length ? timeTable(time.items, { caption: 'Time entries', choose: this.#choose, edit: (entry) => this.querySelector('entry-dialog').open(entry) })
          : html`<div class="empty"><p>No time here. Track a customer, or add time by hand.</p><a class="button primary" href="#/customers">Choose a customer</a></div>`}
        ${moreButton(time, (longer) => { this.state = { ...this.state, time: longer }; })}
        ${chosen.length ? html`<div class="row end">${oneCustomer ? nothing : html`<p class="hint">An invoice is for one customer: choose time of one only.</p>`}
          <button class="primary" ?disabled=${!oneCustomer} @click=${this.#invoice}>Put ${chosen.length} on an invoice</button></div>` : nothing}
      </section></div>
      <entry-dialog @saved=${(event) => { show('Saved'); event.done = this.load(true); }}></entry-dialog>`;
  }
}
customElements.define('time-page', TimePage);
