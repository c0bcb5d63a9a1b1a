// The settings of payments: the firm's account at the processor, and money that arrived and fits no invoice.
/** @import {Me} from '../types/model' */
import { post } from '../core/api.js';
import { html, LitElement, nothing } from '../vendor/lit.js';
import { openDialog } from './lazy.js';
import { dataChanged, showMessage, whileDisabled } from './messages.js';
import { unmatchedMoney } from './unmatched-money.js';

const STATES = {
  missing: [
    'Not set up',
    'Customers cannot pay yet, and no time can be tracked before they can. ' +
      'The processor asks for the firm’s details and its bank account; it takes a few minutes.',
    'Set up payments',
  ],
  pending: ['Not finished', 'The processor still waits for something.', 'Go on with the setup'],
  ready: [
    'Ready',
    'Customers can pay by card and more, from the link in the invoice’s mail.',
    'Change the details at the processor',
  ],
};

class PaymentsSettings extends LitElement {
  static properties = {
    me: { attribute: false },
    setup: { attribute: false },
    unmatched: { attribute: false },
    again: { attribute: false },
    refused: { state: true },
  };

  constructor() {
    super();
    /** @type {Me} */
    this.me;
    /** As the API answers it, or why it did not, as `missed`. @type {any} */
    this.setup = undefined;
    /** Likewise the first page of the list. @type {any} */
    this.unmatched = undefined;
    /** Whether the processor sent somebody here whose link had expired or was used: they go on to a new one. */
    this.again = false;
    /** Why the setup did not begin. @type {any} */
    this.refused = null;
  }

  createRenderRoot() {
    return this;
  }

  firstUpdated() {
    if (this.again) {
      this.#setUp('replace');
    }
  }

  /** @param {'assign' | 'replace'} go */
  async #setUp(go) {
    try {
      location[go]((await post('/payments/setup')).onboardingUrl);
    } catch (failed) {
      this.refused = failed;
    }
  }

  /** Why something is not shown. @param {Error} failed */
  #missed(failed) {
    return html`<p class="problem" role="alert">${failed.message}</p>`;
  }

  #settle(payment) {
    openDialog(
      this,
      'settled-dialog',
      () => import('./settings-dialogs.js'),
      () => payment,
    );
  }

  get #owner() {
    return this.me.role === 'owner';
  }

  #setup() {
    const { setup } = this;
    const [pill, words, does] = STATES[setup.status];
    return html`<p><span class="pill ${setup.status === 'ready' ? 'ok' : 'due'}">${pill}</span></p>
      <p>${words}</p>
      ${setup.accountId ? html`<p class="muted">The firm’s account at the processor: ${setup.accountId}</p>` : nothing}
      ${
        setup.requirements.length
          ? html`<p>Still needed:</p>
              <ul>
                ${setup.requirements.map((each) => html`<li>${each}</li>`)}
              </ul>`
          : nothing
      }
      ${this.refused ? this.#missed(this.refused) : nothing}
      ${
        this.#owner
          ? html`<div class="actions">
              <button
                class=${setup.status === 'ready' ? '' : 'primary'}
                @click=${(event) => whileDisabled(event, () => this.#setUp('assign'))}
              >
                ${does}
              </button>
            </div>`
          : html`<p class="hint">Only an owner of the firm can change this.</p>`
      }`;
  }

  render() {
    const { setup, unmatched } = this;
    return html`<div class="stack">
      ${setup.missed ? this.#missed(setup.missed) : this.#setup()}
      <section class="stack" aria-labelledby="unmatched">
        <h3 id="unmatched">Money that fits no invoice</h3>
        ${
          unmatched.missed
            ? this.#missed(unmatched.missed)
            : unmatchedMoney(unmatched.payments, this.#owner ? (payment) => this.#settle(payment) : null)
        }
      </section>
      <settled-dialog
        @saved=${(event) => {
          showMessage('It is settled, and off the list.');
          event.done = dataChanged();
        }}
      ></settled-dialog>
    </div>`;
  }
}
customElements.define('payments-settings', PaymentsSettings);
