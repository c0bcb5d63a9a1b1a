// Unbilled time that a person selects on a page and puts on an invoice.
/** @import {TimeEntry} from '../types/model' */
import { post } from '../core/api.js';
import { dateTime } from '../core/format.js';
import { address, goUnlessLeft } from '../core/address.js';
import { html, nothing } from '../vendor/lit.js';
import { whileDisabled } from './messages.js';
import { sums } from './tables.js';

/** The most lines that an invoice may have. */
export const MAX_LINES = 90;

/** Which of a page's time entries are selected; the page renders when that changes. */
export class TimeSelection {
  /** @type {Map<string, TimeEntry>} */
  #chosen = new Map();
  #page;

  /** @param {import('../vendor/lit.js').LitElement} page */
  constructor(page) {
    this.#page = page;
  }

  clear() {
    this.#chosen.clear();
  }

  /** The checkbox beside an entry. @param {TimeEntry} entry */
  box(entry) {
    return html`<input
      type="checkbox"
      .checked=${this.#chosen.has(entry.timeEntryId)}
      aria-label="Choose ${entry.serviceName} of ${dateTime(entry.startedAt)}"
      @change=${(event) => this.#toggle(entry, event.target.checked)}
    />`;
  }

  #toggle(entry, on) {
    if (on) {
      this.#chosen.set(entry.timeEntryId, entry);
    } else {
      this.#chosen.delete(entry.timeEntryId);
    }
    this.#page.requestUpdate();
  }

  /** The sum of what is selected, and the button that puts it on an invoice. */
  bar() {
    const chosen = [...this.#chosen.values()];
    const [first] = chosen;
    const problem = chosen.some((entry) => entry.customerId !== first.customerId)
      ? 'An invoice is for one customer: choose time of one only.'
      : chosen.some((entry) => entry.currency !== first.currency)
        ? 'An invoice is in one currency: choose time of one only.'
        : chosen.length > MAX_LINES
          ? `An invoice has at most ${MAX_LINES} lines.`
          : null;
    return chosen.length
      ? html`<div class="row end chosen">
          <span class="muted">${chosen.length} chosen · ${sums(chosen, (entry) => entry.amount)}</span>
          ${problem ? html`<p class="hint">${problem}</p>` : nothing}
          <button
            class="primary"
            ?disabled=${problem !== null}
            @click=${(event) =>
              whileDisabled(event, async () => {
                const { path } = address();
                const { invoiceId } = await post('/invoices', {
                  customerId: first.customerId,
                  timeEntryIds: chosen.map((entry) => entry.timeEntryId),
                });
                goUnlessLeft(path, `/invoices/${invoiceId}`);
              })}
          >
            Put ${chosen.length} on an invoice
          </button>
        </div>`
      : nothing;
  }
}
