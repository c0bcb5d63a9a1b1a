// What all pages have in common: they load what their address names, show progress, and tell of errors in words.
/** @import {Firm, Me} from '../types/model' */
/** @import {Place} from '../types/portal' */
import { html, LitElement } from '../vendor/lit.js';
import { showMessage } from './messages.js';

/** A page. Subclasses read what their place names (`read`) and show it (`content`). */
export class Page extends LitElement {
  static properties = {
    place: { attribute: false },
    firm: { attribute: false },
    me: { attribute: false },
    state: { state: true },
    failed: { state: true },
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
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    removeEventListener('data-changed', this.#reload);
  }

  #reload = (event) => {
    event.done.push(this.load(true));
  };

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
      const state = await this.read(place);
      if (round === this.#round) {
        this.#readPlace = place;
        this.state = state;
        await this.updateComplete;
        this.dispatchEvent(new Event('page-shown', { bubbles: true }));
      }
    } catch (failed) {
      if (round === this.#round && this.state && this.#readPlace === place && failed.status !== 404) {
        missed(failed);
      } else if (round === this.#round) {
        this.failed = failed;
      }
    }
  }

  #problem() {
    const gone = this.failed.status === 404;
    const forbidden = this.failed.status === 403;
    return html`<div class="card empty" role="alert">
      <h1>${gone ? 'Not here' : forbidden ? 'For owners only' : 'That did not work'}</h1>
      <p>${this.failed.message}</p>
      ${
        gone || forbidden
          ? html`<p><a href="#/">Go to the start page</a></p>`
          : html`<button @click=${() => this.load()}>Try again</button>`
      }
    </div>`;
  }

  render() {
    if (this.failed) {
      return this.#problem();
    }
    return this.state === undefined
      ? html`<p class="progress" role="progressbar" aria-label="Loading"></p>`
      : this.content(this.state);
  }
}
