// Lists that the API gives page by page: the entries read so far, and a button for more.
/** @import {PagedList, Query} from '../types/portal' */
import { get, queryString } from '../core/api.js';
import { html, nothing } from '../vendor/lit.js';
import { whileDisabled } from './messages.js';
import { shown } from './put-aside.js';

/**
 * Reads the first page of a list.
 *
 * @param {string} path
 * @param {string} name the field of the response that holds the entries
 * @param {Query} [parameters]
 */
export const firstPage = (path, name, parameters = {}) =>
  morePages({ path, name, parameters, items: [], next: undefined });

/** The same list with one page more. Pages that the filters left empty are skipped. @param {PagedList} list */
export async function morePages(list) {
  const items = [...list.items];
  let { next } = list;
  const wanted = items.length + 1;
  do {
    const page = await get(list.path + queryString({ ...list.parameters, cursor: next }));
    items.push(...shown(page[list.name]));
    ({ next } = page);
  } while (next && items.length < wanted);
  return { ...list, items, next };
}

/** The button that reads the next page. @param {PagedList} list @param {(longer: PagedList) => void} more */
export const moreButton = (list, more) =>
  list.next
    ? html`<div class="row">
        <button @click=${(event) => whileDisabled(event, async () => more(await morePages(list)))}>Show more</button>
      </div>`
    : nothing;
