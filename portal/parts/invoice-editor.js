// A draft invoice being edited: its lines, what holds for all of it, its sums; and saving it.
/** @import {Firm, Invoice, Me, TimeEntry} from '../types/model' */
import { patch, Refusal } from '../core/api.js';
import { amountOf, input } from '../core/format.js';
import { html, LitElement, nothing } from '../vendor/lit.js';
import './invoice-lines.js';
import { forgetDraft, keepDraft, keptDraft } from './kept-draft.js';
import { loadFile } from './lazy.js';
import { showMessage, showMessageWithUndo } from './messages.js';
import { invoiceTotals, toSend } from './printed-lines.js';

/**
 * The editor of one draft. It tells the page by events: `draft-changed` when there are unsaved changes or none,
 * `draft-saved` with the invoice, `draft-overtaken` when somebody else has saved, `add-time` and `edit-time`.
 */
export class InvoiceEditor extends LitElement {
  static properties = {
    invoice: { attribute: false },
    entries: { attribute: false },
    firm: { attribute: false },
    me: { attribute: false },
    changes: { state: true },
    conflict: { state: true },
    failed: { state: true },
  };

  constructor() {
    super();
    /** The draft as it was saved. @type {Invoice} */
    this.invoice;
    /** Its time entries, by id. @type {Map<string, TimeEntry>} */
    this.entries = new Map();
    /** @type {Firm} */
    this.firm;
    /** @type {Me} */
    this.me;
    /** The draft with its unsaved changes; null if there are none. @type {any} */
    this.changes = null;
    /** Unsaved changes of an earlier version, while it is not chosen which to go on with. @type {any} */
    this.conflict = null;
    /** Why it could not be saved. @type {any} */
    this.failed = null;
  }

  createRenderRoot() {
    return this;
  }

  willUpdate(changed) {
    if (changed.has('invoice')) {
      const before = changed.get('invoice');
      const kept = keptDraft(this.invoice.invoiceId);
      // If somebody else saved while there are unsaved changes here, both versions are shown.
      this.conflict = kept && kept.version !== this.invoice.version ? kept : null;
      this.changes = this.conflict ? null : kept;
      if (before?.invoiceId !== this.invoice.invoiceId) {
        this.failed = null;
      }
      if (this.conflict) {
        loadFile(this, () => import('./two-versions.js'));
      }
    }
  }

  updated(changed) {
    if (changed.has('changes') || changed.has('conflict')) {
      this.dispatchEvent(new Event('draft-changed', { bubbles: true }));
    }
  }

  /** The draft as it is shown. */
  get draft() {
    const { version, lines, discount, dueOn, note } = this.invoice;
    return this.changes ?? { version, lines, discount, dueOn, note };
  }

