// The dialog that makes an invoice: for whom, and of what.
import { pages, post } from '../core/api.js';
import { html } from '../vendor/lit.js';
import './customer-picker.js';
import { problem } from './fields.js';
import { FormDialog } from './form-dialog.js';
import { MAX_LINES } from './time-selection.js';

class NewInvoiceDialog extends FormDialog {
  get word() {
    return 'Make draft';
  }

  heading() {
    return 'New invoice';
  }

  fields() {
    const option = (value, words, hint, checked) =>
      html`<label class="check"
        ><input type="radio" name="of" value=${value} ?checked=${checked} />
        <span>${words}<br /><small>${hint}</small></span></label
      >`;
    return html`${problem(this.failed, 'customerId')}
      <customer-picker .error=${this.errors?.get('customerId')}></customer-picker>
      <fieldset>
        <legend>What is on it</legend>
        ${option('time', 'Their unbilled time', 'Everything that is on no invoice yet, oldest first', true)}
        ${option('nothing', 'Nothing yet', 'Add lines with a fixed amount on the draft', false)}
      </fieldset>`;
  }

  async save(form) {
    const customerId = String(form.get('customerId'));
    return post('/invoices', {
      customerId,
      timeEntryIds: form.get('of') === 'time' ? await unbilled(customerId) : [],
    });
  }
}
customElements.define('new-invoice-dialog', NewInvoiceDialog);

/** The customer's unbilled time that fits one draft: of one currency, oldest first. @param {string} customerId */
async function unbilled(customerId) {
  const entries = [];
  for await (const page of pages('/time-entries', { customerId, state: 'unbilled', limit: 100 })) {
    entries.push(...page.timeEntries);
  }
  const oldest = entries.toReversed();
  return oldest
    .filter((entry) => entry.currency === oldest[0].currency)
    .slice(0, MAX_LINES)
    .map((entry) => entry.timeEntryId);
}
