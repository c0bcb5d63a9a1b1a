// The dialog in which a paid service is chosen: Track → service → Start Tracking.
/** @import {Customer, Firm, Me, Service} from '../types/model' */
import { getOrRemembered, Refusal, remembered } from '../core/api.js';
import { money } from '../core/format.js';
import { billsTime, rateOf, rateText, whoseRate } from '../core/rates.js';
import { announce } from '../parts/messages.js';
import { html, LitElement, nothing } from '../vendor/lit.js';
import { likeliestFirst, usedNow } from './last-used.js';
import { timers, updateWithTimers } from './timers.js';
import { focusStop } from './tracker-window.js';

class TrackDialog extends LitElement {
  static properties = {
    customer: { state: true },
    services: { state: true },
    firm: { state: true },
    service: { state: true },
    billed: { state: true },
    problem: { state: true },
    busy: { state: true },
  };

  #round = 0; // counts openings: only the last one is shown
  #startWanted = false; // Enter was pressed before the services were there

  constructor() {
    super();
    /** @type {Customer | undefined} */
    this.customer = undefined;
    /** @type {Service[] | undefined} */
    this.services = undefined;
    /** @type {Firm | undefined} */
    this.firm = undefined;
    /** Who works. @type {Me | undefined} */
    this.me = undefined;
    /** The id of the service that is chosen; undefined for the first one. @type {string | undefined} */
    this.service = undefined;
    /**
     * Whether a person says that the time is billed; undefined where they leave it to the service.
     *
     * @type {boolean | undefined}
     */
    this.billed = undefined;
    /** @type {string | null} */
    this.problem = null;
    this.busy = false;
    updateWithTimers(this);
  }

  createRenderRoot() {
    return this;
  }

