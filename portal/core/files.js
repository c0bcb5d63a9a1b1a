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
  const pages = [];
  for (let next = path + query(parameters); next;) {
    const answer = await call('GET', next, { accept: 'text/csv', file: true });
    const bytes = new Uint8Array(await answer.arrayBuffer()); // as they are: text would lose the mark at the beginning
    pages.push(pages.length ? bytes.subarray(bytes.indexOf(10) + 1) : bytes);
    next = /<([^>]+)>; *rel="?next/.exec(answer.headers.get('link') ?? '')?.[1];
  }
  save(new Blob(pages, { type: 'text/csv' }), `clockbill-${name}.csv`);
}
