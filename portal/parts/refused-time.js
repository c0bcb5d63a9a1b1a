// Time that waited for the network and was refused then: it stays until it is entered by hand or dropped.
import { moment, period } from '../core/format.js';
import { timers } from '../core/timers.js';
import { html, LitElement } from '../vendor/lit.js';
import { showWithUndo } from './say.js';

class RefusedTime extends LitElement {
  #entered;

  createRenderRoot() { return this; }

  connectedCallback() {
    super.connectedCallback();
    timers.addEventListener('change', this.#changed);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    timers.removeEventListener('change', this.#changed);
  }

  #changed = () => this.requestUpdate();

  async #enter(time) {
    await import('./entry-dialog.js');
    this.#entered = time;
    this.querySelector('entry-dialog').open(time);
  }

  #saved() {
    timers.drop(this.#entered);
    dispatchEvent(new Event('settled')); // pages show it
  }

  #drop(time) {
    timers.drop(time);
    showWithUndo('The time is dropped. Nothing will be billed.', () => timers.refuse(time));
  }

  #card(time) {
    const { customerName, serviceName, startedAt, stoppedAt, why } = time;
    return html`<section class="card row apart" aria-label="Refused time">
      <div><b>${serviceName} for ${customerName}, ${stoppedAt ? period(startedAt, stoppedAt) : `since ${moment(startedAt)}`}</b>
        <p>This time was kept without a network and refused afterwards: ${why}</p></div>
      <div class="row"><button class="plain danger" @click=${() => this.#drop(time)}>Drop it</button>
        <button @click=${() => this.#enter(time)}>Enter it by hand</button></div></section>`;
  }

  render() {
    return html`<div class="stack">${timers.refused.map((time) => this.#card(time))}</div><entry-dialog @saved=${() => this.#saved()}></entry-dialog>`;
  }
}
customElements.define('refused-time', RefusedTime);
