// What all pages have in common: they load what their address names, show progress, and tell of errors in words.
/** @import {Firm, Me} from '../types/model' */
/** @import {Place} from '../types/portal' */
import { html, LitElement, nothing } from '../vendor/lit.js';
import { Offline, readRemembered } from '../core/api.js';
import { dateTime } from '../core/format.js';
import { Missing } from './lazy.js';
import { showMessage } from './messages.js';

/** A page. Subclasses read what their place names (`read`) and show it (`content`). */
export class Page extends LitElement {
  static properties = {
    place: { attribute: false },
    firm: { attribute: false },
    me: { attribute: false },
    state: { state: true },
    failed: { state: true },
    asOf: { state: true },
  };
  #round = 0; // counts loads: only the last one may show what it read
  #readPlace; // the place that `state` was read for

  constructor() {
    super();
    // The frame sets these three before the page is shown.
    /** @type {Place} */
    this.place;
    /** @type {Firm} */
    this.firm;
    /** @type {Me} */
    this.me;
    /** What `read` gave; undefined until it is there. @type {any} */
    this.state = undefined;
    /** @type {any} */
    this.failed = undefined;
    /** When what is shown was read, in milliseconds, if it comes from this device's memory. @type {number | null} */
    this.asOf = null;
  }

  /** Reads what the page shows. @param {Place} _place @returns {Promise<any>} */
  async read(_place) {
    return undefined;
  }

  /** Shows what was read. @param {any} _state @returns {unknown} */
  content(_state) {
    return '';
  }

  /** Lets the frame know what was read of the firm. @param {Firm} firm */
  knowFirm(firm) {
    this.dispatchEvent(new CustomEvent('firm-changed', { detail: firm, bubbles: true }));
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    addEventListener('data-changed', this.#reload);
    addEventListener('online', this.#back);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    removeEventListener('data-changed', this.#reload);
    removeEventListener('online', this.#back);
  }

  #reload = (event) => {
    event.done.push(this.load(true));
  };

  /** The network is back: what could not be read, or only from memory, is read. */
  #back = () => (this.asOf || this.failed instanceof Offline) && this.load(true, () => {});

  willUpdate(changed) {
    if (changed.has('place')) {
      const before = changed.get('place');
      const same = JSON.stringify(before?.parameters) === JSON.stringify(this.place.parameters);
      this.load(same && this.state);
    }
  }

  /**
   * Reads again.
   *
   * @param {boolean} [quietly] keeps showing what is there meanwhile, and also if reading fails: then the failure goes
   *     to `missed`. What no longer exists, or was read for another place, is not kept
   * @param {(failed: Error) => void} [missed] shows a message unless given
   */
  async load(quietly = false, missed = (failed) => showMessage(failed.message)) {
    const round = ++this.#round;
    const { place } = this;
    if (!quietly) {
      this.state = undefined;
    }
    this.failed = undefined;
    try {
      const { content, at } = await this.#readOrRecall(place);
      if (round === this.#round) {
        this.#readPlace = place;
        this.state = content;
        this.asOf = at;
        await this.#shown(round);
      }
    } catch (failed) {
      if (round === this.#round && this.state && this.#readPlace === place && failed.status !== 404) {
        missed(failed);
      } else if (round === this.#round) {
        this.failed = failed;
        await this.#shown(round);
      }
    }
  }

  /** Reads a place; without a network, what was read last, unless the page shows something of that place already. */
  async #readOrRecall(place) {
    try {
      return { content: await this.read(place), at: null };
    } catch (failed) {
      if (!(failed instanceof Offline) || (this.state && this.#readPlace === place)) {
        throw failed;
      }
      return await readRemembered(() => this.read(place));
    }
  }

  /** Lets the frame know that the page, or why there is none, is shown. */
  async #shown(round) {
    await this.updateComplete;
    if (round === this.#round) {
      this.dispatchEvent(new Event('page-shown', { bubbles: true }));
    }
  }

  #problem() {
    const gone = this.failed.status === 404;
    const forbidden = this.failed.status === 403;
    const offline = this.failed instanceof Offline;
    return html`<div class="card empty" role="alert">
      <h1>${gone ? 'Not found' : forbidden ? 'For owners only' : offline ? 'No connection' : 'That did not work'}</h1>
      <p>${gone ? 'There is nothing at this address. It may have been deleted.' : this.failed.message}</p>
      ${
        gone || forbidden
          ? html`<a class="button" href="#/">Go to the start page</a>`
          : html`<button
              class="primary"
              @click=${() => (this.failed instanceof Missing ? location.reload() : this.load())}
            >
              Try again
            </button>`
      }
    </div>`;
  }

  render() {
    if (this.failed) {
      return this.#problem();
    }
    if (this.state === undefined) {
      return html`<p class="progress" role="progressbar" aria-label="Loading"></p>`;
    }
    return html`${
      this.asOf
        ? html`<p class="hint as-of" role="status">
            There is no connection right now. This is as of ${dateTime(new Date(this.asOf).toISOString())}.
          </p>`
        : nothing
    }${this.content(this.state)}`;
  }
}