  #edit(change) {
    this.changes = { ...this.draft, ...change };
    this.failed = null;
    keepDraft(this.invoice.invoiceId, this.changes);
  }

  drop() {
    const { changes, invoice } = this;
    forgetDraft(invoice.invoiceId);
    this.changes = null;
    this.failed = null;
    showMessageWithUndo(
      'Your changes were dropped.',
      () => this.invoice.invoiceId === invoice.invoiceId && this.#edit(changes),
    );
  }

  /** Saves the draft. Gives whether everything is saved: what was typed meanwhile is not. */
  async save() {
    const sent = this.changes;
    const { invoiceId, lines: present } = this.invoice;
    const { version, lines, discount, dueOn, note } = this.draft;
    const shown = () => this.isConnected && this.invoice.invoiceId === invoiceId; // the page may show another one
    try {
      const invoice = await patch(
        `/invoices/${invoiceId}`,
        {
          lines: lines.map((line) => toSend(line, present)),
          discount: discount?.percent ? { percent: discount.percent } : discount ? { amount: discount.amount } : null,
          dueOn: dueOn || null,
          note: note || null,
        },
        version,
      );
      if (JSON.stringify(keptDraft(invoiceId)) === JSON.stringify(sent)) {
        forgetDraft(invoiceId);
      }
      showMessage('Saved');
      if (!shown()) {
        return false;
      }
      const more = this.changes && JSON.stringify(this.changes) !== JSON.stringify(sent);
      if (more) {
        this.#edit({ version: invoice.version });
      }
      this.failed = null;
      this.dispatchEvent(new CustomEvent('draft-saved', { detail: invoice, bubbles: true }));
      await this.updateComplete;
      return !more;
    } catch (failed) {
      if (!shown()) {
        showMessage(failed.message);
      } else if (failed instanceof Refusal && failed.status === 412) {
        this.#edit({}); // keeps the changes again: another window, which saved its own, removed them
        const event = Object.assign(new Event('draft-overtaken', { bubbles: true }), { done: undefined });
        this.dispatchEvent(event);
        await event.done;
      } else {
        this.failed = failed;
      }
      return false;
    }
  }

  /** Puts unbilled time on the draft and saves it at once, so that its lines can be edited like the others. */
  async addTime(entries) {
    this.#edit({
      lines: [
        ...this.draft.lines,
        ...entries.map(({ timeEntryId, serviceName, amount }) => ({
          timeEntryId,
          description: serviceName,
          amount,
          kind: 'fixed',
        })),
      ],
    });
    await this.save();
  }

  #mine() {
    const { conflict, invoice } = this;
    this.conflict = null;
    this.#edit({ ...conflict, version: invoice.version });
  }

  #theirs() {
    forgetDraft(this.invoice.invoiceId);
    this.conflict = null;
    this.changes = null;
  }

  #discount(event) {
    const typed = event.target.value.trim();
    const percent = /^(\d{1,3}(?:[.,]\d{1,4})?)\s*%$/.exec(typed);
    const amount = percent || typed === '' ? null : amountOf(typed, this.invoice.currency);
    event.target.setCustomValidity(
      typed && !percent && amount === null ? 'Write 10 % or an amount such as 25.00.' : '',
    );
    if (event.target.reportValidity()) {
      this.#edit({ discount: typed === '' ? null : percent ? { percent: percent[1].replace(',', '.') } : { amount } });
    }
  }

  render() {
    const { invoice, failed, draft, conflict } = this;
    if (conflict) {
      return html`<two-versions
        .mine=${conflict}
        .theirs=${invoice}
        @mine=${this.#mine}
        @theirs=${this.#theirs}
      ></two-versions>`;
    }
    const { discount } = draft;
    return html`<invoice-lines
        .of=${invoice.invoiceId}
        .lines=${draft.lines}
        .currency=${invoice.currency}
        .errors=${failed?.errors}
        .entries=${this.entries}
        .me=${this.me}
        @lines-changed=${(event) => this.#edit({ lines: event.detail })}
      ></invoice-lines>
      <div class="fields">
        <label class="field"
          ><span>Discount</span
          ><input
            placeholder="10 % or 25.00"
            .value=${
              discount?.percent ? `${discount.percent} %` : discount ? input(discount.amount, invoice.currency) : ''
            }
            @change=${this.#discount}
        /></label>
        <div class="field">
          <label class="field"
            ><span>Due on</span
            ><input
              type="date"
              aria-describedby="due-hint"
              .value=${draft.dueOn ?? ''}
              @change=${(event) => this.#edit({ dueOn: event.target.value || null })}
          /></label>
          <small id="due-hint">Empty: ${this.firm.invoicing.termsDays} days after it is sent</small>
        </div>
      </div>
      <label class="field"
        ><span>Note to the customer</span
        ><textarea
          rows="2"
          maxlength="2000"
          .value=${draft.note ?? ''}
          @input=${(event) => this.#edit({ note: event.target.value })}
        ></textarea>
      </label>
      ${failed ? html`<p class="problem" role="alert">${failed.message}</p>` : nothing}
      ${this.changes ? html`<p class="muted">Sums are computed when you save.</p>` : invoiceTotals(invoice)}`;
  }
}
customElements.define('invoice-editor', InvoiceEditor);
