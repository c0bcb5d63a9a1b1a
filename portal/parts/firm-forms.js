// The settings page's forms of the firm itself: who it is, its bank details, what its staff may do. Each gives the
// fields, and reads a filled-in form as a change of the firm; loaded when such a section is opened.
/** @import {Firm} from '../types/model' */
/** @import {Errors} from '../types/portal' */
import { check, choice, field } from './fields.js';
import { html } from '../vendor/lit.js';

// ISO 3166, as the server knows it.
const COUNTRIES = (
  'AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ ' +
  'CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO ' +
  'FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE ' +
  'JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO ' +
  'MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW ' +
  'PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM ' +
  'TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW'
).split(' ');

/** A name of a country or a currency in the language of all texts here. @param {'region' | 'currency'} type */
const namer = (type) => {
  const names = new Intl.DisplayNames('en', { type, fallback: 'code' });
  return (code) => /** @type {string} */ (names.of(code));
};

/** The countries by name, for a choice; the first one is none. */
function countries() {
  const name = namer('region');
  const { compare } = new Intl.Collator('en');
  return [
    ['', 'Choose a country'],
    ...COUNTRIES.map((code) => [code, name(code)]).sort(([, a], [, b]) => compare(a, b)),
  ];
}

/** The currencies by code, with their names. */
export function currencies() {
  const name = namer('currency');
  return Intl.supportedValuesOf('currency').map((code) => [code, `${code} · ${name(code)}`]);
}

/** The time zones by name, the firm's own among them. @param {string} own */
export function timeZones(own) {
  const zones = Intl.supportedValuesOf('timeZone');
  return (zones.includes(own) ? zones : [own, ...zones]).map((zone) => [zone, zone.replaceAll('_', ' ')]);
}

/** What was typed, or null where nothing was. @param {FormData} form @param {string} name */
export const typed = (form, name) => String(form.get(name) ?? '').trim() || null;

/** The fields of an address in its parts. @param {Firm['postal']} postal @param {Errors} [errors] */
export const addressFields = (postal, errors) => {
  const part = (label, name, more) =>
    field(label, name, postal[name], { errors, path: `postal.${name}`, maxlength: 200, ...more });
  return html`<div class="fields pairs">
    ${part('Street and number', 'street', { autocomplete: 'address-line1' })}
    ${part('Suite or floor', 'street2', { autocomplete: 'address-line2' })}
    ${part('City', 'city', { autocomplete: 'address-level2' })}
    ${part('State or region', 'region', { autocomplete: 'address-level1' })}
    ${part('Postal code', 'postalCode', { autocomplete: 'postal-code', maxlength: 40 })}
    ${choice('Country', 'country', postal.country ?? '', countries(), { errors, path: 'postal.country' })}
  </div>`;
};

/** An address in its parts, as it was typed. @param {FormData} form */
export const addressTyped = (form) =>
  Object.fromEntries(
    ['street', 'street2', 'city', 'region', 'postalCode', 'country'].map((name) => [name, typed(form, name)]),
  );

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
      ${addressFields(firm.postal, errors)}
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
    postal: addressTyped(form),
    address: typed(form, 'address'),
    taxId: typed(form, 'taxId'),
    currency: form.get('currency'),
    timeZone: form.get('timeZone'),
  }),
  paths: [
    ...['name', 'email', 'phone', 'website', 'address', 'taxId', 'currency', 'timeZone'],
    ...['street', 'street2', 'city', 'region', 'postalCode', 'country'].map((part) => `postal.${part}`),
  ],
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
