// Unbilled time that is chosen for an invoice.
import { post } from '../core/api.js';
import { moment } from '../core/format.js';
import { go } from '../core/router.js';
import { html, nothing } from '../vendor/lit.js';
import { once } from './say.js';
import { sums } from './tables.js';

/** How many lines an invoice has at most. */
export const MOST = 90;

/** What of a page's time is chosen; the page is shown anew when that changes. */
export class Choosing {
  #chosen = new Map();
  #page;

  constructor(page) { this.#page = page; }

  clear() { this.#chosen.clear(); }

  /** The box beside one entry. */
  box(entry) {
    return html`<input type="checkbox" .checked=${this.#chosen.has(entry.timeEntryId)}
      aria-label="Choose ${entry.serviceName} of ${moment(entry.startedAt)}" @change=${(event) => this.#toggle(entry, event.target.checked)}>`;
  }

  #toggle(entry, on) {
    if (on) {
      this.#chosen.set(entry.timeEntryId, entry);
    } else {
      this.#chosen.delete(entry.timeEntryId);
    }
    this.#page.requestUpdate();
  }

  /** What is chosen, and the button that puts it on an invoice. */
  bar() {
    const chosen = [...this.#chosen.values()];
    const [first] = chosen;
    const problem = chosen.some((entry) => entry.customerId !== first.customerId) ? 'An invoice is for one customer: choose time of one only.'
      : chosen.some((entry) => entry.currency !== first.currency) ? 'An invoice is in one currency: choose time of one only.'
      : chosen.length > MOST ? `An invoice has at most ${MOST} lines.` : null;
    return chosen.length ? html`<div class="row end chosen"><span class="muted">${chosen.length} chosen · ${sums(chosen, (entry) => entry.amount)}</span>
      ${problem ? html`<p class="hint">${problem}</p>` : nothing}
      <button class="primary" ?disabled=${problem !== null} @click=${(event) => once(event, async () => {
        const { invoiceId } = await post('/invoices', { customerId: first.customerId, timeEntryIds: chosen.map((entry) => entry.timeEntryId) });
        go(`/invoices/${invoiceId}`);
      })}>Put ${chosen.length} on an invoice</button></div>` : nothing;
  }
}
