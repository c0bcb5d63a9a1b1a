// The list of time entries, with the running timers; unbilled time is put on an invoice.
/** @import {Place} from '../types/portal' */
import { get } from '../core/api.js';
import { minutes } from '../core/format.js';
import { Page } from '../parts/page.js';
import { TimeSelection } from '../parts/time-selection.js';
import { csvButton, narrow, period, tabs } from '../parts/filters.js';
import { openDialog } from '../parts/lazy.js';
import { firstPage, moreButton } from '../parts/paged-list.js';
import '../tracking/running-now.js';
import { showMessage } from '../parts/messages.js';
import { sums, timeTable } from '../parts/tables.js';
import { html, nothing } from '../vendor/lit.js';

const STATES = [
  ['', 'All'],
  ['unbilled', 'Unbilled'],
  ['drafted', 'On drafts'],
  ['billed', 'Billed'],
];

class TimePage extends Page {
  #selection = new TimeSelection(this);

  /** @param {Place} place */
  async read({ query: { state, staffId, customerId, from, to } }) {
    const [time, { staff }, customer] = await Promise.all([
      firstPage('/time-entries', 'timeEntries', { state, staffId, customerId, from, to }),
      get('/staff'),
      customerId ? get(`/customers/${customerId}`) : null,
    ]);
    this.#selection.clear();
    return { time, staff, customer };
  }

  #nothing(query) {
    return Object.values(query).some(Boolean)
      ? html`<div class="empty">
          <p>No time like that.</p>
          <a class="button" href="#/time">Show all time</a>
        </div>`
      : html`<div class="empty">
          <p>No time yet. Track a customer, or add time by hand.</p>
          <a class="button primary" href="#/customers">Choose a customer</a>
        </div>`;
  }

  content({ time, staff, customer }) {
    const { query } = this.place;
    const { items } = time;
    const edit = (entry) =>
      openDialog(
        this,
        'entry-dialog',
        () => import('../parts/entry-dialog.js'),
        () => entry,
      );
    return html`<div class="head">
        <h1>Time${customer ? ` for ${customer.name}` : ''}</h1>
        <button @click=${() => edit(customer ?? {})}>Add time by hand</button>
      </div>
      <div class="stack">
        <running-now .me=${this.me}></running-now>
        <section class="card stack" aria-label="Time">
          ${tabs(query, STATES)}
          <div class="row filters">
            ${period(query)}${
              staff.length > 1
                ? narrow(query, 'staffId', 'By', [
                    ['', 'Everyone'],
                    ...staff.map(({ staffId, name }) => [staffId, name]),
                  ])
                : nothing
            }
            ${items.length ? csvButton('/time-entries', query, 'time') : nothing}
          </div>
          ${
            items.length
              ? timeTable(items, {
                  caption: 'Time entries',
                  selection: this.#selection,
                  me: this.me,
                  edit,
                })
              : this.#nothing(query)
          }
          ${
            items.length
              ? html`<p class="muted">
                  ${time.next ? 'Shown so far' : 'In all'}:
                  ${minutes(items.reduce((sum, entry) => sum + entry.billedMinutes, 0))} billed,
                  ${sums(items, (entry) => entry.amount)}
                </p>`
              : nothing
          }
          ${moreButton(time, (longer) => {
            this.state = { ...this.state, time: longer };
          })}
          ${this.#selection.bar()}
        </section>
      </div>
      <entry-dialog
        @saved=${(event) => {
          showMessage('Saved');
          event.done = this.load(true);
        }}
      ></entry-dialog>`;
  }
}
customElements.define('time-page', TimePage);
