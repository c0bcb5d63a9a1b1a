// The dialog that adds a row to a week of time.
/** @import {Service} from '../types/model' */
import { get } from '../core/api.js';
import { html } from '../vendor/lit.js';
import './customer-picker.js';
import { choice, problem } from './fields.js';
import { FormDialog } from './form-dialog.js';

class RowDialog extends FormDialog {
  /** @type {Service[]} */
  #services = [];

  get word() {
    return 'Add';
  }

  async prepare() {
    this.#services = (await get('/services')).services.filter(({ active }) => active);
  }

  heading() {
    return 'Add a row';
  }

  fields() {
    return html`${problem(this.failed, 'customerId')}<customer-picker></customer-picker>${choice(
        'Service',
        'serviceId',
        undefined,
        this.#services.map((each) => [each.serviceId, each.name]),
      )}`;
  }

  async save(form) {
    const { chosen } = /** @type {any} */ (this.querySelector('customer-picker'));
    const service = this.#services.find((each) => each.serviceId === form.get('serviceId'));
    return {
      customerId: chosen.customerId,
      customerName: chosen.name,
      serviceId: service?.serviceId,
      serviceName: service?.name,
      note: '',
    };
  }
}
customElements.define('row-dialog', RowDialog);
