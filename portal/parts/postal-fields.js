// The fields of an address in its parts, for the firm and for customers: the country first, then what the country asks
// for, in its order and by its names.
/** @import {Errors} from '../types/portal' */
import { postalFormats, postalParts } from '../core/postal.js';
import { field } from './fields.js';
import { html, LitElement, nothing } from '../vendor/lit.js';

const PARTS = ['street', 'street2', 'city', 'region', 'postalCode', 'country'];

const AUTOCOMPLETE = {
  street: 'address-line1',
  street2: 'address-line2',
  city: 'address-level2',
  region: 'address-level1',
  postalCode: 'postal-code',
};

/** The paths of the parts in requests. */
export const postalPaths = PARTS.map((part) => `postal.${part}`);

/** What was typed into the parts of a form's address; null where nothing was. @param {FormData} form */
export const postalTyped = (form) =>
  Object.fromEntries(PARTS.map((part) => [part, String(form.get(part) ?? '').trim() || null]));

/** The countries by name, for a choice; the first one is none. @param {string[]} codes */
function countries(codes) {
  const names = new Intl.DisplayNames('en', { type: 'region', fallback: 'code' });
  const { compare } = new Intl.Collator('en');
  return [
    ['', 'Choose a country'],
    ...codes.map((code) => [code, names.of(code) ?? code]).sort(([, a], [, b]) => compare(a, b)),
  ];
}

/** `postal` is what the fields begin with, `errors` what is wrong with them. */
class PostalFields extends LitElement {
  static properties = { postal: { attribute: false }, errors: { attribute: false }, formats: { state: true } };
  /** What stands in the fields, whichever of them are shown. @type {Record<string, string | null>} */
  #typed = {};

  constructor() {
    super();
    /** @type {Record<string, string | null>} */
    this.postal = {};
    /** @type {Errors | undefined} */
    this.errors = undefined;
    /** @type {import('../core/postal.js').Formats | null} */
    this.formats = null;
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    postalFormats().then((formats) => {
      this.formats = formats;
    });
  }

  willUpdate(changed) {
    if (changed.has('postal') && PARTS.some((part) => changed.get('postal')?.[part] !== this.postal[part])) {
      this.#typed = { ...this.postal };
    }
  }

  /** Fields that moved have what belongs into them: they are the same controls by another name. */
  updated() {
    for (const control of this.querySelectorAll('input')) {
      const typed = this.#typed[control.name] ?? '';
      if (control.value !== typed) {
        control.value = typed;
      }
    }
  }

  #keep({ target }) {
    this.#typed[target.name] = target.value;
    if (target.name === 'country') {
      this.requestUpdate();
    }
  }

  /** Their names are no part of the label, which a choice around its options would make of them. */
  #countries(country, codes) {
    const wrong = this.errors?.get('postal.country');
    return html`<div class="field">
      <label class="field" for="field-country"><span>Country</span></label>
      <select id="field-country" name="country" aria-invalid=${wrong ? 'true' : nothing}>
        ${countries(codes).map(
          ([each, words]) => html`<option value=${each} ?selected=${each === country}>${words}</option>`,
        )}
      </select>
      ${wrong ? html`<small class="problem">${wrong}</small>` : nothing}
    </div>`;
  }

  render() {
    const { errors, formats } = this;
    const country = this.#typed.country ?? '';
    const codes = Object.keys(formats ?? {});
    const shown = country && !codes.includes(country) ? [country, ...codes] : codes;
    return html`<div class="fields pairs" @input=${this.#keep}>
      ${this.#countries(country, shown)}
      ${postalParts(formats ?? {}, country, this.#typed).map(([part, words]) =>
        field(words, part, this.#typed[part], {
          errors,
          path: `postal.${part}`,
          maxlength: part === 'postalCode' ? 40 : 200,
          autocomplete: AUTOCOMPLETE[part],
        }),
      )}
    </div>`;
  }
}
customElements.define('postal-fields', PostalFields);
