// Unbilled time that a person selects on a page and puts on an invoice.
/** @import {TimeEntry} from '../types/model' */
import { pages, post } from '../core/api.js';
import { dateTime } from '../core/format.js';
import { address, goUnlessLeft } from '../core/address.js';
import { html, nothing } from '../vendor/lit.js';
import { whileDisabled } from './messages.js';
import { sums } from './tables.js';

/** The most lines that an invoice may have. */
export const MAX_LINES = 500;

/**
 * The ids of a customer's unbilled time that fits one draft: of one currency, oldest first.
 *
 * @param {string} customerId
 */
export async function unbilledIds(customerId) {
  const entries = [];
  for await (const page of pages('/time-entries', { customerId, state: 'unbilled', limit: 100 })) {
    entries.push(...page.timeEntries);
  }
  const oldest = entries.toReversed();
  return oldest
    .filter((entry) => entry.currency === oldest[0].currency)
    .slice(0, MAX_LINES)
    .map((entry) => entry.timeEntryId);
}

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
      aria-label="Select ${entry.serviceName} of ${dateTime(entry.startedAt)}"
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
      ? 'An invoice is for one customer: select time of one only.'
      : chosen.some((entry) => entry.currency !== first.currency)
        ? 'An invoice is in one currency: select time of one only.'
        : chosen.length > MAX_LINES
          ? `An invoice has at most ${MAX_LINES} lines.`
          : null;
    return chosen.length
      ? html`<div class="bulk" role="group" aria-label="With the selected time">
          <span
            ><strong>${chosen.length} selected</strong>
            <span class="muted">${sums(chosen, (entry) => entry.amount)}</span></span
          >
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
          <button
            class="plain"
            @click=${() => {
              this.clear();
              this.#page.requestUpdate();
            }}
          >
            Clear
          </button>
        </div>`
      : nothing;
  }
}
