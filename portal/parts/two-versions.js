// Two versions of a draft beside each other: unsaved changes, and what somebody else saved meanwhile.
import { date, minutes, money, percent } from '../core/format.js';
import { html, LitElement, nothing } from '../vendor/lit.js';

const version = ({ lines, discount, dueOn, note }, currency) =>
  html`<ul>
      ${lines.map(
        (line) =>
          html`<li>
            ${line.description}${
              line.kind === 'time'
                ? html`, ${minutes(line.billedMinutes)} at ${money(line.hourlyRate, currency)}`
                : nothing
            }
            · ${money(line.amount, currency)}${line.taxable === false ? ', not taxed' : ''}
          </li>`,
      )}
    </ul>
    <p class="muted">
      ${[
        discount ? `Discount ${discount.percent ? percent(discount.percent) : money(discount.amount, currency)}` : null,
        dueOn ? `Due ${date(dueOn)}` : null,
        note,
      ]
        .filter(Boolean)
        .join(' · ')}
    </p>`;

class TwoVersions extends LitElement {
  static properties = { mine: { attribute: false }, theirs: { attribute: false } };

  constructor() {
    super();
    /** The unsaved changes. @type {any} */
    this.mine = undefined;
    /** The invoice as it was saved. @type {any} */
    this.theirs = undefined;
  }

  createRenderRoot() {
    return this;
  }

  #choose(which) {
    this.dispatchEvent(new Event(which));
  }

  render() {
    const { currency } = this.theirs;
    return html`<section class="stack" aria-label="Two versions">
      <h2>Somebody else saved this draft meanwhile</h2>
      <p>Choose which of the two to go on with. Nothing is lost until you choose.</p>
      <div class="cards">
        <div class="version stack">
          <h3>Yours, not saved yet</h3>
          ${version(this.mine, currency)}
          <div><button @click=${() => this.#choose('mine')}>Go on with yours</button></div>
        </div>
        <div class="version stack">
          <h3>Saved meanwhile</h3>
          ${version(this.theirs, currency)}
          <div><button @click=${() => this.#choose('theirs')}>Take the saved one</button></div>
        </div>
      </div>
    </section>`;
  }
}
customElements.define('two-versions', TwoVersions);
