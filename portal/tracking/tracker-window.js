// The tracker window: the running clock on every page, with the note, Lock and Stop Tracking.
/** @import {Service, TimeEntry} from '../types/model' */
/** @import {ShownTimer} from '../types/portal' */
import { get, getOrRemembered } from '../core/api.js';
import { go } from '../core/address.js';
import { now, instant } from '../core/clock.js';
import { clock, fromLocalInput, toLocalInput } from '../core/format.js';
import { icon } from '../parts/icons.js';
import { actUnlessUndone, announce, showMessage } from '../parts/messages.js';
import { html, LitElement, nothing, render } from '../vendor/lit.js';
import { Position } from './position.js';
import { timers } from './timers.js';

/**
 * Goes to the draft of a time entry. It takes a moment to be made, so the server is asked a few times; if there is none
 * even then, this goes to the customer. A person who has gone to another page by then stays there.
 *
 * @param {TimeEntry} entry
 */
async function showInvoice({ timeEntryId, customerId }) {
  const here = location.hash;
  let invoiceId;
  for (let wait = 150; !invoiceId && wait < 5000; wait *= 1.6) {
    ({ invoiceId } = await get(`/time-entries/${timeEntryId}`).catch(() => ({})));
    if (!invoiceId) {
      await new Promise((done) => {
        setTimeout(done, wait);
      });
    }
  }
  if (!invoiceId) {
    showMessage('Stopped. The invoice is being made and will be on the customer\u2019s page.');
  }
  if (location.hash === here) {
    go(invoiceId ? `/invoices/${invoiceId}` : `/customers/${customerId}`);
  }
}

class TrackerWindow extends LitElement {
  static properties = {
    seconds: { state: true },
    editing: { state: true },
    problem: { state: true },
    busy: { state: true },
    lifted: { state: true },
  };
  #position = new Position(this, () => this.querySelector('.tracker'));
  #tick;
  #note; // what is being typed: the timer, the text, and the request that saves it once it was sent
  #noteTimer;

  constructor() {
    super();
    this.seconds = 0;
    this.editing = false;
    /** @type {string | null} */
    this.problem = null;
    this.busy = false;
    /** @type {Window | null} */
    this.lifted = null;
    /** @type {Service[]} */
    this.services;
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    timers.addEventListener('change', this.#changed);
    document.addEventListener('visibilitychange', this.#beat);
    this.#beat();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    timers.removeEventListener('change', this.#changed);
    document.removeEventListener('visibilitychange', this.#beat);
    clearTimeout(this.#tick);
    if (this.#clockRuns) {
      this.#mark(false);
    }
  }

  #changed = () => {
    this.#beat();
    this.requestUpdate();
  };

  get #clockRuns() {
    return Boolean(timers.timer);
  }

  // The next tick is timed from the displayed second, so that delays do not add up.
  #beat = () => {
    clearTimeout(this.#tick);
    this.#mark(this.#clockRuns);
    if (!timers.timer) {
      return;
    }
    const elapsed = Math.max(0, now() - Date.parse(timers.timer.startedAt));
    this.seconds = Math.floor(elapsed / 1000);
    this.#tick = setTimeout(this.#beat, 1000 - (elapsed % 1000) + 5);
  };

  /** Shows in the title and the favicon that time runs. */
  #mark(runs) {
    const favicon = /** @type {HTMLLinkElement} */ (document.querySelector('link[rel=icon]'));
    const wanted = favicon.href.replace(/icon(-running)?\.svg$/, runs ? 'icon-running.svg' : 'icon.svg');
    if (favicon.href !== wanted) {
      favicon.href = wanted;
    }
    const bare = document.title.replace(/^\d[\d:]* · /, '');
    document.title = runs ? `${clock(this.seconds ?? 0).slice(0, -3)} · ${bare}` : bare;
  }

  async focusStop() {
    await this.updateComplete;
    /** @type {HTMLElement | null} */ (this.querySelector('.stop'))?.focus();
  }

  async stop() {
    const timer = /** @type {ShownTimer} */ (timers.timer);
    const earlier = /** @type {HTMLInputElement | null} */ (this.querySelector('[name=stopped]'));
    if (this.busy || (earlier && !earlier.reportValidity())) {
      return;
    }
    this.busy = true;
    try {
      await this.#sendNote();
      this.problem = null;
      const entry = await timers.stop(earlier?.value ? fromLocalInput(earlier.value) : undefined);
      announce(`Tracking for ${timer.customerName} stopped`);
      if (entry) {
        showInvoice(entry);
      } else {
        showMessage('Stopped. The time is kept on this device and sent when the network is back.');
      }
    } catch (failed) {
      this.problem = failed.message;
    } finally {
      this.busy = false;
    }
  }

  #discard() {
    const { undo, discard } = timers.setAside();
    this.editing = false;
    clearTimeout(this.#noteTimer);
    actUnlessUndone('The timer was discarded. Nothing will be billed.', discard, undo);
  }

  async #change(body) {
    this.problem = null;
    try {
      await timers.change(body);
    } catch (failed) {
      this.problem = failed.message;
    }
  }

