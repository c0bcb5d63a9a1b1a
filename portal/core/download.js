// Saves files on the person's device: PDFs and lists as CSV.
/** @import {Invoice} from '../types/model' */
/** @import {Query} from '../types/portal' */
import { call, queryString } from './api.js';

/** @param {Blob} blob @param {string} name */
export function save(blob, name) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** Saves an invoice as PDF. @param {Pick<Invoice, 'invoiceId' | 'number'>} invoice */
export async function savePdf({ invoiceId, number }) {
  const response = await call('GET', `/invoices/${invoiceId}/pdf`, { file: true });
  save(await response.blob(), `invoice-${number ?? 'draft'}.pdf`);
}

/**
 * Saves a list as one CSV file, however many pages it has; the line of column names comes from the first.
 *
 * @param {string} path
 * @param {Query | Query[]} parameters of the list, or of several that follow each other
 * @param {string} name a part of the file's name
 */
export async function saveCsv(path, parameters, name) {
  const texts = [];
  for (const each of [parameters].flat()) {
    for (let next = path + queryString(each); next;) {
      const response = await call('GET', next, { accept: 'text/csv', file: true });
      const text = await response.text();
      texts.push(texts.length ? text.slice(text.indexOf('\n') + 1) : text);
      next = /<([^>]+)>; *rel="?next/.exec(response.headers.get('link') ?? '')?.[1] ?? '';
    }
  }
  // Spreadsheets recognise UTF-8 by the byte order mark at the beginning.
  save(new Blob(['\ufeff', ...texts], { type: 'text/csv' }), `clockbill-${name}.csv`);
}
