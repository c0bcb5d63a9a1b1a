// The tracker window: the running clock on every page, with the note, Lock and Stop Tracking.
/** @import {Service} from '../types/model' */
/** @import {ShownTimer} from '../types/portal' */
import { getOrRemembered, Offline } from '../core/api.js';
import { now, synchronised, timeIsKnown } from '../core/clock.js';
import { clock } from '../core/format.js';
import { icon } from '../parts/icons.js';
import { loadFile } from '../parts/lazy.js';
import { actUnlessUndone, announce, showMessage } from '../parts/messages.js';
import { html, LitElement, nothing, render } from '../vendor/lit.js';
import { showInvoice } from './after-stop.js';
import { continueWork, dropPaused, keepPaused, paused } from './continue.js';
import { dropNote, leaveNote, noteOf, sendNote, typeNote } from './note.js';
import { Position } from './position.js';
import { timers } from './timers.js';

const SMALL = 'clockbill.tracker.small'; // whether it is a small bar on a phone

const NOTE_TIME = 1500; // for so long a stop waits until the note has arrived: milliseconds
const soon = () =>
  new Promise((done) => {
    setTimeout(done, NOTE_TIME);
  });

class TrackerWindow extends LitElement {
  static properties = {
    seconds: { state: true },
    editing: { state: true },
    problem: { state: true },
    busy: { state: true },
    lifted: { state: true },
    small: { state: true },
  };
  #position = new Position(this, () => this.querySelector('.tracker'));
  #tick;
  /** @type {typeof import('./timer-fields.js') | undefined} */
  #fields;

  constructor() {
    super();
    this.seconds = 0;
    this.editing = false;
    /** @type {string | null} */
    this.problem = null;
    this.busy = false;
    this.small = localStorage.getItem(SMALL) === 'true';
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
    synchronised.then(() => this.#changed());
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
    document.title = runs && timeIsKnown() ? `${clock(this.seconds ?? 0).slice(0, -3)} · ${bare}` : bare;
  }

  async focusStop() {
    await this.updateComplete;
    /** @type {HTMLElement | null} */ (this.querySelector('.stop'))?.focus();
  }

  /** Stops the timer; a pause keeps what to continue with, and stays on the page. @param {boolean} [pausing] */
  async stop(pausing = false) {
    const timer = /** @type {ShownTimer} */ (timers.timer);
    if (this.busy) {
      return;
    }
    this.busy = true;
    const work = this.#work(timer);
    try {
      const stoppedAt = this.#typedStop();
      await Promise.race([sendNote().catch(() => {}), soon()]); // what is not sent yet is kept, for the stopped time
      this.problem = null;
      const entry = await timers.stop(stoppedAt);
      announce(`Tracking for ${timer.customerName} stopped`);
      if (pausing) {
        keepPaused(work);
        showMessage('Paused. The time so far is logged; Continue begins the next piece.');
        this.requestUpdate();
      } else if (entry) {
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

  /** What to continue with: the timer with its note as it was typed. */
  #work(timer) {
    return { ...timer, note: noteOf(timer) };
  }

  #discard() {
    const { undo, discard } = timers.setAside();
    this.editing = false;
    dropNote();
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
    typeNote(/** @type {string} */ (timers.timer?.timerId), event.target.value);
  }

  async #leftNote() {
    try {
      this.problem = null;
      await leaveNote();
    } catch (failed) {
      // What cannot be sent now is kept, and sent later: that is no problem of the person's.
      this.problem = failed instanceof Offline || failed.temporary ? null : failed.message;
    }
  }

  get #span() {
    return /** @type {import('../parts/time-span.js').TimeSpan | null} */ (this.querySelector('time-span'));
  }

  /** When it ended by what was typed; undefined for now. @throws {Error} while something is to be asked about it */
  #typedStop() {
    const typed = /** @type {{stoppedAt?: string | null} | undefined} */ (this.#span?.read?.());
    return typed?.stoppedAt ?? undefined;
  }

  #retimed(timer) {
    let startedAt;
    try {
      startedAt = /** @type {any} */ (this.#span?.read?.())?.startedAt;
    } catch {
      return; // the fields ask about it
    }
    if (startedAt && startedAt !== timer.startedAt) {
      this.#change({ startedAt });
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
        class="icon smaller"
        data-still
        aria-label=${this.small ? 'Show the whole tracker' : 'Make the tracker small'}
        aria-expanded=${!this.small}
        @click=${() => this.#toggleSmall()}
      >
        ${icon(this.small ? 'open' : 'close')}
      </button>
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
    this.#fields ??= await loadFile(this, () => import('./timer-fields.js'));
    this.editing = Boolean(this.#fields) && !this.editing;
  }

  #edited(timer) {
    return this.#fields?.timerFields(timer, this.services, {
      noted: (event) => this.#noted(event),
      leftNote: () => this.#leftNote(),
      retimed: () => this.#retimed(timer),
      change: (body) => this.#change(body),
      discard: () => this.#discard(),
    });
  }

  #clock(timer) {
    const seconds = this.seconds ?? 0;
    return html`<p class="what">
        <span class="dot"></span>${timer.serviceName}${
          timer.billable === false ? html` <small class="pill quiet">Not billed</small>` : nothing
        }${timer.waiting ? html` <small class="pill due">waiting for the network</small>` : nothing}
      </p>
      <p class="clock" role="timer" aria-label="Time tracked">
        ${timeIsKnown() ? html`<time datetime="PT${seconds}S">${clock(seconds)}</time>` : html`<time>–:––:––</time>`}
      </p>`;
  }

  #end() {
    return html`${this.problem ? html`<p class="problem" role="alert">${this.problem}</p>` : nothing}
      <div class="ends" @mousedown=${(event) => event.preventDefault()}>
        <button class="pause" ?disabled=${this.busy} @click=${() => this.stop(true)}>Pause</button>
        <button class="stop" ?disabled=${this.busy} @click=${() => this.stop()}>Stop Tracking</button>
      </div>`;
  }

  #paused(work) {
    return html`<section class="tracker" aria-label="Paused time">
      <header>
        <h2><a href="#/customers/${work.customerId}">${work.customerName}</a></h2>
        <button
          class="icon"
          data-still
          aria-label="Do not continue"
          title="Do not continue"
          @click=${() => {
            dropPaused();
            this.requestUpdate();
          }}
        >
          ${icon('remove')}
        </button>
      </header>
      <div class="body paused">
        <p class="what">${work.serviceName} <span class="pill quiet">Paused</span></p>
        ${work.note ? html`<small>${work.note}</small>` : nothing}
        <button class="primary" @click=${() => continueWork(work)}>Continue</button>
      </div>
    </section>`;
  }

  #toggleSmall() {
    this.small = !this.small;
    localStorage.setItem(SMALL, JSON.stringify(this.small));
  }

  render() {
    const { timer } = timers;
    if (!timer) {
      const work = paused();
      return work ? this.#paused(work) : nothing;
    }
    return html`<section
      class="tracker"
      ?data-small=${this.small}
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
        ${this.editing && !timer.waiting ? this.#edited(timer) : nothing} ${this.#end()}
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
