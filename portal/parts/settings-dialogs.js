// The dialogs of the settings page: a paid service, a member of staff, and money that is settled.
import { get, patch, post, remove } from '../core/api.js';
import { input, money } from '../core/format.js';
import { html, nothing } from '../vendor/lit.js';
import { check, choice, field, problem, readAmount, readAmountIfAny } from './fields.js';
import { FormDialog } from './form-dialog.js';
import { rateFields, ratePaths, readRates, withRates } from './rate-fields.js';

const ROLES = [
  ['staff', 'Staff: own timers and time'],
  ['owner', 'Owner: everything'],
];

const KINDS = [
  ['hourly', 'By the hour'],
  ['fixed', 'By a fixed price'],
];

class ServiceDialog extends FormDialog {
  static properties = { ...FormDialog.properties, chosen: { state: true } };

  async prepare({ kind = 'hourly' }) {
    this.chosen = kind;
  }

  heading(service) {
    return service.serviceId ? `Edit ${service.name}` : 'Add a paid service';
  }

  fields(service) {
    const { errors } = this;
    const fixed = this.chosen === 'fixed';
    return html`${problem(this.failed, 'name', 'kind', 'hourlyRate', 'fixedPrice', 'description')}
    ${field('Name', 'name', service.name, { errors, required: true, maxlength: 200 })}
    ${choice('Billed', 'kind', this.chosen, KINDS, {
      errors,
      chosen: (kind) => {
        this.chosen = kind;
      },
    })}
    ${
      fixed
        ? field(
            `Price, ${service.currency}`,
            'fixedPrice',
            typeof service.fixedPrice === 'number' ? input(service.fixedPrice, service.currency) : '',
            {
              errors,
              required: true,
              inputmode: 'decimal',
              hint: 'Put on invoices as it is. Time on it is kept beside, and not billed.',
            },
          )
        : nothing
    }
    ${field(
      `Rate an hour, ${service.currency}`,
      'hourlyRate',
      service.serviceId ? input(service.hourlyRate, service.currency) : '',
      {
        errors,
        required: !fixed,
        inputmode: 'decimal',
        hint: fixed ? 'For time that somebody bills beside the price. May be empty.' : undefined,
      },
    )}
    ${
      fixed
        ? nothing
        : check(
            'Time on it is billed',
            'billable',
            service.billable ?? true,
            'For work inside the firm, take this off. Whoever tracks it may say otherwise of single time.',
          )
    }
    ${field('Description', 'description', service.description, { errors, maxlength: 2000 })}
    ${service.serviceId ? check('Active: can be tracked', 'active', service.active) : nothing}`;
  }

  save(form, service) {
    const kind = form.get('kind');
    const fixed = kind === 'fixed';
    const description = form.get('description').trim();
    const body = {
      name: form.get('name'),
      kind,
      hourlyRate: fixed
        ? (readAmountIfAny(form, 'hourlyRate', service.currency) ?? 0)
        : readAmount(form, 'hourlyRate', service.currency),
      ...(fixed
        ? { fixedPrice: readAmount(form, 'fixedPrice', service.currency) }
        : { billable: form.has('billable') }),
    };
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
  /** @type {import('../types/model').Service[]} */
  #services = [];
  #currency = '';

  async prepare({ rates }) {
    const [{ services }, firm] = await Promise.all([get('/services'), get('/firm')]);
    this.#services = withRates(services, rates);
    this.#currency = firm.currency;
  }

  get word() {
    return this.about?.staffId ? 'Save' : 'Invite';
  }

  heading(member) {
    return member.staffId ? `Edit ${member.name}` : 'Invite a member of staff';
  }

  fields(member) {
    const { errors } = this;
    const { hourlyRate, rates } = member;
    return html`${problem(this.failed, 'name', 'email', 'role', 'hourlyRate', ...ratePaths(this.#services))}
    ${field('Name', 'name', member.name, { errors, required: true, maxlength: 200 })}
    ${
      member.staffId
        ? nothing
        : field('Email', 'email', '', { errors, required: true, type: 'email', hint: 'The invitation goes here' })
    }
    ${choice('Role', 'role', member.role, ROLES, { errors })}
    ${field(
      `Rate an hour, ${this.#currency}`,
      'hourlyRate',
      typeof hourlyRate === 'number' ? input(hourlyRate, this.#currency) : '',
      {
        errors,
        inputmode: 'decimal',
        hint: 'Empty: the rate of the service. A customer’s own rate goes before it. It counts for time from now on.',
      },
    )}
    ${rateFields(this.#services, rates, this.#currency, errors, 'Rates by service')}`;
  }

  save(form, member) {
    const rates = readRates(form, this.#services, member.rates, this.#currency);
    const body = {
      name: form.get('name'),
      role: form.get('role'),
      hourlyRate: readAmountIfAny(form, 'hourlyRate', this.#currency) ?? null,
      ...(Object.keys(rates).length && { rates }),
    };
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
