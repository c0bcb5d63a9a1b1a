// The tracker window: the running clock on every page. Locked, it stays in place; unlocked, it is
// moved by mouse, touch, arrow keys, or from corner to corner by single clicks.
import { now, text } from '../core/clock.js';
import { clock, instantOf, localInput } from '../core/format.js';
import { known } from '../core/known.js';
import { timers } from '../core/timers.js';
import { html, LitElement, nothing, render } from '../vendor/lit.js';
import { icon } from './icons.js';
import { later, say } from './say.js';

const PLACE = 'clockbill.tracker';
const MARGIN = 16;
const CORNERS = [[0, 0], [1, 0], [1, 1], [0, 1]];
const within = (value, most) => Math.min(Math.max(value, 0), Math.max(most, 0));

class TrackerWindow extends LitElement {
  static properties = {
    seconds: { state: true }, locked: { state: true }, moving: { state: true },
    editing: { state: true }, problem: { state: true }, busy: { state: true }, lifted: { state: true },
  };
  #place = { across: 1, down: 1 }; // fractions of the free space, so that it survives a resize
  #drag;
  #dragged = false;
  #tick;
  #note; // what is typed as the note of which timer, and the change that it becomes
  #noteTimer;

  constructor() {
    super();
    const kept = JSON.parse(localStorage.getItem(PLACE) ?? 'null');
    this.locked = kept?.locked ?? true;
    if (kept) {
      this.#place = { across: kept.across, down: kept.down };
    }
  }

  createRenderRoot() { return this; }

