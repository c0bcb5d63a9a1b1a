// Time that waited for the network and was then refused: shown until it is entered by hand or dropped.
import { dateTime, period } from '../core/format.js';
import { timers, updateWithTimers } from './timers.js';
import { html, LitElement } from '../vendor/lit.js';
import { dataChanged, showMessageWithUndo } from '../parts/messages.js';

class RefusedTime extends LitElement {
  #entered;

  constructor() {
    super();
    updateWithTimers(this);
  }

  createRenderRoot() {
    return this;
  }

  async #enter(time) {
    await import('../parts/entry-dialog.js');
    this.#entered = time;
    this.querySelector('entry-dialog')?.open(time);
  }

  #saved() {
    timers.drop(this.#entered);
    dataChanged();
  }

  #drop(time) {
    timers.drop(time);
    showMessageWithUndo('The time is dropped. Nothing will be billed.', () => timers.refuse(time));
  }

  #card(time) {
    const { customerName, serviceName, startedAt, stoppedAt, why } = time;
    return html`<section class="card row apart" aria-label="Refused time">
      <div>
        <b
          >${serviceName} for ${customerName},
          ${stoppedAt ? period(startedAt, stoppedAt) : `since ${dateTime(startedAt)}`}</b
        >
        <p>This time was kept without a network and refused afterwards: ${why}</p>
      </div>
      <div class="row">
        <button class="plain danger" @click=${() => this.#drop(time)}>Drop it</button>
        <button @click=${() => this.#enter(time)}>Enter it by hand</button>
      </div>
    </section>`;
  }

  render() {
    return html`<div class="stack">${timers.refused.map((time) => this.#card(time))}</div>
      <entry-dialog @saved=${() => this.#saved()}></entry-dialog>`;
  }
}
customElements.define('refused-time', RefusedTime);
