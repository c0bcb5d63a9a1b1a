// The dialog in which an owner corrects somebody's running timer, or stops it at the time at which the work ended.
import { get, patch, post } from '../core/api.js';
import { html } from '../vendor/lit.js';
import '../parts/customer-picker.js';
import { check, choice, field, problem } from '../parts/fields.js';
import '../parts/rate-shown.js';
import '../parts/time-span.js';
import { FormDialog } from '../parts/form-dialog.js';

class TimerDialog extends FormDialog {
  static properties = { ...FormDialog.properties, chosen: { state: true } };
  #services = [];

  async prepare({ customerId, serviceId }) {
    this.chosen = { customerId, serviceId };
    const { services } = await get('/services');
    this.#services = services.filter((service) => service.active || service.serviceId === serviceId);
  }

  heading({ staffName }) {
    return `Edit the timer of ${staffName}`;
  }

  fields(timer) {
    const { errors } = this;
    return html`${problem(this.failed, 'customerId', 'serviceId', 'startedAt', 'stoppedAt', 'note')}
      <customer-picker
        .error=${errors?.get('customerId')}
        .customerId=${timer.customerId}
        .called=${timer.customerName}
        @chosen=${(event) => {
          this.chosen = { ...this.chosen, customerId: event.detail.customerId };
        }}
      ></customer-picker>
      ${choice(
        'Service',
        'serviceId',
        timer.serviceId,
        this.#services.map((each) => [each.serviceId, each.name]),
        {
          errors,
          chosen: (serviceId) => {
            this.chosen = { ...this.chosen, serviceId };
          },
        },
      )}
      <small
        ><rate-shown
          .customerId=${this.chosen.customerId}
          .serviceId=${this.chosen.serviceId}
          .staffId=${timer.staffId}
        ></rate-shown
      ></small>
      ${check('Bill this time', 'billable', timer.billable)}
      <time-span open .begin=${timer.startedAt} .errors=${errors}></time-span>
      <small>Leave “To” empty while the timer goes on.</small>
      ${field('Note', 'note', timer.note, { errors, rows: 2, maxlength: 2000 })}`;
  }

  async save(form, timer) {
    const path = `/timers/${timer.timerId}`;
    const { startedAt, stoppedAt } = /** @type {any} */ (this.querySelector('time-span')).read();
    const wanted = {
      customerId: form.get('customerId'),
      serviceId: form.get('serviceId'),
      startedAt,
      note: form.get('note').trim(),
      billable: form.has('billable'),
    };
    const changed = Object.entries(wanted).filter(([name, value]) => value !== timer[name]);
    const corrected = changed.length ? await patch(path, Object.fromEntries(changed)) : timer;
    return stoppedAt ? post(`${path}/stop`, { stoppedAt }) : corrected;
  }
}
customElements.define('timer-dialog', TimerDialog);
