// The dialog that adds a customer or changes one.
import { get, patch, post } from '../core/api.js';
import { html, nothing } from '../vendor/lit.js';
import { check, choice, field, problem, sendAutomatically } from './fields.js';
import { FormDialog } from './form-dialog.js';
import { may } from './may.js';
import { rateFields, ratePaths, readRates, withRates } from './rate-fields.js';

class CustomerDialog extends FormDialog {
  #services = [];
  #currency;
  #maySend = true;

  async prepare({ rates = {} }) {
    const [{ services }, firm, me] = await Promise.all([get('/services'), get('/firm'), get('/me')]);
    this.#services = withRates(services, rates);
    this.#currency = firm.currency;
    this.#maySend = may({ me, firm }, 'staffSend');
  }

  heading(customer) {
    return customer.customerId ? `Edit ${customer.name}` : 'Add a customer';
  }

  fields(customer) {
    const { errors } = this;
    return html`${problem(this.failed, 'name', 'email', 'address', 'reference', 'taxId', ...ratePaths(this.#services))}
    ${field('Name', 'name', customer.name, { errors, required: true, maxlength: 200 })}
    ${field('Email', 'email', customer.email, { errors, required: true, type: 'email', hint: 'Invoices go here' })}
    ${field('Address', 'address', customer.address, { errors, rows: 3, maxlength: 2000 })}
    ${field('Order number or reference', 'reference', customer.reference, {
      errors,
      maxlength: 200,
      hint: 'Printed on each of their invoices',
    })}
    ${field('Tax ID', 'taxId', customer.taxId, { errors, maxlength: 200 })}
    ${rateFields(this.#services, customer.rates, this.#currency, errors)}
    ${choice('Their time is billed', 'billing', customer.billing ?? '', [
      ['', 'As your firm does'],
      ['onStop', 'As it stops'],
      ['collect', 'Together, when you bill'],
    ])}
    ${sendAutomatically(customer.sendAutomatically, this.#maySend)}
    ${customer.customerId ? check('Active: can be tracked and billed', 'active', customer.active) : nothing}`;
  }

  async save(form, customer) {
    const rates = readRates(form, this.#services, customer.rates, this.#currency);
    const body = {
      name: form.get('name'),
      email: form.get('email'),
      billing: form.get('billing') || null,
      ...(this.#maySend && { sendAutomatically: form.has('sendAutomatically') }),
      ...(Object.keys(rates).length && { rates }),
    };
    const details = Object.fromEntries(
      ['address', 'reference', 'taxId'].map((name) => [name, String(form.get(name)).trim() || null]),
    );
    if (customer.customerId) {
      return patch(
        `/customers/${customer.customerId}`,
        { ...body, ...details, active: form.has('active') },
        customer.version,
      );
    }
    return post('/customers', { ...body, ...details });
  }
}
customElements.define('customer-dialog', CustomerDialog);
