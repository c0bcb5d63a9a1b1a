// The dialog in which an owner corrects somebody's running timer, or stops it at the time at which the work ended.
import { get, patch, post } from '../core/api.js';
import { now, instant } from '../core/clock.js';
import { fromLocalInput, toLocalInput } from '../core/format.js';
import { html } from '../vendor/lit.js';
import '../parts/customer-picker.js';
import { choice, field, problem } from '../parts/fields.js';
import { FormDialog } from '../parts/form-dialog.js';

class TimerDialog extends FormDialog {
  #services = [];

  async prepare({ serviceId }) {
    const { services } = await get('/services');
    this.#services = services.filter((service) => service.active || service.serviceId === serviceId);
  }

  heading({ staffName }) {
    return `Edit the timer of ${staffName}`;
  }

  fields(timer) {
    const { errors } = this;
    const instants = { errors, type: 'datetime-local', step: 1, max: toLocalInput(instant(now())) };
    return html`${problem(this.failed, 'customerId', 'serviceId', 'startedAt', 'stoppedAt', 'note')}
      <customer-picker
        .error=${errors?.get('customerId')}
        .customerId=${timer.customerId}
        .called=${timer.customerName}
      ></customer-picker>
      ${choice(
        'Service',
        'serviceId',
        timer.serviceId,
        this.#services.map((each) => [each.serviceId, each.name]),
        { errors },
      )}
      <div class="fields">
        ${field('Started at', 'startedAt', toLocalInput(timer.startedAt), { ...instants, required: true })}
        ${field('Stopped at', 'stoppedAt', '', { ...instants, hint: 'Empty: it goes on' })}
      </div>
      ${field('Note', 'note', timer.note, { errors, rows: 2, maxlength: 2000 })}`;
  }

  async save(form, timer) {
    const path = `/timers/${timer.timerId}`;
    const wanted = {
      customerId: form.get('customerId'),
      serviceId: form.get('serviceId'),
      startedAt: fromLocalInput(form.get('startedAt')),
      note: form.get('note').trim(),
    };
    const changed = Object.entries(wanted).filter(([name, value]) => value !== timer[name]);
    const stopped = form.get('stoppedAt');
    const corrected = changed.length ? await patch(path, Object.fromEntries(changed)) : timer;
    return stopped ? post(`${path}/stop`, { stoppedAt: fromLocalInput(stopped) }) : corrected;
  }
}
customElements.define('timer-dialog', TimerDialog);
