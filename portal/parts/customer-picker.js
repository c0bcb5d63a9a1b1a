// A field that finds one customer among thousands: the server is searched for what is typed.
/** @import {Customer} from '../types/model' */
import { get, queryString } from '../core/api.js';
import { html, LitElement, nothing } from '../vendor/lit.js';

const label = ({ name, email }) => [name, email].filter(Boolean).join(' · ');

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
    const offered = this.found.find((customer) => label(customer) === value);
    clearTimeout(this.#typing);
    if (offered) {
      this.#choose(offered, event.target);
    } else {
      this.chosen = null;
      event.target.setCustomValidity(value ? 'Choose one of the customers that are offered.' : '');
      this.#typing = setTimeout(() => this.#search(value.split(' · ')[0].trim()), 200);
    }
  }

  #choose(customer, input) {
    this.chosen = customer;
    this.#text = label(customer);
    input.setCustomValidity('');
    this.dispatchEvent(new CustomEvent('chosen', { detail: customer, bubbles: true }));
  }

  /** Whoever has typed a whole name means its customer, if only one is called so. */
  async #left({ target }) {
    const typed = target.value.trim().toLowerCase();
    if (this.chosen || !typed) {
      return;
    }
    clearTimeout(this.#typing);
    await this.#search(typed);
    const called = this.found.filter(({ name }) => name.toLowerCase() === typed);
    if (called.length === 1 && target.value.trim().toLowerCase() === typed) {
      this.#choose(called[0], target);
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
          @change=${this.#left}
      /></label>
      <input type="hidden" name="customerId" .value=${chosen?.customerId ?? ''} />
      <datalist id="customers-found">
        ${this.found.map((customer) => html`<option value=${label(customer)}></option>`)}
      </datalist>
      ${error ? html`<small class="problem">${error}</small>` : nothing}`;
  }
}
customElements.define('customer-picker', CustomerPicker);
