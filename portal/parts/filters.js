// What lists are narrowed down by: a state, a period; and the list as a file.
import { saveCsv } from '../core/files.js';
import { filter, filtered, place } from '../core/router.js';
import { html, nothing } from '../vendor/lit.js';
import { once } from './say.js';

/** One of a few states as links; pairs of state and words, the empty state for all. */
export const tabs = (query, states, name = 'state') => html`<nav class="tabs" aria-label="Show">${states.map(([state, words]) =>
  html`<a href=${filtered({ ...query, [name]: state })} aria-current=${(query[name] ?? '') === state ? 'page' : nothing}>${words}</a>`)}</nav>`;

/** An end of the period that was passed by the other one follows it. */
const ordered = (query, changed) => query.from && query.to && query.from > query.to
  ? { ...query, from: query[changed], to: query[changed] } : query;

const day = (query, name, words, within) => html`<label class="field"><span>${words}</span>
  <input type="date" .value=${query[name] ?? ''} @change=${(event) => filter(within({ ...place().query, [name]: event.target.value }, name))}></label>`;

/** From one day to another; `within` puts the other end right when one was changed in what the address asks for. */
export const period = (query, within = ordered) => html`${day(query, 'from', 'From', within)}${day(query, 'to', 'To', within)}`;

/** A choice among pairs of value and words, for one part of the query. */
export const narrow = (query, name, words, options) => html`<label class="field"><span>${words}</span>
  <select @change=${(event) => filter({ ...place().query, [name]: event.target.value })}>${options.map(([value, label]) =>
    html`<option value=${value} ?selected=${(query[name] ?? '') === value}>${label}</option>`)}</select></label>`;

/** The button that saves a list as it is narrowed down. */
export const csvButton = (path, query, name) => html`<button @click=${(event) => once(event, () =>
  saveCsv(path, query, [name, query.from, query.to].filter(Boolean).join('-')))}>Download CSV</button>`;
