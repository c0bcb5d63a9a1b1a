// The settings page's forms of the firm itself: who it is, its bank details, what its staff may do. Each gives the
// fields, and reads a filled-in form as a change of the firm; loaded when such a section is opened.
/** @import {Firm} from '../types/model' */
/** @import {Errors} from '../types/portal' */
import { check, choice, field } from './fields.js';
import { postalPaths, postalTyped } from './postal-fields.js';
import { html } from '../vendor/lit.js';

/** The currencies by code, with their names in the language of all texts here. */
export function currencies() {
  const names = new Intl.DisplayNames('en', { type: 'currency', fallback: 'code' });
  return Intl.supportedValuesOf('currency').map((code) => [code, `${code} · ${names.of(code)}`]);
}

/** The time zones by name, the firm's own among them. @param {string} own */
export function timeZones(own) {
  const zones = Intl.supportedValuesOf('timeZone');
  return (zones.includes(own) ? zones : [own, ...zones]).map((zone) => [zone, zone.replaceAll('_', ' ')]);
}

/** What was typed, or null where nothing was. @param {FormData} form @param {string} name */
export const typed = (form, name) => String(form.get(name) ?? '').trim() || null;

/** A web address, with its scheme where somebody leaves that out. @param {string | null} text */
const webAddress = (text) => (text && !/^[a-z]+:/i.test(text) ? `https://${text}` : text);

/** Who the firm is. @param {Firm} firm @param {Errors} [errors] */
const firmForm = (firm, errors) => ({
  content: html`<fieldset>
      <legend>Who you are</legend>
      <div class="fields pairs">
        ${field('Name', 'name', firm.name, { errors, required: true, maxlength: 200, autocomplete: 'organization' })}
        ${field('Email', 'email', firm.email, {
          errors,
          required: true,
          type: 'email',
          hint: 'Replies and notices go here',
        })}
        ${field('Phone', 'phone', firm.phone, { errors, maxlength: 40, type: 'tel', autocomplete: 'tel' })}
        ${field('Website', 'website', firm.website, { errors, maxlength: 200, inputmode: 'url', autocomplete: 'url' })}
      </div>
    </fieldset>
    <fieldset>
      <legend>Address</legend>
      <postal-fields .postal=${firm.postal} .errors=${errors}></postal-fields>
      <details ?open=${Boolean(errors?.has('address') || (firm.address && !firm.postal.city))}>
        <summary>As it is printed</summary>
        ${field('Address as printed', 'address', firm.address, {
          errors,
          rows: 4,
          maxlength: 2000,
          hint: 'It follows the fields above unless you write it yourself. Clear it to let it follow them again.',
        })}
      </details>
    </fieldset>
    <fieldset>
      <legend>Taxes, money and days</legend>
      <div class="fields">
        ${field('Tax ID', 'taxId', firm.taxId, {
          errors,
          maxlength: 40,
          hint: 'Printed on invoices, such as an EIN or a VAT number',
        })}
        ${choice('Currency', 'currency', firm.currency, currencies(), { errors })}
        ${choice('Time zone', 'timeZone', firm.timeZone, timeZones(firm.timeZone), { errors })}
      </div>
    </fieldset>`,
  body: (form) => ({
    name: form.get('name'),
    email: form.get('email'),
    phone: typed(form, 'phone'),
    website: webAddress(typed(form, 'website')),
    postal: postalTyped(form),
    address: typed(form, 'address'),
    taxId: typed(form, 'taxId'),
    currency: form.get('currency'),
    timeZone: form.get('timeZone'),
  }),
  paths: [...['name', 'email', 'phone', 'website', 'address', 'taxId', 'currency', 'timeZone'], ...postalPaths],
});

/** Where customers may transfer money to. @param {Firm} firm @param {Errors} [errors] */
const bankForm = ({ name, bank }, errors) => {
  const part = (label, of, more) => field(label, of, bank[of], { errors, path: `bank.${of}`, maxlength: 200, ...more });
  return {
    content: html`<p class="muted">
        Printed on invoices, for customers who would rather transfer the money. Fill in what your bank uses: IBAN and
        BIC, or account and routing number.
      </p>
      <div class="fields pairs">
        ${part('Account holder', 'holder', { placeholder: name })}${part('Bank', 'bankName')}
        ${part('IBAN', 'iban', { maxlength: 60 })}${part('BIC (SWIFT)', 'bic', { maxlength: 40 })}
        ${part('Account number', 'account', { maxlength: 40 })}
        ${part('Routing number or sort code', 'routing', { maxlength: 40 })}
      </div>`,
    body: (form) => ({
      bank: Object.fromEntries(Object.keys(bank).map((each) => [each, typed(form, each)])),
    }),
    paths: Object.keys(bank).map((each) => `bank.${each}`),
  };
};

/** What members of staff may do who are no owners. @param {Firm} firm */
const permissionsForm = ({ permissions }) => ({
  content: html`<p class="muted">Owners can do everything. Staff can track time and edit drafts. They can also:</p>
    ${check(
      'Send invoices',
      'staffSend',
      permissions.staffSend,
      'Send and resend, void and revise, delete drafts, and record payments',
    )}
    ${check('See the reports', 'staffReports', permissions.staffReports, 'What was billed, paid and is still open')}`,
  body: (form) => ({
    permissions: { staffSend: form.has('staffSend'), staffReports: form.has('staffReports') },
  }),
  paths: [],
});

/** The forms by their sections. */
export const forms = { firm: firmForm, bank: bankForm, permissions: permissionsForm };
