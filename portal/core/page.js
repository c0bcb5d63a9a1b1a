// What all pages have in common: the part of the address they show, loading with a sign of progress,
// and errors in words.
import { html, LitElement } from '../vendor/lit.js';

/** A page. Subclasses say what they read (`read`) and show (`content`), from `place`. */
export class Page extends LitElement {
  static properties = {
    place: { attribute: false }, firm: { attribute: false }, me: { attribute: false },
    state: { state: true }, failed: { state: true },
  };
  #round = 0;

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

  /** Reads again; `quietly` keeps showing what is there meanwhile. */
  async load(quietly = false) {
    const round = ++this.#round;
    if (!quietly) {
      this.state = undefined;
    }
    this.failed = undefined;
    try {
      const state = await this.read(this.place);
      if (round === this.#round) {
        this.state = state;
        await this.updateComplete;
        this.dispatchEvent(new Event('page-shown', { bubbles: true }));
      }
    } catch (failed) {
      if (round === this.#round) {
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
