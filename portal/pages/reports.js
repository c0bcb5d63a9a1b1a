// The reports page: what customers owe and what is yet to be billed by age, hours and utilization, and what became of
// measured time, by customer, service or member of staff.
/** @import {Place} from '../types/portal' */
import { get, queryString } from '../core/api.js';
import { now, synchronised } from '../core/clock.js';
import { minutes, money, percent, today } from '../core/format.js';
import { Page } from '../parts/page.js';
import { csvButton, narrow, period, tabs } from '../parts/filters.js';
import { needFile } from '../parts/lazy.js';
import { inOrder, orderOf, sorting } from '../parts/sorting.js';
import { cell, sums, table } from '../parts/tables.js';
import { html } from '../vendor/lit.js';

const BY = [
  ['', 'By customer'],
  ['service', 'By service'],
  ['staff', 'By member of staff'],
];
const REPORTS = [
  ['', 'Realization'],
  ['receivables', 'Receivables'],
  ['unbilled', 'Unbilled time'],
  ['hours', 'Hours'],
];
const DRAWN = 12;
/** The colour of fixed prices beside those of what is billed and paid. */
const FIXED = '#d9a441';
const USUAL = { sort: 'name', order: 'asc' };

/** The day so many days before another. */
const before = (day, days) => new Date(Date.parse(day) - days * 86_400_000).toISOString().slice(0, 10);
/** The Monday of a day's week. */
const monday = (day) => before(day, (new Date(day).getUTCDay() + 6) % 7);

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

/** Which columns a report needs beside the usual ones: those that have anything. */
const needed = (rows) => ({
  notBilled: rows.some((row) => row.nonBillableSeconds),
  fixedTime: rows.some((row) => row.fixedPriceSeconds),
  fixedPrice: rows.some((row) => row.fixedPriceBilled),
});

/** The times of a row: what was measured, how much of it is not billed by the hour, and what is. */
const times = (need, { measuredSeconds, billedMinutes, fixedPriceSeconds, nonBillableSeconds }) => {
  const rounded = (seconds) => minutes(Math.round(seconds / 60));
  return html`${cell('Measured', rounded(measuredSeconds), 'num')}
  ${need.notBilled ? cell('Not billed', nonBillableSeconds ? rounded(nonBillableSeconds) : '', 'num') : ''}
  ${need.fixedTime ? cell('Fixed-price time', fixedPriceSeconds ? rounded(fixedPriceSeconds) : '', 'num') : ''}
  ${cell('Billed time', minutes(billedMinutes), 'num')}`;
};

