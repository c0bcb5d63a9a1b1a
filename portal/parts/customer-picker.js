// A field that finds one customer among thousands: the server is searched for what is typed.
/** @import {Customer} from '../types/model' */
import { get, queryString } from '../core/api.js';
import { html, LitElement, nothing } from '../vendor/lit.js';

const label = ({ name, email }) => `${name} · ${email}`;

/** A form field named `customerId`. Its properties hold the id and the name of the customer chosen so far, if any. */
class CustomerPicker extends LitElement {
  static properties = {
    customerId: { attribute: false },
    called: { attribute: false },
    chosen: { state: true },
    found: { state: true },
    error: {},
  };
  #typing;
  #round = 0;
  #text = '';

  constructor() {
    super();
    /** @type {string | undefined} */
    this.customerId = undefined;
    /** @type {string | undefined} */
    this.called = undefined;
    /** @type {{customerId: string} | null} */
    this.chosen = null;
    /** @type {Customer[]} */
    this.found = [];
    /** @type {string | undefined} */
    this.error = undefined;
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#search('');
  }

  willUpdate(changed) {
    if (changed.has('customerId')) {
      this.chosen = this.customerId ? { customerId: this.customerId } : null;
      this.#text = this.called ?? '';
    }
  }

  async #search(search) {
    const round = ++this.#round;
    const { customers } = await get(`/customers${queryString({ search, limit: 20 })}`, { background: true }).catch(
      () => ({
        customers: [],
      }),
    );
    if (round === this.#round) {
      // else more has been typed since
      this.found = customers.filter((customer) => customer.active);
    }
  }

  #typed(event) {
    const { value } = event.target;
    this.#text = value;
    this.chosen = this.found.find((customer) => label(customer) === value) ?? null;
    event.target.setCustomValidity(this.chosen || !value ? '' : 'Choose one of the customers that are offered.');
    if (!this.chosen) {
      clearTimeout(this.#typing);
      this.#typing = setTimeout(() => this.#search(value.split(' · ')[0].trim()), 200);
    } else {
      this.dispatchEvent(new CustomEvent('chosen', { detail: this.chosen, bubbles: true }));
    }
  }

  render() {
    const { chosen, error } = this;
    return html`<label class="field"
        ><span>Customer</span
        ><input
          list="customers-found"
          required
          autocomplete="off"
          placeholder="Name or email"
          .value=${this.#text}
          aria-invalid=${error ? 'true' : nothing}
          @input=${this.#typed}
      /></label>
      <input type="hidden" name="customerId" .value=${chosen?.customerId ?? ''} />
      <datalist id="customers-found">
        ${this.found.map((customer) => html`<option value=${label(customer)}></option>`)}
      </datalist>
      ${error ? html`<small class="problem">${error}</small>` : nothing}`;
  }
}
customElements.define('customer-picker', CustomerPicker);
