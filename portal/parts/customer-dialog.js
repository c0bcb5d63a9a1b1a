// The dialog that adds a customer or changes one.
import { get, patch, post } from '../core/api.js';
import { html, nothing } from '../vendor/lit.js';
import './contact-editor.js';
import { check, choice, field, problem, sendAutomatically } from './fields.js';
import { FormDialog } from './form-dialog.js';
import { may } from './may.js';
import { postalPaths, postalTyped } from './postal-fields.js';
import { rateFields, ratePaths, readRates, withRates } from './rate-fields.js';

class CustomerDialog extends FormDialog {
  #services = [];
  #currency;
  #termsDays = 0;
  #maySend = true;

  async prepare({ rates = {} }) {
    const [{ services }, firm, me] = await Promise.all([get('/services'), get('/firm'), get('/me')]);
    this.#services = withRates(services, rates);
    this.#currency = firm.currency;
    this.#termsDays = firm.invoicing.termsDays;
    this.#maySend = may({ me, firm }, 'staffSend');
  }

  heading(customer) {
    return customer.customerId ? `Edit ${customer.name}` : 'Add a customer';
  }

  /** Fields that most customers do not need, folded until one of them has something or is wrong. */
  #folded(words, open, paths, content) {
    return html`<details ?open=${open || paths.some((path) => this.errors?.has(path))}>
      <summary>${words}</summary>
      <div class="stack">${content}</div>
    </details>`;
  }

  #address(customer) {
    const { errors } = this;
    const own = customer.address && !customer.postal?.street && !customer.postal?.city;
    return html`<fieldset>
      <legend>Address</legend>
      <postal-fields .postal=${customer.postal ?? {}} .errors=${errors}></postal-fields>
      ${this.#folded(
        'As it is printed',
        own,
        ['address'],
        field('Address as printed', 'address', customer.address, {
          errors,
          rows: 4,
          maxlength: 2000,
          hint: 'It follows the fields above unless you write it yourself. Clear it to let it follow them again.',
        }),
      )}
    </fieldset>`;
  }

  #terms(customer) {
    const { errors } = this;
    return this.#folded(
      'Taxes and terms',
      customer.taxId || customer.taxExempt || customer.reference || Number.isInteger(customer.termsDays),
      ['taxId', 'reference', 'termsDays', 'taxExempt'],
      html`<div class="fields pairs">
          ${field('Tax ID', 'taxId', customer.taxId, {
            errors,
            maxlength: 200,
            hint: 'Printed on invoices, such as an EIN or a VAT number',
          })}
          ${field('Order number or reference', 'reference', customer.reference, {
            errors,
            maxlength: 200,
            hint: 'Printed on each of their invoices',
          })}
          ${field('Due after, days', 'termsDays', customer.termsDays, {
            errors,
            type: 'number',
            min: 0,
            max: 365,
            placeholder: String(this.#termsDays),
            hint: `Leave it empty for your firm’s ${this.#termsDays}`,
          })}
        </div>
        ${check('Tax exempt', 'taxExempt', customer.taxExempt, 'Their invoices carry no taxes, and say so')}`,
    );
  }

  fields(customer) {
    const { errors } = this;
    const contacts = customer.contacts ?? [];
    const contactPaths = [...(errors?.keys() ?? [])].filter((path) => path.startsWith('contacts['));
    return html`${problem(
        this.failed,
        ...['name', 'email', 'phone', 'address', 'reference', 'taxId', 'taxExempt', 'termsDays', 'note'],
        ...postalPaths,
        ...ratePaths(this.#services),
        ...contactPaths,
      )}
      ${field('Name', 'name', customer.name, { errors, required: true, maxlength: 200 })}
      <div class="fields pairs">
        ${field('Email', 'email', customer.email, {
          errors,
          type: 'email',
          hint: 'Gets all of their emails. Without one you bill them on paper.',
        })}
        ${field('Phone', 'phone', customer.phone, { errors, maxlength: 40, type: 'tel' })}
      </div>
      <details ?open=${contacts.length > 0 || contactPaths.length > 0}>
        <summary>Contacts</summary>
        <p class="muted">Who else gets emails of theirs. All recipients of an email see each other.</p>
        <contact-editor class="stack" .contacts=${contacts} .errors=${errors}></contact-editor>
      </details>
      ${this.#address(customer)} ${this.#terms(customer)}
      ${rateFields(this.#services, customer.rates, this.#currency, errors)}
      ${this.#folded(
        'Note for your firm',
        customer.note,
        ['note'],
        field('Note', 'note', customer.note, {
          errors,
          rows: 3,
          maxlength: 2000,
          hint: 'Only your firm sees it: it is never on an invoice or in an email',
        }),
      )}
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
    const terms = String(form.get('termsDays')).trim();
    const body = {
      name: form.get('name'),
      billing: form.get('billing') || null,
      email: String(form.get('email')).trim() || null,
      contacts: /** @type {any} */ (this.querySelector('contact-editor')).value,
      postal: postalTyped(form),
      termsDays: terms === '' ? null : Number(terms),
      taxExempt: form.has('taxExempt'),
      ...(this.#maySend && { sendAutomatically: form.has('sendAutomatically') }),
      ...(Object.keys(rates).length && { rates }),
    };
    const details = Object.fromEntries(
      ['address', 'phone', 'reference', 'taxId', 'note'].map((name) => [name, String(form.get(name)).trim() || null]),
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
