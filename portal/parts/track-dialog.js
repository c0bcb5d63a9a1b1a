// The dialog in which a paid service is chosen: Track → service → Start Tracking.
import { Refusal } from '../core/api.js';
import { money } from '../core/format.js';
import { known } from '../core/known.js';
import { timers } from '../core/timers.js';
import { html, LitElement, nothing } from '../vendor/lit.js';
import { say } from './say.js';

class TrackDialog extends LitElement {
  static properties = {
    running: { attribute: false }, customer: { state: true }, services: { state: true }, firm: { state: true },
    problem: { state: true }, busy: { state: true },
  };

  createRenderRoot() { return this; }

  /** Opens for a customer. */
  async open(customer) {
    this.customer = customer;
    this.problem = null;
    this.busy = false;
    await this.updateComplete;
    this.querySelector('dialog').showModal(); // native: focus stays inside, Esc closes it
    try {
      const [{ services }, firm] = await Promise.all([known('/services'), known('/firm')]);
      this.services = services.filter((service) => service.active);
      this.firm = firm;
    } catch (failed) {
      this.problem = failed.message;
    }
    await this.updateComplete;
    if (!this.querySelector('input:focus')) { // who was quick is there already
      this.querySelector('input[name=service]')?.focus();
    }
  }

  async #start(event) {
    event.preventDefault();
    const chosen = new FormData(event.target);
    const service = this.services.find((each) => each.serviceId === chosen.get('service'));
    this.busy = true;
    this.problem = null;
    try {
      await timers.start(
        { customerId: this.customer.customerId, serviceId: service.serviceId,
          note: chosen.get('note').trim(), onRunning: this.running ? 'stop' : undefined },
        { customerName: this.customer.name, serviceName: service.name });
      this.querySelector('dialog').close();
      say(`Tracking ${service.name} for ${this.customer.name} started`);
      const window = document.querySelector('tracker-window');
      await window?.updateComplete;
      window?.focusStop();
    } catch (failed) {
      this.problem = failed.message;
      if (failed instanceof Refusal && failed.word === 'timer-already-running') {
        timers.refresh();
      }
    } finally {
      this.busy = false;
    }
  }

  #missing() {
    if (this.firm.payments.status !== 'ready') {
      return html`<p>Before time can be tracked, the firm has to be able to take payments.</p>
        <p><a href="#/settings/payments" @click=${() => this.#close()}>Finish the payments setup</a></p>`;
    }
    return html`<p>There is no paid service to track yet.</p>
      <p><a href="#/settings/services" @click=${() => this.#close()}>Add a paid service</a></p>`;
  }

  #close() { this.querySelector('dialog').close(); }

  #choices() {
    return html`<fieldset><legend>Paid service</legend>
        ${this.services.map((service, at) => html`<label class="choice">
          <input type="radio" name="service" value=${service.serviceId} required ?checked=${at === 0}>
          <span><b>${service.name}</b>${service.description ? html`<small>${service.description}</small>` : nothing}</span>
          <span class="rate">${money(this.customer.rates?.[service.serviceId] ?? service.hourlyRate, this.firm.currency)}/h</span>
        </label>`)}
      </fieldset>
      <label class="field"><span>Note <small>optional</small></span>
        <input name="note" maxlength="2000" autocomplete="off"></label>
      ${this.running ? html`<p class="hint">The timer for ${this.running.customerName} that runs now is stopped first.</p>` : nothing}`;
  }

  render() {
    const known = this.services && this.firm;
    const ready = known && this.services.length > 0 && this.firm.payments.status === 'ready';
    return html`<dialog aria-labelledby="track-title">
      <form @submit=${(event) => this.#start(event)}>
        <header><h2 id="track-title">Track time</h2><p class="sub">for ${this.customer?.name}</p></header>
        ${ready ? this.#choices() : known ? this.#missing()
          : this.problem ? nothing : html`<p class="progress" role="progressbar" aria-label="Loading the paid services"></p>`}
        ${this.problem ? html`<p class="problem" role="alert">${this.problem}</p>` : nothing}
        <div class="actions">
          <button type="button" @click=${() => this.#close()}>Cancel</button>
          ${ready ? html`<button class="primary" ?disabled=${this.busy}>Start Tracking</button>` : nothing}
        </div>
      </form></dialog>`;
  }
}
customElements.define('track-dialog', TrackDialog);
