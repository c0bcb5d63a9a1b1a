// Lists and tables that are sorted by the headings of their columns; the order is in the address.
/** @import {Column} from '../types/portal' */
import { address, filter, filtered } from '../core/address.js';
import { html } from '../vendor/lit.js';

/**
 * Makes columns that sort: the heading is a link, and a second click turns the order round.
 *
 * @param {Record<string, string>} query the filters of the address, with `sort` and `order`
 * @param {{sort: string, order: string}} usual how it is sorted unless the address says so
 * @param {string[]} rising the columns that begin with the least, such as names
 */
export const sorting =
  (query, usual, rising) =>
  /** @returns {Column} */
  (/** @type {string} */ words, /** @type {string} */ key, kind = '') => {
    const { sort, order } = orderOf(query, usual, rising);
    const first = rising.includes(key) ? 'asc' : 'desc';
    const next = sort !== key ? first : order === 'asc' ? 'desc' : 'asc';
    return {
      words,
      kind,
      sort: {
        now: sort === key ? (order === 'asc' ? 'ascending' : 'descending') : undefined,
        href: filtered({ ...query, sort: key, order: next }),
      },
    };
  };

/** How a list is sorted by its address. */
export const orderOf = (query, usual, rising) =>
  query.sort
    ? { sort: query.sort, order: query.order ?? (rising.includes(query.sort) ? 'asc' : 'desc') }
    : { sort: usual.sort, order: query.order ?? usual.order };

/**
 * The choice of an order on a phone, where tables show no headings.
 *
 * @param {Record<string, string>} query the filters of the address
 * @param {string[][]} options of each order `sort order` and a text; the first is the usual one
 */
export const orderChoice = (query, options) =>
  html`<label class="field on-phone"
    ><span>Sort by</span>
    <select
      @change=${(event) => {
        const [sort, order] = event.target.value.split(' ');
        filter({ ...address().query, sort, order });
      }}
    >
      ${options.map(
        ([value, words]) =>
          html`<option value=${value} ?selected=${value === `${query.sort ?? ''} ${query.order ?? ''}`.trim()}>
            ${words}
          </option>`,
      )}
    </select></label
  >`;

/**
 * Rows in the order of the address.
 *
 * @template T
 * @param {T[]} rows
 * @param {{sort: string, order: string}} order
 * @param {(row: T, key: string) => string | number} value of a column
 */
export const inOrder = (rows, { sort, order }, value) => {
  const sign = order === 'asc' ? 1 : -1;
  return rows.toSorted((one, other) => {
    const [first, second] = [value(one, sort), value(other, sort)];
    return sign * (typeof first === 'string' ? first.localeCompare(String(second)) : Number(first) - Number(second));
  });
};
