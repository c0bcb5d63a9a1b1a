// Filters of lists: a state, a period, a choice; and the button that saves the filtered list.
import { saveCsv } from '../core/download.js';
import { address, filter, filtered } from '../core/address.js';
import { html, nothing } from '../vendor/lit.js';
import { whileDisabled } from './messages.js';

/**
 * A choice of one state, as links.
 *
 * @param {Record<string, string>} query the filters of the address
 * @param {(string | undefined)[][]} states of each state its word and text, and how many there are; the empty state
 *     stands for all
 * @param {string} [name] of the filter
 * @param {string} [label] of the choice, for screen readers
 */
export const tabs = (query, states, name = 'state', label = 'Show') =>
  html`<nav class="tabs" aria-label=${label}>
    ${states.map(
      ([state, words, count]) =>
        html`<a
          href=${filtered({ ...query, [name]: state })}
          aria-current=${(query[name] ?? '') === state ? 'page' : nothing}
          >${words}${count ? html` <span class="count">${count}</span>` : nothing}</a
        >`,
    )}
  </nav>`;

/** Keeps a period in order: the end that was not changed follows the one that was moved past it. */
const ordered = (query, changed) =>
  query.from && query.to && query.from > query.to ? { ...query, from: query[changed], to: query[changed] } : query;

const day = (query, name, words, within) =>
  html`<label class="field"
    ><span>${words}</span>
    <input
      type="date"
      .value=${query[name] ?? ''}
      @change=${({ target }) => {
        target.setCustomValidity(target.validity.badInput ? 'Complete this date, or clear the field.' : '');
        if (target.reportValidity()) {
          filter(within({ ...address().query, [name]: target.value }, name));
        }
      }}
  /></label>`;

/**
 * A period from one day to another.
 *
 * @param {Record<string, string>} query the filters of the address
 * @param {(query: Record<string, string>, changed: string) => Record<string, string>} [within] corrects the other end
 *     after one was changed
 */
export const period = (query, within = ordered) =>
  html`${day(query, 'from', 'From', within)}${day(query, 'to', 'To', within)}`;

/**
 * A choice among a few values of one filter.
 *
 * @param {Record<string, string>} query the filters of the address
 * @param {string} name of the filter
 * @param {string} words its label
 * @param {string[][]} options pairs of value and text
 */
export const narrow = (query, name, words, options) =>
  html`<label class="field"
    ><span>${words}</span>
    <select @change=${(event) => filter({ ...address().query, [name]: event.target.value })}>
      ${options.map(
        ([value, label]) => html`<option value=${value} ?selected=${(query[name] ?? '') === value}>${label}</option>`,
      )}
    </select></label
  >`;

/**
 * The button that saves the filtered list as CSV.
 *
 * @param {string} path
 * @param {Record<string, string>} query the filters of the address
 * @param {string} name of the file
 */
export const csvButton = (path, query, name) =>
  html`<button
    @click=${(event) =>
      whileDisabled(event, () => saveCsv(path, query, [name, query.from, query.to].filter(Boolean).join('-')))}
  >
    Download CSV
  </button>`;

/** A search field whose text goes into the address a moment after the last key. */
export class SearchField {
  #typing;
  #typed; // what is in the field, until the address has it too
  #page;

  #place; // of the page when it was drawn last

  /** @param {import('./page.js').Page} page */
  constructor(page) {
    this.#page = page;
    page.addController(this);
  }

  /** Lit's call before the page is drawn: at another place, what was typed is in the address. */
  hostUpdate() {
    if (this.#place !== this.#page.place && !this.#typing) {
      this.#typed = undefined;
    }
    this.#place = this.#page.place;
  }

  #search(event) {
    clearTimeout(this.#typing);
    this.#typed = event.target.value;
    this.#typing = setTimeout(() => {
      this.#typing = undefined;
      if (address().path === this.#page.place.path) {
        // else the page is about to be left
        filter({ ...address().query, search: this.#typed });
      }
    }, 200);
  }

  /**
   * The field.
   *
   * @param {Record<string, string>} query the filters of the address
   * @param {string} hint what is searched
   */
  field(query, hint) {
    return html`<label class="field search"
      ><span>Search</span
      ><input
        type="search"
        maxlength="200"
        .value=${this.#typed ?? query.search ?? ''}
        placeholder=${hint}
        @input=${(event) => this.#search(event)}
    /></label>`;
  }
}
