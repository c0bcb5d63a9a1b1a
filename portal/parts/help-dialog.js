// Which keys do what.
import { html, LitElement } from '../vendor/lit.js';

const SHORTCUTS = [
  ['t', 'Track the customer shown, or choose one'],
  ['s', 'Stop the timer'],
  ['/', 'Search customers'],
  ['g then c, t, i, r', 'Go to customers, time, invoices, reports'],
  ['?', 'This help'],
];

class HelpDialog extends LitElement {
  createRenderRoot() {
    return this;
  }

  async open() {
    await this.updateComplete;
    /** @type {HTMLDialogElement} */ (this.querySelector('dialog')).showModal();
  }

  render() {
    return html`<dialog aria-labelledby="help-title">
      <form method="dialog">
        <h2 id="help-title">Keyboard shortcuts</h2>
        <dl class="keys">
          ${SHORTCUTS.map(
            ([key, does]) =>
              html`<div>
                <dt><kbd>${key}</kbd></dt>
                <dd>${does}</dd>
              </div>`,
          )}
        </dl>
        <div class="actions"><button>Close</button></div>
      </form>
    </dialog>`;
  }
}
customElements.define('help-dialog', HelpDialog);
