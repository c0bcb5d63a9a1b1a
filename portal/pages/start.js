// The start page: running timers, what waits, what is owed, the last months; for a new firm, the first steps.
/** @import {Overview} from '../types/model' */
import { get } from '../core/api.js';
import { now } from '../core/clock.js';
import { manner, minutes, money, today } from '../core/format.js';
import { may } from '../parts/may.js';
import { Page } from '../parts/page.js';
import { columns, key } from '../parts/chart.js';
import '../tracking/running-now.js';
import { num, sums, table } from '../parts/tables.js';
import { minutesOf, timeOf, weekOf } from '../parts/weeks.js';
import { html, nothing } from '../vendor/lit.js';

const monthName = (month, more) =>
  new Intl.DateTimeFormat('en', { month: 'short', timeZone: 'UTC', ...more }).format(new Date(`${month}-01T00:00:00Z`));

class StartPage extends Page {
  static properties = { ...Page.properties, overview: { state: true }, lost: { state: true }, mine: { state: true } };
  #round = 0; // counts readings: only the last one is shown

  constructor() {
    super();
    /** @type {Overview | undefined} */
    this.overview = undefined;
    /**
     * The person's own time of this week.
     *
     * @type {{entries: import('../types/model').TimeEntry[], day: string} | undefined}
     */
    this.mine = undefined;
    /** Why the overview could not be read. @type {Error | null} */
    this.lost = null;
  }

  /** The sums take longer to compute: everything else is shown meanwhile. */
  async read() {
    const round = ++this.#round;
    if (may(this, 'staffReports')) {
      get('/reports/overview', { costly: true }).then(
        (overview) => {
          if (round === this.#round) {
            this.overview = overview;
            this.lost = null;
          }
        },
        (failed) => {
          if (round === this.#round) {
            this.lost = failed;
          }
        },
      );
    }
    this.#readMine().catch(() => {}); // what was read last stays
    const [{ services }, { customers }] = await Promise.all([get('/services'), get('/customers?limit=1')]);
    return { services, customers };
  }

