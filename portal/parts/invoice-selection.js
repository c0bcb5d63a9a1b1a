// Invoices that a person selects in a list, to do something with all of them.
/** @import {InvoiceSummary} from '../types/model' */
import { html, nothing } from '../vendor/lit.js';
import { sums } from './tables.js';

const REMINDED = ['sent', 'partlyPaid', 'undeliverable'];
/** How many drafts are merged at once. */
const MOST_MERGED = 10;

const named = ({ number, customer }) => `${number ?? 'draft'} for ${customer.name}`;

/** Which invoices of a page are selected; the page renders when that changes. */
export class InvoiceSelection {
  /** @type {Map<string, InvoiceSummary>} */
  #chosen = new Map();
  #page;

  /** @param {import('../vendor/lit.js').LitElement} page */
  constructor(page) {
    this.#page = page;
  }

  /** Forgets what is no longer listed, and takes what is as it is now. @param {InvoiceSummary[]} listed */
  keep(listed) {
    const before = this.#chosen;
    this.#chosen = new Map(
      listed.filter(({ invoiceId }) => before.has(invoiceId)).map((invoice) => [invoice.invoiceId, invoice]),
    );
  }

  clear() {
    this.#chosen.clear();
    this.#page.requestUpdate();
  }

  /** @param {InvoiceSummary} invoice */
  has(invoice) {
    return this.#chosen.has(invoice.invoiceId);
  }

  #set(invoices, on) {
    for (const invoice of invoices) {
      if (on) {
        this.#chosen.set(invoice.invoiceId, invoice);
      } else {
        this.#chosen.delete(invoice.invoiceId);
      }
    }
    this.#page.requestUpdate();
  }

  /** The checkbox beside an invoice. @param {InvoiceSummary} invoice */
  box(invoice) {
    return html`<input
      type="checkbox"
      .checked=${this.has(invoice)}
      aria-label="Select ${named(invoice)}"
      @change=${(event) => this.#set([invoice], event.target.checked)}
    />`;
  }

  /** The checkbox for all that are shown. @param {InvoiceSummary[]} shown */
  all(shown) {
    const some = shown.some((invoice) => this.has(invoice));
    const every = some && shown.every((invoice) => this.has(invoice));
    return html`<input
      type="checkbox"
      .checked=${every}
      .indeterminate=${some && !every}
      aria-label="Select all ${shown.length} shown"
      @change=${(event) => this.#set(shown, event.target.checked)}
    />`;
  }

  /**
   * What may be done with the selected ones.
   *
   * @param {(what: string, invoices: InvoiceSummary[]) => void} act gets the name of the action and what it is about
   * @param {boolean} sends whether the person may send invoices
   */
  bar(act, sends) {
    const chosen = [...this.#chosen.values()];
    if (!chosen.length) {
      return nothing;
    }
    const drafts = chosen.filter(({ state }) => state === 'draft');
    const open = chosen.filter(({ state }) => REMINDED.includes(state));
    const [first] = drafts;
    const mergeable =
      sends &&
      drafts.length > 1 &&
      drafts.length === chosen.length &&
      drafts.every(
        ({ customer, currency }) => customer.customerId === first.customer.customerId && currency === first.currency,
      );
    const button = (what, words, about, kind = '') =>
      about.length
        ? html`<button class=${kind} @click=${() => act(what, about)}>
            ${words}${about.length < chosen.length ? ` ${about.length} of them` : nothing}
          </button>`
        : nothing;
    return html`<div class="bulk" role="group" aria-label="With the selected invoices">
      <span
        ><strong>${chosen.length} selected</strong>
        <span class="muted">${sums(chosen, (invoice) => invoice.total)}</span></span
      >
      <button class="plain" @click=${() => this.clear()}>Clear</button>
      ${button('csv', 'Download CSV', chosen)}${button('pdf', 'Download PDFs', chosen)}
      ${
        mergeable
          ? html`<button ?disabled=${drafts.length > MOST_MERGED} @click=${() => act('merge', drafts)}>
              Merge into one draft
            </button>`
          : nothing
      }
      ${
        sends
          ? html`${button('remind', 'Remind', open, drafts.length ? '' : 'primary')}${button(
              'send',
              'Send',
              drafts,
              'primary',
            )}`
          : nothing
      }
      ${
        mergeable && drafts.length > MOST_MERGED
          ? html`<small>At most ${MOST_MERGED} drafts can be merged at once. Select fewer.</small>`
          : nothing
      }
    </div>`;
  }
}
