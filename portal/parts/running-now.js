// Who runs what now; owners can stop a timer that somebody forgot.
import { get, post } from '../core/api.js';
import { learn, now } from '../core/clock.js';
import { minutes, moment } from '../core/format.js';
import { timers } from '../core/timers.js';
import { html, LitElement, nothing } from '../vendor/lit.js';
import { once } from './filters.js';
import { show } from './say.js';

const EVERY = 15_000;

class RunningNow extends LitElement {
  static properties = { me: { attribute: false }, running: { state: true } };
  #again;

  createRenderRoot() { return this; }

  connectedCallback() {
    super.connectedCallback();
    timers.addEventListener('change', this.#read);
    this.#read();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    timers.removeEventListener('change', this.#read);
    clearTimeout(this.#again);
  }

  #read = async () => {
    clearTimeout(this.#again);
    const sent = Date.now();
    try {
      this.running = (await get('/timers', { unseen: true })).timers;
      if (this.running.length) {
        learn(this.running[0].serverTime, sent, Date.now());
      }
    } catch { /* what was read last stays; the next time tells more */ }
    if (this.isConnected) {
      clearTimeout(this.#again);
      this.#again = setTimeout(this.#read, EVERY);
    }
  };

  #stop(event, timer) {
    once(event, async () => {
      await post(`/timers/${timer.timerId}/stop`);
      show(`The timer of ${timer.staffName} is stopped.`);
      dispatchEvent(new Event('settled')); // pages show the time
      await this.#read();
    });
  }

  render() {
    return html`<section class="card" aria-label="Running now"><h2>Running now</h2>
      ${this.running?.length ? html`<ul class="plain running">${this.running.map((timer) => html`<li>
        <span><span class="dot"></span><b>${timer.staffName}</b> · <a href="#/customers/${timer.customerId}">${timer.customerName}</a> · ${timer.serviceName}</span>
        <span class="muted" title="since ${moment(timer.startedAt)}">${minutes(Math.max(0, Math.floor((now() - Date.parse(timer.startedAt)) / 60_000)))}</span>
        ${this.me.role === 'owner' && timer.staffId !== this.me.staffId
          ? html`<button class="plain" aria-label="Stop the timer of ${timer.staffName}" @click=${(event) => this.#stop(event, timer)}>Stop</button>` : nothing}</li>`)}</ul>`
      : html`<p class="muted">${this.running ? 'No timer is running.' : '\u00a0'}</p>`}</section>`;
  }
}
customElements.define('running-now', RunningNow);
