// The dialogs of the settings page: a paid service, a member of staff, and money that is settled.
import { patch, post, remove } from '../core/api.js';
import { input, money } from '../core/format.js';
import { html, nothing } from '../vendor/lit.js';
import { check, choice, field, problem, readAmount } from './fields.js';
import { FormDialog } from './form-dialog.js';

const ROLES = [
  ['staff', 'Staff: own timers and time'],
  ['owner', 'Owner: everything'],
];

class ServiceDialog extends FormDialog {
  heading(service) {
    return service.serviceId ? `Edit ${service.name}` : 'Add a paid service';
  }

  fields(service) {
    const { errors } = this;
    return html`${problem(this.failed, 'name', 'hourlyRate', 'description')}
    ${field('Name', 'name', service.name, { errors, required: true, maxlength: 200 })}
    ${field(
      `Rate an hour, ${service.currency}`,
      'hourlyRate',
      service.serviceId ? input(service.hourlyRate, service.currency) : '',
      { errors, required: true, inputmode: 'decimal' },
    )}
    ${field('Description', 'description', service.description, { errors, maxlength: 2000 })}
    ${service.serviceId ? check('Active: can be tracked', 'active', service.active) : nothing}`;
  }

  save(form, service) {
    const hourlyRate = readAmount(form, 'hourlyRate', service.currency);
    const description = form.get('description').trim();
    const body = { name: form.get('name'), hourlyRate };
    return service.serviceId
      ? patch(
          `/services/${service.serviceId}`,
          { ...body, description: description || null, active: form.has('active') },
          service.version,
        )
      : post('/services', { ...body, ...(description && { description }) });
  }
}
customElements.define('service-dialog', ServiceDialog);

class StaffDialog extends FormDialog {
  get word() {
    return this.about?.staffId ? 'Save' : 'Invite';
  }

  heading(member) {
    return member.staffId ? `Edit ${member.name}` : 'Invite a member of staff';
  }

  fields(member) {
    const { errors } = this;
    return html`${problem(this.failed, 'name', 'email', 'role')}
    ${field('Name', 'name', member.name, { errors, required: true, maxlength: 200 })}
    ${
      member.staffId
        ? nothing
        : field('Email', 'email', '', { errors, required: true, type: 'email', hint: 'The invitation goes here' })
    }
    ${choice('Role', 'role', member.role, ROLES, { errors })}`;
  }

  save(form, member) {
    const body = { name: form.get('name'), role: form.get('role') };
    return member.staffId
      ? patch(`/staff/${member.staffId}`, body, member.version)
      : post('/staff', { ...body, email: form.get('email') }, { once: true });
  }
}
customElements.define('staff-dialog', StaffDialog);

/** Asks whether money that fits no invoice needs nothing more. */
class SettledDialog extends FormDialog {
  get word() {
    return 'It is settled';
  }

  heading({ amount, currency }) {
    return `Is the payment of ${money(amount, currency)} settled?`;
  }

  fields() {
    return html`${problem(this.failed)}
      <p>
        Say so once nothing is left to be done: it was given back, or recorded by hand on the invoice that it was for.
        It then leaves this list, and the invoice that it names is no longer marked.
      </p>
      <p>No money moves by this, and no sum changes. It cannot be put on the list again.</p>`;
  }

  async save(_form, { paymentId }) {
    await remove(`/payments/unmatched/${encodeURIComponent(paymentId)}`);
  }
}
customElements.define('settled-dialog', SettledDialog);
