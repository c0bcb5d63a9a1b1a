// What an hour costs of the time that a form is about, and why: it follows the customer and the service that are
// chosen.
/** @import {Customer, Me, Service, StaffMember} from '../types/model' */
import { getOrRemembered } from '../core/api.js';
import { rateOf, rateText } from '../core/rates.js';
import { LitElement } from '../vendor/lit.js';

/** What has been read, so that a choice that changes reads only what is new. @type {Map<string, Promise<any>>} */
const read = new Map();

function once(path) {
  const known = read.get(path) ?? getOrRemembered(path);
  read.set(path, known);
  known.catch(() => read.delete(path));
  return known;
}

// What others change meanwhile is read anew.
addEventListener('data-changed', () => read.clear());

/** A sentence that follows the properties. */
export class RateShown extends LitElement {
  static properties = {
    customerId: { attribute: false },
    serviceId: { attribute: false },
    staffId: { attribute: false },
    lead: { attribute: false },
    words: { state: true },
  };
  #round = 0;

  constructor() {
    super();
    /** @type {string | undefined} */
    this.customerId = undefined;
    /** @type {string | undefined} */
    this.serviceId = undefined;
    /** Whose time it is; by default who is logged in. @type {string | undefined} */
    this.staffId = undefined;
    /** What stands before the sentence. */
    this.lead = '';
    this.words = '';
  }

  createRenderRoot() {
    return this;
  }

  updated(changed) {
    if (['customerId', 'serviceId', 'staffId', 'lead'].some((each) => changed.has(each))) {
      this.#find();
    }
  }

  async #find() {
    const round = ++this.#round;
    const words = await this.#sentence().catch(() => ''); // without a network nobody knows
    if (round === this.#round) {
      this.words = words;
    }
  }

  async #sentence() {
    const { customerId, serviceId, staffId } = this;
    if (!customerId || !serviceId) {
      return '';
    }
    /** @type {[Customer, {services: Service[]}, Me, import('../types/model').Firm]} */
    const [customer, { services }, me, firm] = await Promise.all([
      once(`/customers/${customerId}`),
      once('/services'),
      once('/me'),
      once('/firm'),
    ]);
    const service = services.find((each) => each.serviceId === serviceId);
    const own = !staffId || staffId === me.staffId;
    const person = own ? me : await this.#member(staffId);
    if (!service || !person) {
      return '';
    }
    const text = rateText(rateOf(customer, service, person), firm.currency, own ? undefined : person.name);
    return this.lead + text;
  }

  /** @returns {Promise<StaffMember | undefined>} */
  async #member(staffId) {
    const { staff } = await once('/staff');
    return staff.find((each) => each.staffId === staffId);
  }

  render() {
    return this.words;
  }
}
customElements.define('rate-shown', RateShown);