  get #dialog() {
    return /** @type {HTMLDialogElement} */ (this.querySelector('dialog'));
  }

  /**
   * Shows the dialog, at once with what is known of the services, and anew once the server has told.
   *
   * @param {Customer} customer
   * @param {boolean} [startNow] whether Enter was pressed before there was a dialog
   */
  async open(customer, startNow = false) {
    const round = ++this.#round;
    this.customer = customer;
    this.problem = null;
    this.busy = false;
    this.service = this.billed = undefined;
    this.#startWanted = startNow;
    if (!this.#dialog.open) {
      this.querySelector('form')?.reset(); // the last note and choice belong to the last timer
      this.#dialog.showModal(); // native: focus stays inside, Esc closes it
      this.#dialog.focus(); // at once, and not on Cancel: the next key may be there already
    }
    const [lastServices, lastFirm, lastMe] = await Promise.all(['/services', '/firm', '/me'].map(remembered));
    if (round !== this.#round) {
      return;
    }
    this.#know(lastServices, lastFirm, lastMe);
    await this.updateComplete;
    this.#begin();
    try {
      const [services, firm, me] = await Promise.all(['/services', '/firm', '/me'].map(getOrRemembered));
      if (round !== this.#round) {
        return;
      }
      const chosen = this.#chosen?.value;
      this.#know(services, firm, me);
      await this.updateComplete;
      const again = [
        .../** @type {NodeListOf<HTMLInputElement>} */ (this.querySelectorAll('input[name=service]')),
      ].find((each) => each.value === chosen);
      if (again) {
        again.checked = true; // the fields keep their places, while services may have changed theirs
      }
    } catch (failed) {
      this.problem = failed.message;
    }
    await this.updateComplete;
    if (round === this.#round && this.#dialog.open) {
      this.#begin();
    }
  }

  get #chosen() {
    return /** @type {HTMLInputElement | null} */ (this.querySelector('input[name=service]:checked'));
  }

  #know(services, firm, me) {
    if (services && firm && me) {
      this.me = me;
      this.services = likeliestFirst(
        services.services.filter((service) => service.active),
        this.customer?.customerId ?? '',
      );
      this.firm = firm;
    }
  }

  /** Puts the focus on the choice, unless somebody is in a field already, and does what Enter asked for before. */
  #begin() {
    if (document.activeElement === this.#dialog || !this.#dialog.contains(document.activeElement)) {
      (this.#chosen ?? this.#dialog).focus();
    }
    if (this.#startWanted && this.querySelector('button.primary')) {
      this.#startWanted = false;
      this.querySelector('form')?.requestSubmit();
    }
  }

  /** Enter that comes before the services do starts the first of them once they are there. */
  #key(event) {
    if (event.key === 'Enter' && event.target === this.#dialog) {
      this.#startWanted = true;
      event.preventDefault();
      this.#begin();
    }
  }

  async #start(event) {
    event.preventDefault();
    const chosen = new FormData(event.target);
    const customer = this.customer;
    const service = this.services?.find((each) => each.serviceId === chosen.get('service'));
    if (!customer || !service || this.busy) {
      return;
    }
    this.busy = true;
    this.problem = null;
    try {
      await timers.start(
        {
          customerId: customer.customerId,
          serviceId: service.serviceId,
          note: String(chosen.get('note')).trim(),
          ...(this.billed !== undefined && { billable: this.billed }),
          onRunning: timers.timer ? 'stop' : undefined,
        },
        { customerName: customer.name, serviceName: service.name, billable: this.billed ?? billsTime(service) },
      );
      usedNow(customer.customerId, service.serviceId);
      this.#close();
      announce(`Tracking ${service.name} for ${customer.name} started`);
      await focusStop();
    } catch (failed) {
      this.problem = failed.message;
      if (failed instanceof Refusal && failed.word === 'timer-already-running') {
        timers.refresh();
      }
    } finally {
      this.busy = false;
    }
  }

  #close() {
    this.#dialog.close();
  }

  #missing(firm) {
    if (firm.payments.status !== 'ready') {
      return html`<p>Before time can be tracked, the firm has to be able to take payments.</p>
        <p><a href="#/settings/payments" @click=${() => this.#close()}>Finish the payments setup</a></p>`;
    }
    return html`<p>There is no paid service to track yet.</p>
      <p><a href="#/settings/services" @click=${() => this.#close()}>Add a paid service</a></p>`;
  }

  #choices(services, firm) {
    const chosen = services.find(({ serviceId }) => serviceId === this.service) ?? services[0];
    return html`<fieldset>
        <legend>Paid service</legend>
        ${services.map(
          (service, at) =>
            html`<label class="choice">
              <input
                type="radio"
                name="service"
                value=${service.serviceId}
                required
                ?checked=${at === 0}
                @change=${() => {
                  this.service = service.serviceId;
                }}
              />
              <span
                ><b>${service.name}</b
                >${service.description ? html`<small>${service.description}</small>` : nothing}</span
              >
              ${this.#rate(service, firm)}
            </label>`,
        )}
      </fieldset>
      ${this.#bills(chosen, firm)}
      <label class="field"
        ><span>Note (optional)</span> <input name="note" maxlength="2000" autocomplete="off"
      /></label>
      ${
        timers.timer
          ? html`<p class="hint">The timer for ${timers.timer.customerName} that runs now is stopped first.</p>`
          : nothing
      }`;
  }

  /** What an hour costs, and whose rate that is; of a fixed price, that. */
  #rate(service, { currency }) {
    if (service.kind === 'fixed') {
      return html`<span class="rate">${money(service.fixedPrice, currency)}<small>fixed price</small></span>`;
    }
    if (!service.billable) {
      return html`<span class="rate"><small>not billed</small></span>`;
    }
    const { hourlyRate, rateSource } = rateOf(this.customer, service, this.me);
    return html`<span class="rate">${money(hourlyRate, currency)}/h<small>${whoseRate(rateSource)}</small></span>`;
  }

  /** Whether the time is billed: as the service says, unless the person says otherwise. */
  #bills(service, { currency }) {
    const usual = billsTime(service);
    const billed = this.billed ?? usual;
    return html`<div class="field">
      <label class="check"
        ><input
          type="checkbox"
          name="billable"
          .checked=${billed}
          aria-describedby="track-billed"
          @change=${(event) => {
            this.billed = event.target.checked === usual ? undefined : event.target.checked;
          }}
        />
        <span>Bill this time</span></label
      >
      <small id="track-billed"
        >${
          billed
            ? usual
              ? 'It goes on an invoice.'
              : `It goes on an invoice, at ${rateText(rateOf(this.customer, service, this.me), currency)}.`
            : 'It is kept, and goes on no invoice.'
        }</small
      >
    </div>`;
  }

  render() {
    const { services, firm } = this;
    const loaded = services && firm;
    const ready = loaded && services.length > 0 && firm.payments.status === 'ready';
    return html`<dialog
      aria-labelledby="track-title"
      tabindex="-1"
      autofocus
      @keydown=${(event) => this.#key(event)}
      @close=${() => {
        this.#startWanted = false;
      }}
    >
      <form @submit=${(event) => this.#start(event)}>
        <header>
          <h2 id="track-title">Track time</h2>
          <p class="sub">for ${this.customer?.name}</p>
        </header>
        ${
          ready
            ? this.#choices(services, firm)
            : loaded
              ? this.#missing(firm)
              : this.problem
                ? nothing
                : html`<p class="progress" role="progressbar" aria-label="Loading the paid services"></p>`
        }
        ${this.problem ? html`<p class="problem" role="alert">${this.problem}</p>` : nothing}
        <div class="actions">
          <button type="button" @click=${() => this.#close()}>Cancel</button>
          ${ready ? html`<button class="primary" ?disabled=${this.busy}>Start Tracking</button>` : nothing}
        </div>
      </form>
    </dialog>`;
  }
}
customElements.define('track-dialog', TrackDialog);
