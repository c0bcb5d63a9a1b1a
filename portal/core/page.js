// What all pages have in common: the part of the address they show, loading with a sign of progress,
// and errors in words.
import { show } from '../parts/say.js';
import { html, LitElement } from '../vendor/lit.js';

/** A page. Subclasses say what they read (`read`) and show (`content`), from `place`. */
export class Page extends LitElement {
  static properties = {
    place: { attribute: false }, firm: { attribute: false }, me: { attribute: false },
    state: { state: true }, failed: { state: true },
  };
  #round = 0;
  #read; // the place that `state` was read for

  createRenderRoot() { return this; }

  connectedCallback() {
    super.connectedCallback();
    addEventListener('settled', this.#again);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    removeEventListener('settled', this.#again);
  }

  #again = () => { this.load(true); };

  willUpdate(changed) {
    if (changed.has('place')) {
      const before = changed.get('place');
      this.load(JSON.stringify(before?.parameters) === JSON.stringify(this.place.parameters) && this.state);
    }
  }

  /**
   * Reads again; `quietly` keeps showing what is there meanwhile, and also when that fails: then it is said, or left to
   * `missed`. What is gone, or was read for another place, is not kept.
   */
  async load(quietly = false, missed = (failed) => show(failed.message)) {
    const round = ++this.#round;
    const { place } = this;
    if (!quietly) {
      this.state = undefined;
    }
    this.failed = undefined;
    try {
      const state = await this.read(place);
      if (round === this.#round) {
        this.#read = place;
        this.state = state;
        await this.updateComplete;
        this.dispatchEvent(new Event('page-shown', { bubbles: true }));
      }
    } catch (failed) {
      if (round === this.#round && this.state && this.#read === place && failed.status !== 404) {
        missed(failed);
      } else if (round === this.#round) {
        this.failed = failed;
      }
    }
  }

  render() {
    if (this.failed) {
      return html`<div class="card empty" role="alert"><h1>${this.failed.status === 404 ? 'Not here' : 'That did not work'}</h1>
        <p>${this.failed.message}</p>
        ${this.failed.status === 404 ? html`<p><a href="#/">Go to the start page</a></p>`
          : html`<button @click=${() => this.load()}>Try again</button>`}</div>`;
    }
    return this.state === undefined
      ? html`<p class="progress" role="progressbar" aria-label="Loading"></p>`
      : this.content(this.state);
  }
}
