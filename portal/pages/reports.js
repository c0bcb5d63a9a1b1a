// The reports page: what became of measured time, by customer, service or member of staff.
/** @import {Place} from '../types/portal' */
import { get, queryString } from '../core/api.js';
import { now, synchronised } from '../core/clock.js';
import { minutes, money, today } from '../core/format.js';
import { Page } from '../parts/page.js';
import { bars, key } from '../parts/chart.js';
import { period, tabs } from '../parts/filters.js';
import { cell, elapsed, num, sums, table } from '../parts/tables.js';
import { html } from '../vendor/lit.js';

const BY = [
  ['', 'By customer'],
  ['service', 'By service'],
  ['staff', 'By member of staff'],
];
const DRAWN = 12;

/** The first day of the month that is so many months after that of a day; negative numbers go back. */
function month(day, months) {
  const [year, at] = day.split('-').map(Number);
  return new Date(Date.UTC(year, at - 1 + months, 1)).toISOString().slice(0, 10);
}

/** Keeps a period within twelve months: if one end is moved too far, the other one follows. */
function within(query, changed) {
  const { from, to } = query;
  return from <= to && from >= month(to, -11)
    ? query
    : changed === 'from'
      ? { ...query, to: month(from, 11) }
      : { ...query, from: month(to, -11) };
}

class ReportsPage extends Page {
  /** The last twelve months, unless something else is asked for. */
  #asked(/** @type {Record<string, string>} */ { by, from, to }) {
    const until = to || today(now());
    return { by: by ?? 'customer', from: from || month(until, -11), to: until };
  }

  /** @param {Place} place */
  async read({ query: asked }) {
    if (!asked.to) {
      await synchronised; // this device's clock may be wrong, which would end the period on another day
    }
    return (await get(`/reports/realisation${queryString(this.#asked(asked))}`, { costly: true })).rows;
  }

  #row(by, row) {
    return html`<tr>
      <th scope="row">${by === 'customer' ? html`<a href="#/customers/${row.id}">${row.name}</a>` : row.name}</th>
      ${cell('Measured', elapsed(row.measuredSeconds), 'num')}${cell('Billed time', minutes(row.billedMinutes), 'num')}
      ${cell('Billed', money(row.billed, row.currency), 'num')}${cell('Paid', money(row.paid, row.currency), 'num')}
      ${cell('Paid of billed', row.billed ? `${Math.round((row.paid / row.billed) * 100)} %` : '', 'num')}
    </tr>`;
  }

  #foot(rows) {
    const add = (name) => rows.reduce((sum, row) => sum + row[name], 0);
    return html`<tr>
      <th scope="row">In all</th>
      ${cell(
        'Measured',
        elapsed(add('measuredSeconds')),
        'num',
      )}${cell('Billed time', minutes(add('billedMinutes')), 'num')}
      ${cell(
        'Billed',
        sums(rows, (row) => row.billed),
        'num',
      )}${cell(
        'Paid',
        sums(rows, (row) => row.paid),
        'num',
      )}
      <td></td>
    </tr>`;
  }

  content(rows) {
    const asked = this.#asked(this.place.query);
    const { query: given } = this.place;
    const largest = rows.toSorted((one, other) => other.billed - one.billed).slice(0, DRAWN);
    return html`<div class="head"><h1>Reports</h1></div>
      <section class="card stack" aria-labelledby="realisation">
        <div>
          <h2 id="realisation">Realisation</h2>
          <p class="muted">What was measured, billed and paid of the time worked in a period, taxes left out.</p>
        </div>
        ${tabs(given, BY, 'by')}
        <div class="row filters">
          ${period(asked, (query, changed) => within({ from: asked.from, to: asked.to, ...query }, changed))}
        </div>
        ${
          rows.length
            ? html`${bars(largest.map((row) => ({ ...row, label: row.name })))}${key}
              ${
                rows.length > DRAWN
                  ? html`<p class="muted">Drawn are the ${DRAWN} with the most billed; the table has all.</p>`
                  : ''
              }
              ${table(
                BY.find(([by]) => by === (given.by ?? ''))?.[1] ?? '',
                ['Name', num('Measured'), num('Billed time'), num('Billed'), num('Paid'), num('Paid of billed')],
                rows.map((row) => this.#row(asked.by, row)),
                { seen: false, foot: this.#foot(rows) },
              )}`
            : html`<div class="empty">
                <p>No time of this period was billed. Send an invoice, and it is counted here.</p>
                <a class="button" href="#/invoices?state=draft">See the drafts</a>
              </div>`
        }
      </section>`;
  }
}
customElements.define('reports-page', ReportsPage);
