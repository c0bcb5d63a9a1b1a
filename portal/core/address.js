// The address behind the # of the page: which path is shown, and with which filters.
/** @import {Query} from '../types/portal' */
import { queryString } from './api.js';

/**
 * The path that the address names, such as `/invoices`, and its filters.
 *
 * @returns {{path: string, query: Record<string, string>}}
 */
export function address() {
  const [path, search = ''] = (location.hash.replace(/^#/, '') || '/').split('?');
  return { path, query: Object.fromEntries(new URLSearchParams(search)) };
}

/** Goes to another path, such as `/invoices`. @param {string} path */
export function go(path) {
  location.hash = path;
}

/**
 * Goes there unless the person has gone elsewhere meanwhile.
 *
 * @param {string} from the path where they were
 * @param {string} path
 */
export const goUnlessLeft = (from, path) => address().path === from && go(path);

/** The link to the path that is shown, with these filters. @param {Query} filters */
export const filtered = (filters) => `#${address().path}${queryString(filters)}`;

/** Changes the filters without leaving the path. @param {Query} filters */
export function filter(filters) {
  history.replaceState(null, '', filtered(filters));
  dispatchEvent(new HashChangeEvent('hashchange'));
}
