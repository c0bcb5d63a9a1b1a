// The dialog that makes an invoice: for whom, and of what.
import { post } from '../core/api.js';
import { html } from '../vendor/lit.js';
import './customer-picker.js';
import { problem } from './fields.js';
import { FormDialog } from './form-dialog.js';
import { unbilledIds } from './time-selection.js';

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
      timeEntryIds: form.get('of') === 'time' ? await unbilledIds(customerId) : [],
    });
  }
}
customElements.define('new-invoice-dialog', NewInvoiceDialog);
