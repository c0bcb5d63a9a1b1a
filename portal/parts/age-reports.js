// The two reports by age: what customers owe, and their time that is on no invoice yet.
import { date, minutes, money } from '../core/format.js';
import { html } from '../vendor/lit.js';
import { csvButton } from './filters.js';
import { AGES, picture } from './picture.js';
import { inOrder, orderChoice, orderOf, sorting } from './sorting.js';
import { cell, sums, table } from './tables.js';

const COLUMNS = [
  ['notDue', 'Not due yet'],
  ['days30', '1–30 days'],
  ['days60', '31–60 days'],
  ['days90', '61–90 days'],
  ['older', 'Over 90 days'],
];
const DRAWN = 12;
const USUAL = { sort: 'total', order: 'desc' };
const ORDERS = [
  ['', 'Largest first'],
  ['older desc', 'Most over 90 days'],
  ['name asc', 'Name'],
];

const REPORTS = {
  receivables: {
    title: 'Receivables by age',
    text: 'What is still to be paid of invoices that were sent, by the days since they were due. Taxes are in it.',
    columns: COLUMNS,
    link: ({ customerId }) => `#/invoices?customerId=${customerId}&sort=dueOn&order=asc`,
    count: { words: 'Invoices', of: (row) => String(row.invoices), add: (rows) => String(total(rows, 'invoices')) },
    empty: html`<p>Nobody owes you anything. Invoices that you send are counted here until they are paid.</p>
      <a class="button" href="#/invoices?state=draft">See the drafts</a>`,
  },
  unbilled: {
    title: 'Unbilled time by age',
    text: 'Time that is on no invoice and on no draft, by the days since it was worked, at its rates without taxes.',
    columns: COLUMNS.slice(1).map(([name, words]) => [name, name === 'days30' ? 'Up to 30 days' : words]),
    link: ({ customerId }) => `#/time?customerId=${customerId}&state=unbilled`,
    count: {
      words: 'Time',
      of: (row) => minutes(row.billedMinutes),
      add: (rows) => minutes(total(rows, 'billedMinutes')),
    },
    empty: html`<p>All time is on an invoice or a draft.</p>
      <a class="button" href="#/invoices?state=draft">See the drafts</a>`,
  },
};

const total = (rows, name) => rows.reduce((sum, row) => sum + row[name], 0);

/**
 * One of the two reports.
 *
 * @param {'receivables' | 'unbilled'} name
 * @param {{asOf: string, rows: any[]}} found
 * @param {Record<string, string>} query the filters of the address
 * @param {string} currency the firm's, which is drawn
 */
export function ageReport(name, { asOf, rows }, query, currency) {
  const { title, text, columns, link, count, empty } = REPORTS[name];
  const sort = sorting(query, USUAL, ['name']);
  const sorted = inOrder(rows, orderOf(query, USUAL, ['name']), (row, key) => row[key] ?? 0);
  const drawn = rows
    .filter((row) => row.currency === currency)
    .toSorted((one, other) => other.total - one.total)
    .slice(0, DRAWN);
  const counted = name === 'receivables' ? 'invoices' : 'billedMinutes';
  return html`<div>
      <h2 id="report">${title}</h2>
      <p class="muted">${text}</p>
    </div>
    ${
      rows.length
        ? html`<div class="row filters">
              <p class="muted">As of ${date(asOf)}</p>
              ${orderChoice(query, ORDERS)}${csvButton(`/reports/${name}`, {}, `${name}-${asOf}`)}
            </div>
            ${
              drawn.length
                ? picture({
                    title: `${title}, ${date(asOf)}`,
                    file: `clockbill-${name}-${asOf}`,
                    parts: columns.map(([, words]) => words),
                    colors: AGES.slice(AGES.length - columns.length),
                    rows: drawn.map((row) => ({
                      label: row.name,
                      value: money(row.total, row.currency),
                      parts: columns.map(([key]) => row[key]),
                    })),
                  })
                : ''
            }
            ${
              rows.length > drawn.length
                ? html`<p class="muted">
                    The chart shows the ${drawn.length} largest in ${currency}; the table shows all, each currency for
                    itself.
                  </p>`
                : ''
            }
            ${table(
              title,
              [
                sort('Customer', 'name'),
                sort(count.words, counted, 'num'),
                ...columns.map(([key, words]) => sort(words, key, 'num')),
                sort('In all', 'total', 'num'),
              ],
              sorted.map(
                (row) =>
                  html`<tr>
                    <th scope="row"><a href=${link(row)}>${row.name}</a></th>
                    ${cell(count.words, count.of(row), 'num')}
                    ${columns.map(([key, words]) => cell(words, row[key] ? money(row[key], row.currency) : '', 'num'))}
                    ${cell('In all', money(row.total, row.currency), 'num')}
                  </tr>`,
              ),
              {
                seen: false,
                lead: true,
                foot: html`<tr>
                  <th scope="row">In all</th>
                  ${cell(count.words, count.add(rows), 'num')}
                  ${columns.map(([key, words]) =>
                    cell(
                      words,
                      sums(rows, (row) => row[key]),
                      'num',
                    ),
                  )}
                  ${cell(
                    'In all',
                    sums(rows, (row) => row.total),
                    'num',
                  )}
                </tr>`,
              },
            )}`
        : html`<div class="empty">${empty}</div>`
    }`;
}