  /** What the person worked this week, as far as it is logged. */
  async #readMine() {
    const round = this.#round;
    const day = today(now());
    const [from] = weekOf(day, manner().locale);
    const entries = await timeOf(this.me.staffId, from, day);
    if (round === this.#round) {
      this.mine = { entries, day };
    }
  }

  #hours(words, entries, to) {
    return html`<a class="card" href=${to}
      ><span class="muted">${words}</span>
      <p class="figure">${entries ? minutes(minutesOf(entries)) : '\u2026'}</p>
      <small>${entries?.length ? sums(entries, ({ amount }) => amount) : '\u00a0'}</small></a
    >`;
  }

  #myTime() {
    const { entries, day } = this.mine ?? {};
    return html`${this.#hours(
      'My time today',
      entries?.filter(({ workedOn }) => workedOn === day),
      '#/time?view=day',
    )}
    ${this.#hours('My time this week', entries, '#/time?view=week')}`;
  }

  /** What a firm has to do before its first timer, in order. */
  #steps({ services, customers }) {
    const { firm } = this;
    return [
      {
        words: 'Say who your firm is: its address, taxes and logo',
        to: '#/welcome',
        done: Boolean(firm.address) || this.me.role !== 'owner', // it keeps nobody from working
        owners: true,
      },
      {
        words: 'Set up payments, so that customers can pay by card',
        to: '#/settings/payments',
        done: firm.payments.status === 'ready',
        owners: true,
      },
      {
        words: 'Add a paid service with its hourly rate',
        to: '#/settings/services',
        done: services.some((service) => service.active),
        owners: true,
      },
      { words: 'Add your first customer', to: '#/customers', done: customers.length > 0 },
    ];
  }

  #firstSteps(steps) {
    return html`<section class="card" aria-label="First steps">
      <h2>First steps</h2>
      <p class="muted">A few things, and the first hour can be billed.</p>
      <ol class="plain steps">
        ${steps.map(
          (step, at) =>
            html`<li>
              ${
                step.done
                  ? html`<span class="pill ok"><span aria-hidden="true">✓</span><span class="sr">Done</span></span
                      ><s>${step.words}</s>`
                  : step.owners && this.me.role !== 'owner'
                    ? html`<span class="pill quiet">${at + 1}</span
                        ><span>${step.words} <small>An owner of your firm does this.</small></span>`
                    : html`<span class="pill quiet">${at + 1}</span><a href=${step.to}>${step.words}</a>`
              }
            </li>`,
        )}
      </ol>
    </section>`;
  }

  #card(words, sum, currency, to, [one, many], kind = '') {
    const { count, amount } = sum ?? {};
    return html`<a class="card ${count ? kind : ''}" href=${to}
      ><span class="muted">${words}</span>
      <p class="figure">${currency ? money(amount, currency) : '\u2026'}</p>
      <small>${count === 1 ? `1 ${one}` : count === undefined ? '\u00a0' : `${count} ${many}`}</small></a
    >`;
  }

  #cards(/** @type {Partial<Overview>} */ { currency, drafts, overdue, unbilled }) {
    return html`<div class="cards">
      ${this.#myTime()} ${this.#card('Drafts waiting', drafts, currency, '#/invoices?state=draft', ['draft', 'drafts'])}
      ${this.#card('Overdue', overdue, currency, '#/invoices?state=overdue', ['invoice', 'invoices'], 'alarm')}
      ${this.#card('Unbilled time', unbilled, currency, '#/time?state=unbilled', ['entry', 'entries'])}
    </div>`;
  }

  #chart(/** @type {Partial<Overview>} */ { months = [], currency = '' }) {
    // A young firm has few months: the chart begins with the first one, and shows half a year at least.
    const begun = months.findIndex(({ billed, paid }) => billed || paid);
    const any = begun >= 0;
    const rows = months.slice(Math.max(0, Math.min(begun, 6))).map(({ month, billed, paid }) => ({
      label: monthName(month),
      title: monthName(month, { year: 'numeric' }),
      billed,
      paid,
    }));
    return html`<section class="card stack" aria-labelledby="months">
      <div class="row apart">
        <h2 id="months">Billed and paid</h2>
        ${any ? key : nothing}
      </div>
      ${
        any
          ? html`${columns(rows, currency)}
              <details>
                <summary>The same as a table</summary>
                ${table(
                  'Billed and paid by month',
                  ['Month', num('Billed'), num('Paid')],
                  rows.toReversed().map(
                    (row) =>
                      html`<tr>
                        <th scope="row">${row.title}</th>
                        <td class="num" data-label="Billed">${money(row.billed, currency)}</td>
                        <td class="num" data-label="Paid">${money(row.paid, currency)}</td>
                      </tr>`,
                  ),
                  { seen: false },
                )}
              </details>`
          : this.overview
            ? html`<p class="muted">
                Here you see month by month what was billed and paid, from the first invoice on.
              </p>`
            : html`<p class="chart"></p>`
      }
    </section>`;
  }

  content(state) {
    const steps = this.#steps(state);
    const overview = this.overview ?? {};
    const ready = steps.every((step) => step.done);
    return html`<div class="head">
        <h1>${this.firm.name}</h1>
        <a class="button ${ready ? 'primary' : ''}" href="#/customers">Choose a customer to track</a>
      </div>
      <div class="stack">
        ${ready ? nothing : this.#firstSteps(steps)}
        ${this.lost ? html`<p class="hint">The sums cannot be shown right now. ${this.lost.message}</p>` : nothing}
        ${
          may(this, 'staffReports') ? this.#cards(overview) : html`<div class="cards">${this.#myTime()}</div>`
        }<running-now .me=${this.me}></running-now>
        ${may(this, 'staffReports') ? this.#chart(overview) : nothing}
      </div>`;
  }
}
customElements.define('start-page', StartPage);
