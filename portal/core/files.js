// Files for the person: what the API gives as one is saved under a name.
import { call, query } from './api.js';

/** Saves a blob as a file. */
export function save(blob, name) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** Saves the PDF of an invoice. */
export async function savePdf({ invoiceId, number }) {
  const answer = await call('GET', `/invoices/${invoiceId}/pdf`, { file: true });
  save(await answer.blob(), `invoice-${number ?? 'draft'}.pdf`);
}

/** Saves a list as CSV: its pages joined, the first one's line of names kept. */
export async function saveCsv(path, parameters, name) {
  const texts = [];
  for (let next = path + query(parameters); next;) {
    const answer = await call('GET', next, { accept: 'text/csv', file: true });
    const text = await answer.text();
    texts.push(texts.length ? text.slice(text.indexOf('\n') + 1) : text);
    next = /<([^>]+)>; *rel="?next/.exec(answer.headers.get('link') ?? '')?.[1];
  }
  // The mark at the beginning tells spreadsheets that it is UTF-8.
  save(new Blob(['\ufeff', ...texts], { type: 'text/csv' }), `clockbill-${name}.csv`);
}