class ReportsPage extends Page {
  /** The last twelve months, unless something else is asked for. */
  #asked(/** @type {Record<string, string>} */ { by, from, to }) {
    const until = to || today(now());
    return { by: by ?? 'customer', from: from || month(until, -11), to: until };
  }

  /** Eight weeks with the present one, unless something else is asked for. */
  #hours(/** @type {Record<string, string>} */ { from, to, week }) {
    const until = to || today(now());
    return { from: from || monday(before(until, 49)), to: until, weekHours: week || '40' };
  }

  /** @param {Place} place */
  async read({ query }) {
    if (!query.to) {
      await synchronised; // this device's clock may be wrong, which would end the period on another day
    }
    const report = query.report ?? '';
    const asked = { '': this.#asked(query), hours: this.#hours(query) }[report] ?? {};
    const path = `/reports/${report || 'realisation'}${queryString(asked)}`;
    const [found, drawing] = await Promise.all([get(path, { costly: true }), this.#drawing(report)]);
    return { report, found, ...drawing };
  }

  /** The files that show a report. */
  async #drawing(report) {
    const [picture, more] = await Promise.all([
      needFile(this, () => import('../parts/picture.js')),
      report === 'hours'
        ? needFile(this, () => import('../parts/hours-report.js'))
        : report
          ? needFile(this, () => import('../parts/age-reports.js'))
          : {},
    ]);
    return { ...picture, ...more };
  }

  #row(by, need, row) {
    return html`<tr>
      <th scope="row">${by === 'customer' ? html`<a href="#/customers/${row.id}">${row.name}</a>` : row.name}</th>
      ${times(need, row)}
      ${cell('Billed', money(row.billed, row.currency), 'num')}${cell('Paid', money(row.paid, row.currency), 'num')}
      ${cell('Paid of billed', row.billed ? percent(String(Math.round((row.paid / row.billed) * 100))) : '', 'num')}
      ${
        need.fixedPrice
          ? cell('Fixed price', row.fixedPriceBilled ? money(row.fixedPriceBilled, row.currency) : '', 'num')
          : ''
      }
      ${cell('An hour', row.perHour === null ? '' : money(row.perHour, row.currency), 'num')}
    </tr>`;
  }

  #foot(need, rows) {
    const add = (name) => rows.reduce((sum, row) => sum + row[name], 0);
    return html`<tr>
      <th scope="row">In all</th>
      ${times(need, {
        measuredSeconds: add('measuredSeconds'),
        billedMinutes: add('billedMinutes'),
        nonBillableSeconds: add('nonBillableSeconds'),
        fixedPriceSeconds: add('fixedPriceSeconds'),
      })}
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
      ${
        need.fixedPrice
          ? cell(
              'Fixed price',
              sums(rows, (row) => row.fixedPriceBilled),
              'num',
            )
          : ''
      }
      <td></td>
    </tr>`;
  }

  #realisation({ found: { rows }, picture, PAIR }) {
    const { query: given } = this.place;
    const asked = this.#asked(given);
    const need = needed(rows);
    const all = (row) => row.billed + row.fixedPriceBilled;
    const drawn = rows
      .filter((row) => row.currency === this.firm.currency)
      .toSorted((one, other) => all(other) - all(one))
      .slice(0, DRAWN);
    const sort = sorting(given, USUAL, ['name']);
    const sorted = inOrder(rows, orderOf(given, USUAL, ['name']), (row, key) =>
      key === 'share' ? row.paid / (row.billed || 1) : row[key],
    );
    return html`<div>
        <h2 id="report">Realization</h2>
        <p class="muted">
          What was measured, billed and paid of the time of a period, taxes left out, and what an hour of it brought.
          ${
            asked.by === 'staff'
              ? 'A fixed price is nobody’s own: it is left out here, and its time does not count in an hour.'
              : 'Fixed prices stand beside billed time, on the day of their invoice, and count in an hour.'
          }
        </p>
      </div>
      <div class="row filters">
        ${period(asked, (query, changed) => within({ ...given, from: asked.from, to: asked.to, ...query }, changed))}
        ${narrow(given, 'by', 'Show', BY)}
        ${rows.length ? csvButton('/reports/realisation', asked, `realisation-${asked.by}`) : ''}
      </div>
      ${
        rows.length
          ? html`${picture({
              title: 'Billed and paid',
              file: `clockbill-realisation-${asked.from}-${asked.to}`,
              parts: need.fixedPrice ? ['Billed', 'Paid', 'Fixed price'] : ['Billed', 'Paid'],
              colors: [...PAIR, FIXED],
              apart: true,
              rows: drawn.map((row) => ({
                label: row.name,
                value: [row.billed, row.fixedPriceBilled]
                  .filter((amount, at) => amount || (at === 0 && !row.fixedPriceBilled))
                  .map((amount) => money(amount, row.currency))
                  .join(' + '),
                parts: [row.billed, row.paid, ...(need.fixedPrice ? [row.fixedPriceBilled] : [])],
              })),
            })}
            ${
              rows.length > drawn.length
                ? html`<p class="muted">
                    The chart shows the ${drawn.length} with the most billed; the table shows all.
                  </p>`
                : ''
            }
            ${table(
              BY.find(([by]) => by === (given.by ?? ''))?.[1] ?? '',
              [
                sort('Name', 'name'),
                sort('Measured', 'measuredSeconds', 'num'),
                ...(need.notBilled ? [sort('Not billed', 'nonBillableSeconds', 'num')] : []),
                ...(need.fixedTime ? [sort('Fixed-price time', 'fixedPriceSeconds', 'num')] : []),
                sort('Billed time', 'billedMinutes', 'num'),
                sort('Billed', 'billed', 'num'),
                sort('Paid', 'paid', 'num'),
                sort('Paid of billed', 'share', 'num'),
                ...(need.fixedPrice ? [sort('Fixed price', 'fixedPriceBilled', 'num')] : []),
                sort('An hour', 'perHour', 'num'),
              ],
              sorted.map((row) => this.#row(asked.by, need, row)),
              { seen: false, foot: this.#foot(need, rows), lead: asked.by === 'customer' },
            )}`
          : html`<div class="empty">
              <p>No time of this period was billed. Send an invoice, and it is counted here.</p>
              <a class="button" href="#/invoices?state=draft">See the drafts</a>
            </div>`
      }`;
  }

  #shown(state) {
    const { query } = this.place;
    if (state.report === 'hours') {
      const asked = this.#hours(query);
      const days = period(asked, (changed, name) => {
        const { from, to } = { from: asked.from, to: asked.to, ...changed };
        return { ...query, ...within({ from, to }, name) };
      });
      return state.hoursReport(state.found, query, asked, days);
    }
    return state.report
      ? state.ageReport(state.report, state.found, query, this.firm.currency)
      : this.#realisation(state);
  }

  content(state) {
    const { report } = this.place.query;
    return html`<div class="head"><h1>Reports</h1></div>
      ${tabs({ report: report ?? '' }, REPORTS, 'report')}
      <section class="card stack" aria-labelledby="report">${this.#shown(state)}</section>`;
  }
}
customElements.define('reports-page', ReportsPage);