  connectedCallback() {
    super.connectedCallback();
    timers.addEventListener('change', this.#changed);
    addEventListener('resize', this.#settle);
    document.addEventListener('visibilitychange', this.#beat);
    this.#beat();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    timers.removeEventListener('change', this.#changed);
    removeEventListener('resize', this.#settle);
    document.removeEventListener('visibilitychange', this.#beat);
    clearTimeout(this.#tick);
    if (this.#clockRuns) {
      this.#sign(false);
    }
  }

  #changed = () => { this.#beat(); this.requestUpdate(); };

  get #clockRuns() { return Boolean(timers.timer); }

  // Aligned to the second that is shown, so that no drift adds up.
  #beat = () => {
    clearTimeout(this.#tick);
    this.#sign(this.#clockRuns);
    if (!this.#clockRuns) {
      return;
    }
    const elapsed = Math.max(0, now() - Date.parse(timers.timer.startedAt));
    this.seconds = Math.floor(elapsed / 1000);
    this.#tick = setTimeout(this.#beat, 1000 - (elapsed % 1000) + 5);
  };

  /** Title and favicon show that time runs. */
  #sign(runs) {
    const favicon = document.querySelector('link[rel=icon]');
    const wanted = favicon.href.replace(/icon(-running)?\.svg$/, runs ? 'icon-running.svg' : 'icon.svg');
    if (favicon.href !== wanted) {
      favicon.href = wanted;
    }
    const bare = document.title.replace(/^\d[\d:]* · /, '');
    document.title = runs ? `${clock(this.seconds ?? 0).slice(0, -3)} · ${bare}` : bare;
  }

  focusStop() { this.querySelector('.stop')?.focus(); }

  get #box() { return this.querySelector('.tracker'); }

  #free() {
    return { width: innerWidth - this.#box.offsetWidth - 2 * MARGIN,
      height: innerHeight - this.#box.offsetHeight - 2 * MARGIN };
  }

  #settle = () => {
    if (this.#box) {
      const free = this.#free();
      this.#box.style.setProperty('--across', `${MARGIN + Math.round(this.#place.across * Math.max(0, free.width))}px`);
      this.#box.style.setProperty('--down', `${MARGIN + Math.round(this.#place.down * Math.max(0, free.height))}px`);
    }
  };

  #moveTo(x, y) {
    const { width, height } = this.#free();
    this.#place = { across: width > 0 ? within(x, width) / width : 0,
      down: height > 0 ? within(y, height) / height : 0 };
    this.#settle();
  }

  #keep() { localStorage.setItem(PLACE, JSON.stringify({ ...this.#place, locked: this.locked })); }

  // Moves are heard by the whole window: a quick hand leaves the title before the first of them comes,
  // and a captured pointer would keep clicks from the button under it.
  #pressed(event) {
    if (this.locked || event.button !== 0 || event.target.closest('[data-still]')) {
      return;
    }
    const { width, height } = this.#free();
    this.#drag = { fromX: event.clientX, fromY: event.clientY,
      x: this.#place.across * width, y: this.#place.down * height };
    addEventListener('pointermove', this.#moved);
    addEventListener('pointerup', this.#released);
    addEventListener('pointercancel', this.#released);
  }

  #moved = (event) => {
    const x = event.clientX - this.#drag.fromX;
    const y = event.clientY - this.#drag.fromY;
    if (this.moving || Math.hypot(x, y) >= 4) {
      this.moving = true;
      this.#moveTo(this.#drag.x + x, this.#drag.y + y);
    }
  };

  #released = () => {
    removeEventListener('pointermove', this.#moved);
    removeEventListener('pointerup', this.#released);
    removeEventListener('pointercancel', this.#released);
    if (this.moving) {
      this.moving = false;
      // The click that ends a drag is none.
      this.#dragged = true;
      setTimeout(() => { this.#dragged = false; });
      this.#keep();
    }
  };

  #keys(event) {
    const { width, height } = this.#free();
    const step = event.shiftKey ? 64 : 16;
    const x = this.#place.across * width;
    const y = this.#place.down * height;
    const to = {
      ArrowLeft: [x - step, y], ArrowRight: [x + step, y],
      ArrowUp: [x, y - step], ArrowDown: [x, y + step], Home: [0, 0], End: [width, height],
    }[event.key];
    if (to) {
      event.preventDefault();
      this.#moveTo(...to);
      this.#keep();
    }
  }

  #nextCorner() {
    if (this.#dragged) {
      return;
    }
    const at = CORNERS.findIndex(([across, down]) =>
      Math.round(this.#place.across) === across && Math.round(this.#place.down) === down);
    const [across, down] = CORNERS[(at + 1) % CORNERS.length];
    this.#place = { across, down };
    this.#settle();
    this.#keep();
  }

  #toggleLock() {
    this.locked = !this.locked;
    this.#keep();
    say(this.locked ? 'Locked in place' : 'Unlocked: drag it, or use the arrow keys on Move tracker');
  }

  async stop() {
    const { timer } = timers;
    const earlier = this.querySelector('[name=stopped]');
    if (this.busy || (earlier && !earlier.reportValidity())) {
      return;
    }
    this.busy = true;
    try {
      await this.#sendNote();
      this.problem = null;
      const entry = await timers.stop(earlier?.value ? instantOf(earlier.value) : undefined);
      say(`Tracking for ${timer.customerName} stopped`);
      this.dispatchEvent(new CustomEvent('stopped', { bubbles: true, detail: entry }));
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
    later('The timer was discarded. Nothing will be billed.', discard, undo);
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
    this.#note = { timerId: timers.timer.timerId, text: event.target.value };
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

  /** From then on the note is shown as it was kept: while somebody types, no answer takes that away. */
  async #leftNote() {
    const note = this.#note;
    await this.#sendNote();
    if (this.#note === note && !this.problem) {
      this.#note = undefined;
    }
  }

  #restarted(event) {
    if (event.target.value) {
      this.#change({ startedAt: instantOf(event.target.value) });
    }
  }

  /** Lifts the clock into a window that stays on top, where the browser can do that. */
  async #lift() {
    const lifted = await documentPictureInPicture.requestWindow({ width: 320, height: 260 });
    const style = lifted.document.createElement('link');
    style.rel = 'stylesheet';
    style.href = document.querySelector('link[rel=stylesheet]').href;
    lifted.document.head.append(style);
    lifted.document.title = 'Clockbill';
    lifted.document.documentElement.lang = 'en';
    this.lifted = lifted;
    lifted.addEventListener('pagehide', () => { this.lifted = null; });
  }

  updated() {
    this.#settle();
    const { lifted } = this;
    if (lifted && !timers.timer) {
      lifted.close();
    } else if (lifted) {
      render(this.#lifted(timers.timer), lifted.document.body);
    }
  }

  #lifted(timer) {
    return html`<section class="tracker lifted" aria-label="Time tracker"><header><h2>${timer.customerName}</h2></header>
      <div class="body">${this.#clock(timer)}${this.#end()}</div></section>`;
  }

  #header(timer) {
    return html`<header @pointerdown=${this.#pressed}>
      <button class="icon" aria-label="Move tracker" aria-describedby="move-help" ?disabled=${this.locked}
        @keydown=${this.#keys} @click=${this.#nextCorner}>${icon('grip')}</button>
      <span id="move-help" hidden>Drag it, use the arrow keys, or press to move it to the next corner.</span>
      <h2><a href="#/customers/${timer.customerId}" draggable="false" @click=${(event) => this.#dragged && event.preventDefault()}>${timer.customerName}</a></h2>
      ${'documentPictureInPicture' in globalThis && !this.lifted
        ? html`<button class="icon" data-still aria-label="Keep on top" title="Keep on top" @click=${this.#lift}>${icon('window')}</button>` : nothing}
      <button class="icon" data-still aria-label=${this.locked ? 'Unlock' : 'Lock'}
        title=${this.locked ? 'Locked in place. Unlock to move it.' : 'Moves freely. Lock to keep it in place.'}
        @click=${this.#toggleLock}>${icon(this.locked ? 'lock' : 'unlock')}</button>
    </header>`;
  }

  async #toggleEdit() {
    this.services ??= await known('/services').then(({ services }) => services).catch(() => []);
    await import('./customer-picker.js').catch(() => {}); // it searches by the network anyway
    this.editing = !this.editing;
    requestAnimationFrame(this.#settle); // once what it holds has its size
  }

  #edit(timer) {
    return html`<div class="edit">
      <label class="field"><span>Note</span><input .value=${this.#note?.timerId === timer.timerId ? this.#note.text : timer.note} maxlength="2000" @input=${this.#noted} @change=${this.#leftNote}></label>
      <label class="field"><span>Started at</span><input type="datetime-local" step="1"
        .value=${localInput(timer.startedAt)} max=${localInput(text(now()))} @change=${this.#restarted}></label>
      <label class="field"><span>Stopped at, if not now</span><input name="stopped" type="datetime-local" step="1"
        min=${localInput(timer.startedAt)} max=${localInput(text(now()))}></label>
      <label class="field"><span>Service</span><select @change=${(event) => this.#change({ serviceId: event.target.value })}>${this.services.filter((service) => service.active || service.serviceId === timer.serviceId).map((service) =>
        html`<option value=${service.serviceId} ?selected=${service.serviceId === timer.serviceId}>${service.name}</option>`)}</select></label>
      <customer-picker .customerId=${timer.customerId} .called=${timer.customerName} @chosen=${(event) => this.#change({ customerId: event.detail.customerId })}></customer-picker>
      <button class="plain danger" @click=${this.#discard}>Discard</button></div>`;
  }

  #clock(timer) {
    const seconds = this.seconds ?? 0;
    return html`<p class="what"><span class="dot"></span>${timer.serviceName}${timer.waiting ? html` <small class="pill due">waiting for the network</small>` : nothing}</p>
        <p class="clock" role="timer" aria-label="Time tracked"><time datetime="PT${seconds}S">${clock(seconds)}</time></p>`;
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
    return html`<section class="tracker" aria-label="Time tracker" ?data-unlocked=${!this.locked} ?data-moving=${this.moving}>
      ${this.#header(timer)}
      <div class="body">${this.#clock(timer)}
        ${timer.waiting ? nothing : html`<button class="plain details" aria-expanded=${Boolean(this.editing)} @click=${this.#toggleEdit}>${timer.note || 'Note and start time'}</button>`}
        ${this.editing && !timer.waiting ? this.#edit(timer) : nothing}
        ${this.#end()}
      </div></section>`;
  }
}
customElements.define('tracker-window', TrackerWindow);
