// Lists that come page by page: what was read so far and a button for more.
import { get, query } from '../core/api.js';
import { html, nothing } from '../vendor/lit.js';
import { once } from './say.js';

/** The first page of a list under `path`, whose entries stand under `name`. */
export const firstPage = (path, name, parameters = {}) => morePages({ path, name, parameters, items: [], next: undefined });

/** The same list with its next page; pages that filters left empty are passed over. */
async function morePages(list) {
  const items = [...list.items];
  let { next } = list;
  const wanted = items.length + 1;
  do {
    const page = await get(list.path + query({ ...list.parameters, cursor: next }));
    items.push(...page[list.name]);
    ({ next } = page);
  } while (next && items.length < wanted);
  return { ...list, items, next };
}

/** The button that reads on; `more` is called with the longer list. */
export const moreButton = (list, more) => list.next
  ? html`<div class="row"><button @click=${(event) => once(event, async () => more(await morePages(list)))}>Show more</button></div>`
  : nothing;
