// Tables: what all have in common.
/** @import {Column} from '../types/portal' */
import { money } from '../core/format.js';
import { html, nothing } from '../vendor/lit.js';

/** A column of numbers. @param {string} words */
export const num = (words) => ({ words, kind: 'num' });

/** A column whose name only screen readers get. @param {string} words */
export const hiddenName = (words) => ({ words, kind: 'sr' });

/** @param {Exclude<Column, string>} column */
const head = ({ words, kind, sort, content }) =>
  kind === 'sr'
    ? html`<th scope="col" class=${content ? 'box' : nothing}>${content ?? html`<span class="sr">${words}</span>`}</th>`
    : html`<th scope="col" class=${kind} aria-sort=${sort?.now ?? nothing}>
        ${sort ? html`<a class="sort" href=${sort.href}>${words}<span aria-hidden="true"></span></a>` : words}
      </th>`;

/** Follows the link of the row that was clicked, unless something else in it was, or text was selected. */
const follow = (event) => {
  if (event.target.closest('a, button, input, label, summary') || getSelection()?.isCollapsed === false) {
    return;
  }
  event.target.closest('tbody tr')?.querySelector('th a')?.click();
};

/**
 * A table with its name as the caption. It scrolls sideways if it has to, and on a phone each row is a block.
 *
 * @param {string} name
 * @param {Column[]} columns
 * @param {unknown[]} rows
 * @param {{seen?: boolean, kind?: string, foot?: unknown, lead?: boolean}} [options] whether the caption is seen, more
 *     classes, rows at the bottom, whether a click anywhere on a row follows its link
 */
export const table = (name, columns, rows, { seen = true, kind = '', foot, lead = false } = {}) =>
  html`<div class="scroll">
    <table class="folds ${kind} ${lead ? 'lead' : ''}" @click=${lead ? follow : nothing}>
      <caption class=${seen ? '' : 'sr'}>
        ${name}
      </caption>
      <thead>
        <tr>
          ${columns.map((column) => head(typeof column === 'string' ? { words: column, kind: '' } : column))}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
      ${
        foot
          ? html`<tfoot>
              ${foot}
            </tfoot>`
          : nothing
      }
    </table>
  </div>`;

/**
 * A cell; it shows its column's name where the table is folded, on a phone.
 *
 * @param {string} label
 * @param {unknown} content
 * @param {string} [kind] its classes
 */
export const cell = (label, content, kind = '') =>
  html`<td class=${kind} data-label=${content === '' ? nothing : label}>${content}</td>`;

/** An email address, which breaks at its @ where it is long. @param {string | null | undefined} email */
export function emailText(email) {
  if (!email) {
    return html`<span class="muted">No email address</span>`;
  }
  const at = email.lastIndexOf('@');
  return html`${email.slice(0, at)}<wbr />${email.slice(at)}`;
}

/** A cell for buttons. It has to be empty when there are none: a phone hides empty cells. @param {unknown} buttons */
export const toolCell = (buttons) => html`<td class="num">${buttons}</td>`;

/**
 * A button that does something to a row: `words` is what it says, to which screen readers get the row's name too.
 *
 * @param {string} words
 * @param {string} row
 * @param {(event: Event) => void} act
 */
export const toolButton = (words, row, act) =>
  html`<button class="plain" aria-label="${words} ${row}" @click=${act}>${words}</button>`;

/**
 * Sums of money by currency, as text.
 *
 * @param {any[]} entries which have a `currency`
 * @param {(entry: any) => number} amount
 */
export function sums(entries, amount) {
  const all = new Map();
  for (const entry of entries) {
    all.set(entry.currency, (all.get(entry.currency) ?? 0) + amount(entry));
  }
  return [...all].map(([currency, sum]) => money(sum, currency)).join(' + ');
}

/** Measured seconds as people read them: "1:05:09". @param {number} seconds */
export function elapsed(seconds) {
  const two = (number) => String(number % 60).padStart(2, '0');
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60))}:${two(seconds)}`;
}
