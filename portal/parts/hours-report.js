// The report of hours: how much time each person logged in each week, and how much of a working week that is.
import { address, filter } from '../core/address.js';
import { date, minutes, percent } from '../core/format.js';
import { html } from '../vendor/lit.js';
import { csvButton, narrow } from './filters.js';
import { PAIR, picture } from './picture.js';
import { inOrder, orderChoice, orderOf, sorting } from './sorting.js';
import { cell, table } from './tables.js';

const GROUPS = [
  ['', 'By person'],
  ['week', 'By week'],
  ['both', 'By person and week'],
];
const DRAWN = 16;
const RISING = ['name'];
const ORDERS = [
  ['', 'Name or week'],
  ['measured desc', 'Most measured'],
  ['utilisation asc', 'Least utilized'],
];

const share = (part, whole) => (whole ? Math.round((part / whole) * 1000) / 10 : 0);
const used = (part, whole) => (whole ? percent(String(Math.round((part / whole) * 100))) : '');

/** Rows of people and weeks, put together. */
function grouped(rows, by) {
  const groups = new Map();
  for (const row of rows) {
    const key = by === 'week' ? row.week : by === 'both' ? `${row.staffId} ${row.week}` : row.staffId;
    const found = groups.get(key) ?? {
      name: by === 'week' ? row.week : by === 'both' ? `${row.name} ${row.week}` : row.name,
      label:
        by === 'week'
          ? `Week of ${date(row.week)}`
          : by === 'both'
            ? `${row.name}, week of ${date(row.week)}`
            : row.name,
      measured: 0,
      billed: 0,
      unbillable: 0,
      available: 0,
    };
    found.measured += row.measuredSeconds / 60;
    found.billed += row.billedMinutes;
    found.unbillable += row.nonBillableSeconds / 60;
    found.available += row.availableMinutes;
    groups.set(key, found);
  }
  return [...groups.values()];
}

/**
 * The report.
 *
 * @param {{weekMinutes: number, rows: any[]}} found
 * @param {Record<string, string>} query the filters of the address
 * @param {{from: string, to: string, weekHours: string}} asked
 * @param {unknown} period the fields of the period
 */
export function hoursReport(found, query, asked, period) {
  const by = query.group ?? '';
  const rows = grouped(found.rows, by);
  const usual = { sort: 'name', order: 'asc' };
  const sort = sorting(query, usual, RISING);
  const sorted = inOrder(rows, orderOf(query, usual, RISING), (row, key) =>
    key === 'utilisation'
      ? share(row.measured, row.available)
      : key === 'billable'
        ? share(row.measured - row.unbillable, row.available)
        : row[key],
  );
  const add = (name) => rows.reduce((sum, row) => sum + row[name], 0);
  const heading = by === 'week' ? 'Week' : 'Person';
  const cells = (row) =>
    html`${cell('Measured', minutes(Math.round(row.measured)), 'num')}${cell(
      'Billed',
      row.billed ? minutes(row.billed) : '',
      'num',
    )}${cell('Not billable', row.unbillable ? minutes(Math.round(row.unbillable)) : '', 'num')}
    ${cell('Working time', minutes(row.available), 'num')}${cell(
      'Utilization',
      used(row.measured, row.available),
      'num',
    )}${cell('Billable', used(row.measured - row.unbillable, row.available), 'num')}`;
  return html`<div>
      <h2 id="report">Hours and utilization</h2>
      <p class="muted">
        Utilization is measured time as a share of the working week, Monday to Friday, of the weeks in which a person
        logged time; billable leaves out time that is not billed, but not that on services of a fixed price. Billed is
        what is on invoices that were sent.
      </p>
    </div>
    <div class="row filters">
      ${period}${narrow(query, 'group', 'Show', GROUPS)}
      <label class="field"
        ><span>Working week (hours)</span
        ><input
          type="number"
          min="1"
          max="168"
          step="0.5"
          .value=${asked.weekHours}
          @change=${({ target }) => target.reportValidity() && filter({ ...address().query, week: target.value })}
      /></label>
      ${orderChoice(query, ORDERS)}${rows.length ? csvButton('/reports/hours', asked, 'hours') : ''}
    </div>
    ${
      rows.length
        ? html`${picture({
            title: `Hours from ${date(asked.from)} to ${date(asked.to)}`,
            file: `clockbill-hours-${asked.from}-${asked.to}`,
            parts: ['Measured', 'Billed'],
            colors: PAIR,
            apart: true,
            rows: sorted.slice(0, DRAWN).map((row) => ({
              label: row.label,
              value: `${minutes(Math.round(row.measured))} · ${used(row.measured, row.available)}`,
              parts: [row.measured, row.billed],
            })),
          })}
          ${
            rows.length > DRAWN
              ? html`<p class="muted">The chart shows the first ${DRAWN}; the table shows all.</p>`
              : ''
          }
          ${table(
            'Hours and utilization',
            [
              sort(heading, 'name'),
              sort('Measured', 'measured', 'num'),
              sort('Billed', 'billed', 'num'),
              sort('Not billable', 'unbillable', 'num'),
              sort('Working time', 'available', 'num'),
              sort('Utilization', 'utilisation', 'num'),
              sort('Billable', 'billable', 'num'),
            ],
            sorted.map(
              (row) =>
                html`<tr>
                  <th scope="row">${row.label}</th>
                  ${cells(row)}
                </tr>`,
            ),
            {
              seen: false,
              foot: html`<tr>
                <th scope="row">In all</th>
                ${cells({
                  measured: add('measured'),
                  billed: add('billed'),
                  unbillable: add('unbillable'),
                  available: add('available'),
                })}
              </tr>`,
            },
          )}`
        : html`<div class="empty">
            <p>Nobody logged time in this period.</p>
            <a class="button" href="#/customers">Choose a customer to track time for</a>
          </div>`
    }`;
}
