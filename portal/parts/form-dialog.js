// A dialog around one form: opened with what it is about, it keeps what was typed when the server
// refuses, says what is wrong beside the field, and closes when it was saved.
import { html, LitElement } from '../vendor/lit.js';
import { overtaken, toFirstError } from './field.js';
import { show } from './say.js';

/** Subclasses give `title()`, `fields(about)`, `save(form, about)` and perhaps `word` and `extra()`. */
export class FormDialog extends LitElement {
  static properties = { about: { state: true }, failed: { state: true }, busy: { state: true } };
  #round = 0;

  /** What the button says that saves. */
  get word() { return 'Save'; }

  createRenderRoot() { return this; }

  async open(about) {
    const round = ++this.#round;
    this.about = undefined; // takes the old fields away, with what was typed into them
    this.failed = null;
    this.busy = false;
    try {
      await this.prepare?.(about);
    } catch (failed) {
      show(failed.message);
      return;
    }
    await this.updateComplete;
    if (round !== this.#round || !this.isConnected) {
      return; // something else was opened meanwhile, or the page was left
    }
    this.about = about;
    await this.updateComplete;
    this.querySelector('dialog').showModal();
  }

  close() { this.querySelector('dialog').close(); }

  /**
   * Tells the page what was saved, and closes when the page shows it: whoever listens puts the
   * promise of that into the event's `done`.
   */
  async tell(saved) {
    const event = new CustomEvent('saved', { detail: saved, bubbles: true });
    this.dispatchEvent(event);
    await event.done;
    this.close();
  }

  /** What it was about is forgotten; the event comes late, when the dialog may be open again. */
  #closed(dialog) {
    if (!dialog.open) {
      this.about = undefined;
    }
  }

  get errors() { return this.failed?.errors; }

  async #submit(event) {
    event.preventDefault();
    this.busy = true;
    this.failed = null;
    try {
      const saved = await this.save(new FormData(event.target), this.about);
      await this.tell(saved);
    } catch (failed) {
      this.failed = failed;
      if (overtaken(failed)) {
        this.about = { ...this.about, version: undefined };
      }
      await this.updateComplete;
      toFirstError(event.target);
    } finally {
      this.busy = false;
    }
  }

  render() {
    return html`<dialog @close=${(event) => this.#closed(event.target)} aria-label=${this.about === undefined ? '' : this.title(this.about)}>
      <form @submit=${(event) => this.#submit(event)}>
        <h2>${this.about === undefined ? '' : this.title(this.about)}</h2>
        ${this.about === undefined ? '' : this.fields(this.about)}
        ${this.busy ? html`<p class="progress" role="progressbar" aria-label="Saving"></p>` : ''}
        <div class="actions">${this.about === undefined ? '' : this.extra?.(this.about)}
          <button type="button" @click=${() => this.close()}>Cancel</button>
          <button class="primary" ?disabled=${this.busy}>${this.word}</button></div>
      </form></dialog>`;
  }
}
