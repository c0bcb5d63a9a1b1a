// Bar charts of what was billed and paid. Screen readers skip them: a table beside each chart holds the same figures.
import { money } from '../core/format.js';
import { html, svg } from '../vendor/lit.js';

const HEIGHT = 100;

/** The legend of the colours. */
export const key = html`<p class="row muted">
  <span><span class="key"></span>Billed</span><span><span class="key paid"></span>Paid</span>
</p>`;

const most = (rows) => Math.max(1, ...rows.flatMap(({ billed, paid }) => [billed, paid]));

/**
 * Upright bars, from left to right.
 *
 * @param {{label: string, title: string, billed: number, paid: number}[]} rows amounts in minor units
 * @param {string} currency
 */
export function columns(rows, currency) {
  const top = most(rows);
  const bar = (kind, at, amount) => {
    const height = Math.round((Math.max(0, amount) / top) * HEIGHT);
    return svg`<rect class=${kind} x=${at} y=${HEIGHT - height} width="38" height=${height}></rect>`;
  };
  return html`<div class="chart" aria-hidden="true">
    <small class="top">${money(top, currency)}</small>${rows.map(
      (row) =>
        html`<div
          class="month"
          title="${row.title}: ${money(row.billed, currency)} billed, ${money(row.paid, currency)} paid"
        >
          <svg viewBox="0 0 100 ${HEIGHT}" preserveAspectRatio="none">
            ${bar('', 10, row.billed)}${bar('paid', 52, row.paid)}
          </svg>
          <small>${row.label}</small>
        </div>`,
    )}
  </div>`;
}
