// The dialog in which a paid service is chosen: Track → service → Start Tracking.
/** @import {Customer, Firm, Service} from '../types/model' */
import { getOrRemembered, Refusal, remembered } from '../core/api.js';
import { money } from '../core/format.js';
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
    this.#startWanted = startNow;
    if (!this.#dialog.open) {
      this.querySelector('form')?.reset(); // the last note and choice belong to the last timer
      this.#dialog.showModal(); // native: focus stays inside, Esc closes it
      this.#dialog.focus(); // at once, and not on Cancel: the next key may be there already
    }
    const [lastServices, lastFirm] = await Promise.all([remembered('/services'), remembered('/firm')]);
    if (round !== this.#round) {
      return;
    }
    this.#know(lastServices, lastFirm);
    await this.updateComplete;
    this.#begin();
    try {
      const [services, firm] = await Promise.all([getOrRemembered('/services'), getOrRemembered('/firm')]);
      if (round !== this.#round) {
        return;
      }
      const chosen = this.#chosen?.value;
      this.#know(services, firm);
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

  #know(services, firm) {
    if (services && firm) {
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
          onRunning: timers.timer ? 'stop' : undefined,
        },
        { customerName: customer.name, serviceName: service.name },
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
    const rate = (service) => this.customer?.rates?.[service.serviceId] ?? service.hourlyRate;
    return html`<fieldset>
        <legend>Paid service</legend>
        ${services.map(
          (service, at) =>
            html`<label class="choice">
              <input type="radio" name="service" value=${service.serviceId} required ?checked=${at === 0} />
              <span
                ><b>${service.name}</b
                >${service.description ? html`<small>${service.description}</small>` : nothing}</span
              >
              <span class="rate">${money(rate(service), firm.currency)}/h</span>
            </label>`,
        )}
      </fieldset>
      <label class="field"
        ><span>Note (optional)</span> <input name="note" maxlength="2000" autocomplete="off"
      /></label>
      ${
        timers.timer
          ? html`<p class="hint">The timer for ${timers.timer.customerName} that runs now is stopped first.</p>`
          : nothing
      }`;
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

/**
 * Asks which service to track for a customer, and starts the timer.
 *
 * @param {Customer} customer
 * @param {boolean} [startNow] starts the first one that is offered, without another question
 */
export const track = (customer, startNow) =>
  /** @type {TrackDialog} */ (document.querySelector('track-dialog')).open(customer, startNow);
