// Who runs what now; owners correct, discard and stop the timers that others forgot.
import { get, post, remove } from '../core/api.js';
import { learn, now } from '../core/clock.js';
import { minutes, moment } from '../core/format.js';
import { timers } from '../core/timers.js';
import { html, LitElement, nothing } from '../vendor/lit.js';
import { later, once, show } from './say.js';
import './timer-dialog.js';

const EVERY = 15_000;
const aside = new Set(); // discarded, as long as that can be taken back

class RunningNow extends LitElement {
  static properties = { me: { attribute: false }, running: { state: true } };
  #again;
  #round = 0;

  createRenderRoot() { return this; }

  connectedCallback() {
    super.connectedCallback();
    timers.addEventListener('change', this.#read);
    addEventListener('settled', this.#read);
    this.#read();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    timers.removeEventListener('change', this.#read);
    removeEventListener('settled', this.#read);
    clearTimeout(this.#again);
  }

  #read = async () => {
    clearTimeout(this.#again);
    const round = ++this.#round;
    const sent = Date.now();
    try {
      const { timers: all } = await get('/timers', { unseen: true });
      if (all.length) {
        learn(all[0].serverTime, sent, Date.now());
      }
      if (round === this.#round) { // else it was asked for again meanwhile
        this.running = all.filter((timer) => !aside.has(timer.timerId));
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
      this.#settled();
    });
  }

  /** Pages show the time, and this list what is left. */
  #settled() { dispatchEvent(new Event('settled')); }

  #discard({ timerId, staffName }) {
    aside.add(timerId);
    this.running = this.running.filter((timer) => timer.timerId !== timerId);
    later(`The timer of ${staffName} was discarded. Nothing will be billed.`,
      (leaving) => remove(`/timers/${timerId}`, { keepalive: leaving }).finally(() => aside.delete(timerId)),
      () => { aside.delete(timerId); this.#settled(); });
  }

  #saved(event) {
    show(event.detail.timeEntry ? `The timer of ${event.target.about.staffName} is stopped.` : 'Saved');
    this.#settled();
  }

  #tools(timer) {
    const button = (words, act, kind = '') => html`<button class="plain ${kind}" aria-label="${words} the timer of ${timer.staffName}" @click=${act}>${words}</button>`;
    return html`<span>${button('Edit', () => this.querySelector('timer-dialog').open(timer))}${button('Discard', () => this.#discard(timer), 'danger')}${
      button('Stop', (event) => this.#stop(event, timer))}</span>`;
  }

  render() {
    return html`<section class="card" aria-label="Running now"><h2>Running now</h2>
      ${this.running?.length ? html`<ul class="plain running">${this.running.map((timer) => html`<li>
        <span><span class="dot"></span><b>${timer.staffName}</b> · <a href="#/customers/${timer.customerId}">${timer.customerName}</a> · ${timer.serviceName}</span>
        <span class="muted" title="since ${moment(timer.startedAt)}">${minutes(Math.max(0, Math.floor((now() - Date.parse(timer.startedAt)) / 60_000)))}</span>
        ${this.me.role === 'owner' && timer.staffId !== this.me.staffId
          ? this.#tools(timer) : nothing}</li>`)}</ul>`
      : html`<p class="muted">${this.running ? 'No timer is running.' : '\u00a0'}</p>`}</section>
      <timer-dialog @saved=${this.#saved}></timer-dialog>`;
  }
}
customElements.define('running-now', RunningNow);
