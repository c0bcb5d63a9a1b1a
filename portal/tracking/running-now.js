// The timers that are running in the firm. Owners correct, discard and stop those that others forgot.
/** @import {Me, Timer} from '../types/model' */
import { get, post, remove } from '../core/api.js';
import { moment, synchronise, now } from '../core/clock.js';
import { minutes, dateTime } from '../core/format.js';
import { timers } from './timers.js';
import { openDialog } from '../parts/lazy.js';
import { html, LitElement, nothing } from '../vendor/lit.js';
import { actUnlessUndone, dataChanged, whileDisabled, showMessage } from '../parts/messages.js';

const LEAST = 15_000; // it is not read again sooner, but for a reason
const discarded = new Set(); // ids of timers whose discarding can still be undone

const TOLD = ['timerId', 'startedAt', 'note', 'customerId', 'serviceId'];
/** What is told of a timer, as one text. @param {any} timer */
const told = (timer) => JSON.stringify(timer ? TOLD.map((field) => timer[field]) : null);

const running = ({ startedAt }) => Math.max(0, Math.floor((now() - Date.parse(startedAt)) / 60_000));

class RunningNow extends LitElement {
  static properties = { me: { attribute: false }, running: { state: true } };
  #timeout;
  #round = 0; // counts reads: only the last one is shown
  /** The person's own timer as it was read; undefined until it is known. @type {string | undefined} */
  #own;

  constructor() {
    super();
    /** @type {Me} */
    this.me;
    /** @type {Timer[] | undefined} */
    this.running = undefined;
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    timers.addEventListener('change', this.#changed);
    addEventListener('data-changed', this.#read);
    document.addEventListener('visibilitychange', this.#read);
    this.#read();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    timers.removeEventListener('change', this.#changed);
    removeEventListener('data-changed', this.#read);
    document.removeEventListener('visibilitychange', this.#read);
    clearTimeout(this.#timeout);
  }

  #changed = () => {
    if (this.#own !== undefined && this.#own !== told(timers.timer)) {
      this.#read();
    }
  };

  #read = async () => {
    clearTimeout(this.#timeout);
    if (document.hidden) {
      return; // it is read when it comes in sight
    }
    const round = ++this.#round;
    const sent = moment();
    try {
      const { timers: all } = await get('/timers', { background: true });
      if (all.length) {
        synchronise(all[0].serverTime, sent, moment());
      }
      if (round === this.#round) {
        // else it was read again meanwhile
        this.#own = told(all.find(({ staffId }) => staffId === this.me.staffId));
        this.running = all.filter((timer) => !discarded.has(timer.timerId));
      }
    } catch {
      // What was read last stays: it is read again soon.
    }
    if (this.isConnected) {
      clearTimeout(this.#timeout);
      this.#timeout = setTimeout(this.#read, Math.max(LEAST, 2 * timers.pause));
    }
  };

  #stop(event, timer) {
    whileDisabled(event, async () => {
      await post(`/timers/${timer.timerId}/stop`);
      showMessage(`The timer of ${timer.staffName} is stopped.`);
      dataChanged();
    });
  }

  #discard({ timerId, staffName }) {
    discarded.add(timerId);
    this.running = this.running?.filter((timer) => timer.timerId !== timerId);
    actUnlessUndone(
      `The timer of ${staffName} was discarded. Nothing will be billed.`,
      (leaving) => remove(`/timers/${timerId}`, { keepalive: leaving }).finally(() => discarded.delete(timerId)),
      () => {
        discarded.delete(timerId);
        dataChanged();
      },
    );
  }

  #saved(event) {
    showMessage(event.detail.timeEntry ? `The timer of ${event.target.about.staffName} is stopped.` : 'Saved');
    dataChanged();
  }

  #tools(timer) {
    const button = (words, act, kind = '') =>
      html`<button class="plain ${kind}" aria-label="${words} the timer of ${timer.staffName}" @click=${act}>
        ${words}
      </button>`;
    const buttons = [
      button('Edit', () =>
        openDialog(
          this,
          'timer-dialog',
          () => import('./timer-dialog.js'),
          () => timer,
        ),
      ),
      button('Discard', () => this.#discard(timer), 'danger'),
      button('Stop', (event) => this.#stop(event, timer)),
    ];
    return html`<span class="row">${buttons}</span>`;
  }

  render() {
    return html`<section class="card now ${this.running?.length ? '' : 'none'}" aria-label="Running now">
        <h2>Running now</h2>
        ${
          this.running?.length
            ? html`<ul class="plain running">
                ${this.running.map(
                  (timer) =>
                    html`<li>
                      <div>
                        <span class="dot"></span><b>${timer.staffName}</b> ·
                        <a href="#/customers/${timer.customerId}">${timer.customerName}</a> · ${timer.serviceName}
                      </div>
                      <div class="muted" title="since ${dateTime(timer.startedAt)}">${minutes(running(timer))}</div>
                      ${this.me.role === 'owner' && timer.staffId !== this.me.staffId ? this.#tools(timer) : nothing}
                    </li>`,
                )}
              </ul>`
            : html`<p class="muted">${this.running ? 'No timer is running.' : '\u00a0'}</p>`
        }
      </section>
      <timer-dialog @saved=${this.#saved}></timer-dialog>`;
  }
}
customElements.define('running-now', RunningNow);
