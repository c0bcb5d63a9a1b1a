// Messages beside the page: announcements for screen readers, and short messages with an undo.
/** @import {Message} from '../types/portal' */
import { html, LitElement, nothing } from '../vendor/lit.js';

const SHOWN_FOR = 8000;

class SayArea extends LitElement {
  static properties = { spoken: { state: true }, message: { state: true } };
  #timeout;

  constructor() {
    super();
    this.spoken = '';
    /** @type {Message | null} */
    this.message = null;
    addEventListener('pagehide', () => this.#end(true));
  }

  createRenderRoot() {
    return this;
  }

  announce(text) {
    // Screen readers read changes of the text, so the same words twice have to differ somewhere.
    this.spoken = this.spoken === text ? `${text}\u00a0` : text;
  }

  /** @param {Message} message */
  show(message) {
    this.#end(false);
    this.announce(message.text);
    this.message = message;
    this.#wait();
  }

  // The message stays while the pointer or the focus is on it.
  #hold() {
    clearTimeout(this.#timeout);
  }

  #wait() {
    this.#hold();
    if (this.querySelector('.toast:is(:hover, :focus-within)')) {
      return;
    }
    this.#timeout = setTimeout(() => this.#end(false), SHOWN_FOR);
  }

  finish() {
    return this.message?.commit ? this.#end(false) : undefined;
  }

  /** Takes the message away, and with it the chance to undo. */
  #end(leaving) {
    clearTimeout(this.#timeout);
    const { message } = this;
    this.message = null;
    return message?.commit?.(leaving);
  }

  #undo() {
    clearTimeout(this.#timeout);
    const { message } = this;
    this.message = null;
    message?.undo?.();
    this.announce('Undone');
    this.updateComplete.then(keepFocus);
  }

  #dismiss() {
    this.#end(false);
    this.updateComplete.then(keepFocus);
  }

  render() {
    const { message } = this;
    return html`<div class="sr" role="status">${this.spoken}</div>
      ${
        message
          ? html`<section
              class="toast"
              aria-label="Message"
              @pointerenter=${this.#hold}
              @pointerleave=${this.#wait}
              @focusin=${this.#hold}
              @focusout=${this.#wait}
            >
              <p>${message.text}</p>
              ${message.undo ? html`<button @click=${() => this.#undo()}>Undo</button>` : nothing}
              <button class="plain" @click=${() => this.#dismiss()}>Dismiss</button>
            </section>`
          : nothing
      }`;
  }
}
customElements.define('say-area', SayArea);

const area = () => /** @type {SayArea} */ (document.querySelector('say-area'));

/** Moves the focus into the page when what had it is gone. */
export function keepFocus() {
  if (document.activeElement === document.body) {
    document.querySelector('main')?.focus({ preventScroll: true });
  }
}

/** Tells screen readers something. @param {string} text */
export const announce = (text) => area().announce(text);

/** Shows a message for a while, and announces it. @param {string} text */
export const showMessage = (text) => area().show({ text });

/**
 * Shows that something was done, with a button to undo it.
 *
 * @param {string} text
 * @param {() => void} undo
 */
export const showMessageWithUndo = (text, undo) => area().show({ text, undo });

/** Has pages read again, and waits until they show what there is now: each puts that promise into `done`. */
export async function dataChanged() {
  const event = Object.assign(new Event('data-changed'), { done: /** @type {Promise<unknown>[]} */ ([]) });
  dispatchEvent(event);
  await Promise.all(event.done);
}

/**
 * Does something that cannot be taken back, but only after the message's undo is gone. However that ends, pages read
 * again.
 *
 * @param {string} text
 * @param {(leaving: boolean) => Promise<unknown>} act gets whether the page is being left
 * @param {() => void} undo shows again what was there
 */
export function actUnlessUndone(text, act, undo) {
  const commit = async (leaving) => {
    try {
      await act(leaving);
    } catch (failed) {
      await dataChanged();
      showMessage(failed.message);
      return false;
    }
    await dataChanged();
    return true;
  };
  area().show({ text, undo, commit });
}

/** Makes final what could still be undone, until pages show it; false if that failed, which has been shown. */
export const finishPending = async () => (await area().finish()) !== false;

/**
 * Does something that takes a while on a click: the button is disabled meanwhile, and a refusal is shown. A disabled
 * button loses the focus, so it gets it back, or the page does where the button is gone.
 *
 * @param {Event} event
 * @param {() => Promise<unknown>} act
 */
export async function whileDisabled(event, act) {
  const button = /** @type {HTMLButtonElement} */ (event.currentTarget);
  button.disabled = true;
  try {
    await act();
  } catch (failed) {
    showMessage(failed.message);
  } finally {
    button.disabled = false;
    if (document.activeElement === document.body) {
      button.focus({ preventScroll: true });
    }
    keepFocus();
  }
}
