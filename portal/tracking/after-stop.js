// Where a person is led after stopping a timer: to the draft of its time.
/** @import {TimeEntry} from '../types/model' */
import { go } from '../core/address.js';
import { askEarly, get, getOrRemembered, queryString } from '../core/api.js';
import { showMessage } from '../parts/messages.js';

/** Which time a draft of a customer's is checked by. @param {string} customerId */
export const draftedTime = (customerId) => ({ customerId, state: 'drafted', limit: 100 });

/** Whether a customer's time waits for a billing run: by their own setting, by automatic sending, or by the firm's. */
async function collected(customerId) {
  const [{ invoicing }, { billing, sendAutomatically }] = await Promise.all([
    getOrRemembered('/firm'),
    get(`/customers/${customerId}`),
  ]).catch(() => [{ invoicing: {} }, {}]);
  return billing
    ? billing === 'collect'
    : invoicing.onStop === 'collect' && !invoicing.sendAutomatically && !sendAutomatically;
}

/**
 * Goes to the draft of a time entry. Of time that is not billed, or is collected, none is made: this says so, and stays
 * where it is.
 *
 * A draft takes a moment to be made, so the server is asked a few times; if there is none
 * even then, this goes to the customer. A person who has gone to another page by then stays there.
 *
 * @param {TimeEntry} entry
 */
export async function showInvoice({ timeEntryId, customerId, billable }) {
  if (!billable) {
    showMessage('Stopped. Kept, not billed.');
    return;
  }
  const here = location.hash;
  const draft = async () => (await get(`/time-entries/${timeEntryId}`).catch(() => ({}))).invoiceId;
  const [first, waits] = await Promise.all([draft(), collected(customerId)]);
  if (!first && waits) {
    showMessage('Stopped. The time waits until you bill it.');
    return;
  }
  let invoiceId = first;
  for (let wait = 150; !invoiceId && wait < 5000; wait *= 1.6) {
    await new Promise((done) => {
      setTimeout(done, wait);
    });
    invoiceId = await draft();
  }
  if (!invoiceId) {
    showMessage('Stopped. The invoice is being made and will be on the customer\u2019s page.');
  }
  if (location.hash === here) {
    if (invoiceId) {
      askEarly(`/time-entries${queryString(draftedTime(customerId))}`).catch(() => {}); // the page asks itself then
    }
    go(invoiceId ? `/invoices/${invoiceId}` : `/customers/${customerId}`);
  }
}
