// A dialog with one form. When the server refuses, it keeps what was typed and shows what is wrong beside the field; it
// closes when the form was saved. Until there is an answer it can be neither left nor begun again.
import { html, LitElement } from '../vendor/lit.js';
import { explainConflict, focusFirstError } from './fields.js';
import { dataChanged, keepFocus, showMessage } from './messages.js';
import { forget, mayLeave, saved as settled, whileSent } from './unsaved.js';
import { address } from '../core/address.js';

/**
 * Leaves the focus where it is while a button is pressed: what a field shows when it is left would move the button away
 * from under the pointer.
 */
const keepFocusInField = (event) => event.preventDefault();

/** Subclasses say what is asked (`title`, `fields`) and how it is saved (`save`). */
export class FormDialog extends LitElement {
  static properties = { about: { state: true }, failed: { state: true }, busy: { state: true } };
  #round = 0; // counts openings: only the last one is shown

  constructor() {
    super();
    /** What the dialog is about; undefined while it is closed. @type {any} */
    this.about = undefined;
    /** @type {any} */
    this.failed = null;
    this.busy = false;
  }

  /** The text of the button that saves. */
  get word() {
    return 'Save';
  }

  /**
   * Reads what the form needs before it is shown.
   *
   * @param {any} _about
   * @returns {Promise<void>}
   */
  async prepare(_about) {}

  /** The heading. @param {any} _about @returns {string} */
  heading(_about) {
    return '';
  }

  /** The form's fields. @param {any} _about @returns {unknown} */
  fields(_about) {
    return '';
  }

  /** More buttons. @param {any} _about @returns {unknown} */
  extra(_about) {
    return '';
  }

  /** Saves the form and gives what was saved. @param {FormData} _form @param {any} _about @returns {Promise<any>} */
  async save(_form, _about) {
    return undefined;
  }

  get #dialog() {
    return /** @type {HTMLDialogElement} */ (this.querySelector('dialog'));
  }

  createRenderRoot() {
    return this;
  }

  /** @param {any} [about] */
  async open(about) {
    if (this.busy) {
      this.#show(); // what it is about is under way: it is not to be done twice
      return;
    }
    const round = ++this.#round;
    const { path } = address();
    this.about = undefined; // removes the old fields, with what was typed into them
    this.failed = null;
    try {
      await this.prepare(about);
    } catch (failed) {
      showMessage(failed.message);
      return;
    }
    await this.updateComplete;
    if (round !== this.#round || !this.isConnected || path !== address().path) {
      return; // it was opened again meanwhile, or the page was left
    }
    this.about = about;
    await this.updateComplete;
    this.#show();
  }

  #show() {
    if (!this.#dialog.open) {
      this.#dialog.showModal();
    }
  }

  close() {
    this.#dialog.close();
  }

  /** Closes it for somebody who does not save. Gives whether they wanted that: what was typed is lost by it. */
  leave() {
    const wanted = mayLeave(this.#form);
    if (wanted) {
      this.close();
    }
    return wanted;
  }

  get #form() {
    return /** @type {HTMLFormElement} */ (this.querySelector('form'));
  }

  /**
   * Announces what was saved, and closes when the page shows it: the listener puts that promise into `done`. A person
   * who has gone elsewhere meanwhile stays there.
   */
  async #announce(saved, path) {
    if (!this.isConnected || path !== address().path) {
      showMessage('Done');
      await dataChanged();
      return;
    }
    const event = Object.assign(new CustomEvent('saved', { detail: saved, bubbles: true }), { done: undefined });
    this.dispatchEvent(event);
    await event.done;
    this.close();
  }

  /** Forgets what the dialog was about. The event comes late: the dialog may be open again. */
  #closed(dialog) {
    if (!dialog.open && !this.busy) {
      this.about = undefined;
      forget(this.#form);
      if (this.isConnected) {
        keepFocus(); // else the page is left, and the next one has the focus
      }
    }
  }

  /**
   * Keeps the dialog open while an answer is awaited, and for whoever does not want to lose what they typed. Browsers
   * let whoever presses Escape again and again out.
   */
  #cancelled(event) {
    if (this.busy || !mayLeave(this.#form)) {
      event.preventDefault();
    }
  }

  /** A question about a field was answered: it is no longer asked. @param {string} path */
  #answered(path) {
    if (this.errors?.delete(path)) {
      this.failed = this.errors.size > 0 ? this.failed : null;
      this.requestUpdate();
    }
  }

  /** How its button looks beside being the one that leads: `danger` where something is undone by it. */
  get kind() {
    return '';
  }

  get errors() {
    return this.failed?.errors;
  }

  async #submit(event) {
    event.preventDefault();
    const form = event.target;
    this.busy = true;
    this.failed = null;
    const { path } = address();
    try {
      await whileSent(form, async () => {
        const saved = await this.save(new FormData(form), this.about);
        settled(form);
        await this.#announce(saved, path);
      });
    } catch (failed) {
      await this.#refused(failed, form, path);
    } finally {
      this.busy = false;
      this.#closed(this.#dialog); // it may have been closed meanwhile
    }
  }

  async #refused(failed, form, path) {
    if (failed.temporary) {
      await dataChanged(); // it may have been done all the same
    }
    const gone = !this.#dialog.open || !this.isConnected;
    if (gone || address().path !== path) {
      showMessage(failed.message); // the dialog goes with its page, in a moment at the latest
    }
    if (gone) {
      return;
    }
    this.failed = failed;
    if (explainConflict(failed)) {
      this.about = { ...this.about, version: undefined };
    }
    await this.updateComplete;
    focusFirstError(form);
  }

  render() {
    return html`<dialog
      @cancel=${(event) => this.#cancelled(event)}
      @close=${(event) => this.#closed(event.target)}
      aria-label=${this.about === undefined ? '' : this.heading(this.about)}
    >
      <form data-asks @submit=${(event) => this.#submit(event)} @answered=${(event) => this.#answered(event.detail)}>
        <h2>${this.about === undefined ? '' : this.heading(this.about)}</h2>
        ${this.about === undefined ? '' : this.fields(this.about)}
        ${this.busy ? html`<p class="progress" role="progressbar" aria-label="Saving"></p>` : ''}
        <div class="actions">
          ${this.about === undefined ? '' : this.extra(this.about)}
          <button type="button" ?disabled=${this.busy} @click=${() => this.leave()}>Cancel</button>
          <button class="primary ${this.kind}" ?disabled=${this.busy} @mousedown=${keepFocusInField}>
            ${this.word}
          </button>
        </div>
      </form>
    </dialog>`;
  }
}
