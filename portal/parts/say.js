// What is said to the person beside the page: a live region for screen readers, and short messages
// with an undo.
import { html, LitElement, nothing } from '../vendor/lit.js';

const LONG_ENOUGH = 8000;

class SayArea extends LitElement {
  static properties = { spoken: { state: true }, message: { state: true } };
  #timeout;

  constructor() {
    super();
    this.spoken = '';
    this.message = null;
    addEventListener('pagehide', () => this.#settle(true));
  }

  createRenderRoot() { return this; }

  say(text) {
    // A change of text is what is read out, so the same words twice need one in between.
    this.spoken = this.spoken === text ? `${text}\u00a0` : text;
  }

  show(text, undo, settle) {
    this.#settle(false);
    this.say(text);
    this.message = { text, undo, settle };
    this.#wait();
  }

  // While a hand or the focus is on it, it stays.
  #hold() { clearTimeout(this.#timeout); }

  #wait() {
    this.#hold();
    if (this.querySelector('.toast:is(:hover, :focus-within)')) {
      return;
    }
    this.#timeout = setTimeout(() => this.#settle(false), LONG_ENOUGH);
  }

  settled() { return this.#settle(false); }

  #settle(leaving) {
    clearTimeout(this.#timeout);
    const { message } = this;
    this.message = null;
    return message?.settle?.(leaving);
  }

  #undo() {
    clearTimeout(this.#timeout);
    const { message } = this;
    this.message = null;
    message.undo();
    this.say('Undone');
    this.#goOn();
  }

  /** Keys go on in the page when the button that they were on is gone. */
  async #goOn() {
    await this.updateComplete;
    if (document.activeElement === document.body) {
      document.querySelector('main').focus({ preventScroll: true });
    }
  }

  render() {
    return html`<div class="sr" role="status">${this.spoken}</div>
      ${this.message
        ? html`<section class="toast" aria-label="Message" @pointerenter=${this.#hold} @pointerleave=${this.#wait} @focusin=${this.#hold} @focusout=${this.#wait}><p>${this.message.text}</p>
            ${this.message.undo ? html`<button @click=${() => this.#undo()}>Undo</button>` : nothing}
            <button class="plain" @click=${() => { this.#settle(false); this.#goOn(); }}>Dismiss</button></section>`
        : nothing}`;
  }
}
customElements.define('say-area', SayArea);

const area = () => document.querySelector('say-area');

/** Says something to those who listen. */
export const say = (text) => area().say(text);

/** Shows and says something for a while. */
export const show = (text) => area().show(text);

/**
 * Does what cannot be taken back only when its undo is no longer offered: `act` gets whether the page is being
 * left, and `undo` leads back to what was there.
 */
export function later(text, act, undo) {
  showWithUndo(text, undo, async (leaving) => {
    try {
      await act(leaving);
      dispatchEvent(new Event('settled'));
      return true;
    } catch (failed) {
      show(failed.message);
      return false;
    }
  });
}

/** Makes final what could still be undone; answers false where that failed, and has said why. */
export const settled = async () => await area().settled() !== false;

/** Shows that something was done; `settle` makes it final when the undo is no longer offered. */
export const showWithUndo = (text, undo, settle) => area().show(text, undo, settle);

/** Does something that takes a while on a click: not twice at once, and what is refused is said. */
export async function once(event, act) {
  const button = event.currentTarget;
  button.disabled = true;
  try {
    await act();
  } catch (failed) {
    show(failed.message);
  } finally {
    button.disabled = false;
  }
}