  #noted(event) {
    clearTimeout(this.#noteTimer);
    this.#note = { timerId: timers.timer?.timerId, text: event.target.value };
    this.#noteTimer = setTimeout(() => this.#sendNote(), 600);
  }

  /** Sends what was typed as the note, once. */
  #sendNote() {
    clearTimeout(this.#noteTimer);
    const note = this.#note;
    if (note && note.timerId === timers.timer?.timerId) {
      note.sent ??= this.#change({ note: note.text.trim() });
    }
    return note?.sent;
  }

  /** After typing, the note is shown as the server has it; while somebody types, no response overwrites it. */
  async #leftNote() {
    const note = this.#note;
    await this.#sendNote();
    if (this.#note === note && !this.problem) {
      this.#note = undefined;
    }
  }

  #restarted(event) {
    if (event.target.value) {
      this.#change({ startedAt: fromLocalInput(event.target.value) });
    }
  }

  /** Lifts the clock into a window that stays on top, where the browser can do that. */
  async #lift() {
    const lifted = await documentPictureInPicture.requestWindow({ width: 320, height: 260 });
    const style = lifted.document.createElement('link');
    style.rel = 'stylesheet';
    style.href = /** @type {HTMLLinkElement} */ (document.querySelector('link[rel=stylesheet]')).href;
    lifted.document.head.append(style);
    lifted.document.title = 'Clockbill';
    lifted.document.documentElement.lang = 'en';
    this.lifted = lifted;
    lifted.addEventListener('pagehide', () => {
      this.lifted = null;
    });
  }

  updated() {
    const { lifted } = this;
    if (lifted && !timers.timer) {
      lifted.close();
    } else if (lifted) {
      render(this.#lifted(timers.timer), lifted.document.body);
    }
  }

  #lifted(timer) {
    return html`<section class="tracker lifted" aria-label="Time tracker">
      <header><h2>${timer.customerName}</h2></header>
      <div class="body">${this.#clock(timer)}${this.#end()}</div>
    </section>`;
  }

  #header(timer) {
    const { locked } = this.#position;
    return html`<header @pointerdown=${(event) => this.#position.press(event)}>
      <button
        class="icon"
        aria-label="Move tracker"
        aria-describedby="move-help"
        ?disabled=${locked}
        @keydown=${(event) => this.#position.key(event)}
        @click=${() => this.#position.nextCorner()}
      >
        ${icon('grip')}
      </button>
      <span id="move-help" hidden>Drag it, use the arrow keys, or press to move it to the next corner.</span>
      <h2>
        <a
          href="#/customers/${timer.customerId}"
          draggable="false"
          @click=${(event) => this.#position.notAfterDrag(event)}
          >${timer.customerName}</a
        >
      </h2>
      ${
        'documentPictureInPicture' in globalThis && !this.lifted
          ? html`<button class="icon" data-still aria-label="Keep on top" title="Keep on top" @click=${this.#lift}>
              ${icon('window')}
            </button>`
          : nothing
      }
      <button
        class="icon"
        data-still
        aria-label=${locked ? 'Unlock' : 'Lock'}
        title=${locked ? 'Locked in place. Unlock to move it.' : 'Moves freely. Lock to keep it in place.'}
        @click=${() => this.#position.toggleLock()}
      >
        ${icon(locked ? 'lock' : 'unlock')}
      </button>
    </header>`;
  }

  async #toggleEdit() {
    this.services ??= await getOrRemembered('/services')
      .then(({ services }) => services)
      .catch(() => []);
    await import('../parts/customer-picker.js').catch(() => {}); // without a network it could not search either
    this.editing = !this.editing;
    requestAnimationFrame(this.#position.apply); // once its content has its size
  }

  #edit(timer) {
    return html`<div class="edit">
      <label class="field"
        ><span>Note</span
        ><input
          .value=${this.#note?.timerId === timer.timerId ? this.#note.text : timer.note}
          maxlength="2000"
          @input=${this.#noted}
          @change=${this.#leftNote}
      /></label>
      <label class="field"
        ><span>Started at</span
        ><input
          type="datetime-local"
          step="1"
          .value=${toLocalInput(timer.startedAt)}
          max=${toLocalInput(instant(now()))}
          @change=${this.#restarted}
      /></label>
      <label class="field"
        ><span>Stopped at, if not now</span
        ><input
          name="stopped"
          type="datetime-local"
          step="1"
          min=${toLocalInput(timer.startedAt)}
          max=${toLocalInput(instant(now()))}
      /></label>
      <label class="field"
        ><span>Service</span
        ><select @change=${(event) => this.#change({ serviceId: event.target.value })}>
          ${this.services
            .filter((service) => service.active || service.serviceId === timer.serviceId)
            .map(
              (service) =>
                html`<option value=${service.serviceId} ?selected=${service.serviceId === timer.serviceId}>
                  ${service.name}
                </option>`,
            )}
        </select></label
      >
      <customer-picker
        .customerId=${timer.customerId}
        .called=${timer.customerName}
        @chosen=${(event) => this.#change({ customerId: event.detail.customerId })}
      ></customer-picker>
      <button class="plain danger" @click=${this.#discard}>Discard</button>
    </div>`;
  }

  #clock(timer) {
    const seconds = this.seconds ?? 0;
    return html`<p class="what">
        <span class="dot"></span
        >${timer.serviceName}${timer.waiting ? html` <small class="pill due">waiting for the network</small>` : nothing}
      </p>
      <p class="clock" role="timer" aria-label="Time tracked">
        <time datetime="PT${seconds}S">${clock(seconds)}</time>
      </p>`;
  }

  #end() {
    return html`${this.problem ? html`<p class="problem" role="alert">${this.problem}</p>` : nothing}
      <button class="stop" ?disabled=${this.busy} @click=${() => this.stop()}>Stop Tracking</button>`;
  }

  render() {
    const { timer } = timers;
    if (!timer) {
      return nothing;
    }
    return html`<section
      class="tracker"
      aria-label="Time tracker"
      ?data-unlocked=${!this.#position.locked}
      ?data-moving=${this.#position.moving}
    >
      ${this.#header(timer)}
      <div class="body">
        ${this.#clock(timer)}
        ${
          timer.waiting
            ? nothing
            : html`<button class="plain details" aria-expanded=${Boolean(this.editing)} @click=${this.#toggleEdit}>
                ${timer.note || 'Note and start time'}
              </button>`
        }
        ${this.editing && !timer.waiting ? this.#edit(timer) : nothing} ${this.#end()}
      </div>
    </section>`;
  }
}
customElements.define('tracker-window', TrackerWindow);

const trackerWindow = () => /** @type {TrackerWindow | null} */ (document.querySelector('tracker-window'));

/** Moves the focus to Stop Tracking, once the window is shown. */
export const focusStop = () => trackerWindow()?.focusStop();

/** Stops the timer as a click on Stop Tracking does. */
export const stopTracking = () => trackerWindow()?.stop();
