// Time as a list, with the running timers, from which unbilled time is put on an invoice; or by day and by week.
/** @import {Place} from '../types/portal' */
import { get } from '../core/api.js';
import { now } from '../core/clock.js';
import { date, dateRange, manner, minutes, today } from '../core/format.js';
import { filter, filtered } from '../core/address.js';
import { daysAfter } from '../core/days.js';
import { continueWork } from '../tracking/continue.js';
import { Page } from '../parts/page.js';
import { TimeSelection } from '../parts/time-selection.js';
import { csvButton, narrow, period, tabs } from '../parts/filters.js';
import { icon } from '../parts/icons.js';
import { needFile, openDialog } from '../parts/lazy.js';
import { minutesOf, timeOf, weekOf } from '../parts/weeks.js';
import { firstPage, moreButton } from '../parts/paged-list.js';
import '../tracking/running-now.js';
import { showMessage } from '../parts/messages.js';
import { timeTable } from '../parts/listed-tables.js';
import { sums } from '../parts/tables.js';
import { html, nothing } from '../vendor/lit.js';

const STATES = [
  ['', 'All'],
  ['unbilled', 'Unbilled'],
  ['drafted', 'On drafts'],
  ['billed', 'Billed'],
  ['nonBillable', 'Not billed'],
];

const VIEWS = [
  ['', 'List'],
  ['day', 'Day'],
  ['week', 'Week'],
];

class TimePage extends Page {
  #selection = new TimeSelection(this);

  /** @param {Place} place */
  async read({ query }) {
    return query.view === 'day' || query.view === 'week' ? this.#readDays(query) : this.#readList(query);
  }

  /** The time of one person, of a day or a week. @param {Record<string, string>} query */
  async #readDays({ view, on, staffId = this.me.staffId }) {
    const day = /^\d{4}-\d\d-\d\d$/.test(on ?? '') ? on : today(now());
    const days = view === 'week' ? weekOf(day, manner().locale) : [day];
    const [time, { staff }] = await Promise.all([
      timeOf(staffId, days[0], days[days.length - 1]),
      get('/staff'),
      view === 'week' && needFile(this, () => import('../parts/week-grid.js')),
    ]);
    return { view, day, days, staffId, staff, time, customer: null };
  }

  /** @param {Record<string, string>} query */
  async #readList({ state, staffId, customerId, from, to }) {
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
          <p>No time fits these filters.</p>
          <a class="button" href="#/time">Show all time</a>
        </div>`
      : html`<div class="empty">
          <p>No time yet. Track a customer, or add time by hand.</p>
          <a class="button" href="#/customers">Choose a customer</a>
        </div>`;
  }

  /** What new time begins with: the customer whose time is shown, or the day. */
  #fresh = ({ customer, view, day }) => (customer ? { customerId: customer.customerId } : { on: view && day });

  content(state) {
    const { query } = this.place;
    const edit = (entry) =>
      openDialog(
        this,
        'entry-dialog',
        () => import('../parts/entry-dialog.js'),
        () => entry,
      );
    return html`<div class="head">
        <h1>Time${state.customer ? ` for ${state.customer.name}` : ''}</h1>
        <div class="row">
          ${tabs(state.view ? { view: state.view, on: query.on, staffId: query.staffId } : query, VIEWS, 'view', 'As')}
          <button class="primary" @click=${() => edit(this.#fresh(state))}>Add time by hand</button>
        </div>
      </div>
      ${state.view ? this.#days(state, edit) : this.#list(state, edit)}
      <entry-dialog
        @saved=${(event) => {
          showMessage('Saved');
          event.done = this.load(true);
        }}
      ></entry-dialog>`;
  }

  /** A day, or a week, of one person. */
  #days({ view, day, days, staffId, staff, time }, edit) {
    const { query } = this.place;
    const here = today(now());
    const step = view === 'week' ? 7 : 1;
    const words = view === 'week' ? dateRange(days[0], days[6]) : date(day);
    const to = (on) => filtered({ ...query, on });
    const go = (name, where, by) =>
      html`<a class="button icon" aria-label="${where} ${view}" title="${where} ${view}" href=${to(daysAfter(day, by))}
        >${icon(name)}</a
      >`;
    return html`<section class="card stack" aria-label=${view === 'week' ? 'Week' : 'Day'}>
      <div class="row apart filters">
        <div class="row">
          ${go('back', 'Previous', -step)}
          <h2>${words}</h2>
          ${go('forth', 'Next', step)}
          ${days.includes(here) ? nothing : html`<a href=${to('')}>${view === 'week' ? 'This week' : 'Today'}</a>`}
        </div>
        ${
          staff.length > 1
            ? html`<label class="field"
                ><span>By</span>
                <select @change=${(event) => filter({ ...query, staffId: event.target.value })}>
                  ${staff.map(
                    (each) =>
                      html`<option value=${each.staffId} ?selected=${each.staffId === staffId}>${each.name}</option>`,
                  )}
                </select></label
              >`
            : nothing
        }
      </div>
      ${
        view === 'week'
          ? html`<week-grid
              .days=${days}
              .time=${time}
              .me=${this.me}
              .staffId=${staffId}
              .today=${here}
              @go-on=${(event) => continueWork(event.detail)}
            ></week-grid>`
          : time.length
            ? html`${timeTable(time, {
                  caption: 'Time of the day',
                  seen: false,
                  ofDay: true,
                  me: this.me,
                  edit,
                  goOn: staffId === this.me.staffId ? continueWork : undefined,
                })}
                <p>
                  <b>${minutes(minutesOf(time))}</b>
                  <span class="muted">· ${sums(time, ({ amount }) => amount)}</span>
                </p>`
            : html`<div class="empty">
                <p>
                  No time on this
                  day.${staffId === this.me.staffId ? ' Track a customer, or add time by hand.' : nothing}
                </p>
              </div>`
      }
    </section>`;
  }

  #list({ time, staff }, edit) {
    const { query } = this.place;
    const { items } = time;
    if (!items.length && !Object.values(query).some(Boolean)) {
      return html`<div class="stack">
        <running-now .me=${this.me}></running-now>
        <section class="card" aria-label="Time">${this.#nothing(query)}</section>
      </div>`;
    }
    return html`<div class="stack">
      <running-now .me=${this.me}></running-now>
      <section class="card stack" aria-label="Time">
        ${tabs(query, STATES)}
        <div class="row filters">
          ${period(query)}${
            staff.length > 1
              ? narrow(query, 'staffId', 'By', [['', 'Everyone'], ...staff.map(({ staffId, name }) => [staffId, name])])
              : nothing
          }
          ${items.length ? csvButton('/time-entries', query, 'time') : nothing}
        </div>
        ${
          items.length
            ? timeTable(items, {
                caption: 'Time entries',
                seen: false,
                selection: this.#selection,
                me: this.me,
                edit,
                goOn: continueWork,
              })
            : this.#nothing(query)
        }
        ${
          items.length
            ? html`<p class="muted">
                ${time.next ? 'Shown so far' : 'In all'}:
                ${minutes(items.reduce((sum, entry) => sum + (entry.billable ? entry.billedMinutes : 0), 0))} billed,
                ${sums(items, (entry) => entry.amount)}
              </p>`
            : nothing
        }
        ${moreButton(time, (longer) => {
          this.state = { ...this.state, time: longer };
        })}
        ${this.#selection.bar()}
      </section>
    </div>`;
  }
}
customElements.define('time-page', TimePage);
