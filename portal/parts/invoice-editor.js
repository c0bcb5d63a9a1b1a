// A draft invoice being edited: its lines, what holds for all of it, its sums; and saving it.
/** @import {Firm, Invoice, Me, TimeEntry} from '../types/model' */
import { patch, Refusal } from '../core/api.js';
import { date, input, money, percent } from '../core/format.js';
import { discountTyped } from '../core/typed-amounts.js';
import { totals } from '../core/pricing.js';
import { html, LitElement, nothing } from '../vendor/lit.js';
import { amountProblem, focusFirstError, problem } from './problems.js';
import { wrongFields } from './invoice-lines.js';
import { forgetDraft, keepDraft, keptDraft } from './kept-draft.js';
import { loadFile } from './lazy.js';
import { showMessage, showMessageWithUndo } from './messages.js';
import { invoiceTotals, toSend } from './printed-lines.js';

/** How lines are put together on paper. */
const GROUPINGS = [
  ['', 'In this order'],
  ['service', 'By service'],
  ['staff', 'By person'],
];

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
    tried: { state: true },
    editing: { state: true },
  };

  /** The end of what is being saved. @type {Promise<boolean>} */
  #saving = Promise.resolve(true);

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
    /** Whether it was to be saved while something was wrong: then all of that is shown. */
    this.tried = false;
    /** The field beside the lines that is being typed into, about which nothing is said yet. */
    this.editing = '';
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
    const { version, lines, discount, dueOn, note, grouping } = this.invoice;
    return this.changes ?? { version, lines, discount, dueOn, note, grouping };
  }

  /**
   * What is wrong with the draft as it is typed, by the path of the field. Such text is kept with the unsaved changes,
   * in `typed`, until it is right.
   */
  get wrong() {
    const { lines, discount, typed = {} } = this.draft;
    const { currency, taxes } = this.invoice;
    const wrong = wrongFields(lines, currency);
    if (typed.discount !== undefined) {
      const reading = discountTyped(typed.discount, currency);
      if ('problem' in reading) {
        wrong.set('discount', amountProblem(reading, currency));
      }
    }
    if (typed.dueOn !== undefined) {
      wrong.set('dueOn', 'This is not a whole date. Complete it, or clear the field.');
    }
    if (wrong.size === 0) {
      const { subtotal, total } = totals(lines, discount, taxes);
      if (discount && !discount.percent && discount.amount > Math.max(0, subtotal)) {
        wrong.set('discount', `At most the subtotal, ${money(Math.max(0, subtotal), currency)}.`);
      } else if (total < 0) {
        wrong.set('lines', 'The total is below zero. Lower what is taken off.');
      }
    }
    return wrong;
  }

  #edit(change) {
    this.changes = { ...this.draft, ...change };
    this.failed = null;
    this.tried &&= this.wrong.size > 0;
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

  /**
   * Saves the draft, once what is being saved already has its answer: two at once would take each other for somebody
   * else's. Gives whether everything is saved: what was typed meanwhile is not.
   *
   * @returns {Promise<boolean>}
   */
  save() {
    const { invoiceId } = this.invoice;
    // By then the page may show another draft, or ask which of two versions is wanted.
    const goesOn = () => this.invoice.invoiceId === invoiceId && !this.conflict;
    this.#saving = this.#saving.catch(() => false).then(() => goesOn() && (!this.changes || this.#save()));
    return this.#saving;
  }

  async #save() {
    if (this.wrong.size) {
      this.tried = true;
      this.editing = '';
      showMessage('Nothing is saved yet: correct what is marked first.');
      await this.#leadToError();
      return false;
    }
    const sent = this.changes;
    const { invoiceId, lines: present } = this.invoice;
    const { version, lines, discount, dueOn, note, grouping } = this.draft;
    const shown = () => this.isConnected && this.invoice.invoiceId === invoiceId; // the page may show another one
    try {
      const invoice = await patch(
        `/invoices/${invoiceId}`,
        {
          lines: lines.map((line) => toSend(line, present)),
          discount: discount?.percent ? { percent: discount.percent } : discount ? { amount: discount.amount } : null,
          dueOn: dueOn || null,
          note: note || null,
          grouping: grouping || null,
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
        await this.#leadToError();
      }
      return false;
    }
  }

  /** Leads to the first field that is wrong, wherever on the page that is. */
  async #leadToError() {
    await this.updateComplete;
    await /** @type {LitElement | null} */ (this.querySelector('invoice-lines'))?.updateComplete;
    focusFirstError(this);
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
          taxable: true,
        })),
      ],
    });
    await this.save();
  }

  /** Adds a service of a fixed price, once. @param {any} [service] its id, its name as the description, its price */
  add(service) {
    if (service) {
      const amount = service.unitAmount;
      this.#edit({
        lines: [...this.draft.lines, { kind: 'fixed', quantity: '1', amount, taxable: true, ...service }],
      });
    }
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

  /** Changes one field beside the lines, and what was typed into it as long as that cannot be read. */
  #type(name, typed, change = {}) {
    this.#edit({ ...change, typed: { ...this.draft.typed, [name]: typed } });
  }

  #discount(typed) {
    this.editing = 'discount';
    const reading = discountTyped(typed, this.invoice.currency);
    this.#type('discount', typed, 'problem' in reading ? {} : { discount: reading.discount });
  }

  /** Shows the discount as it is written here, if it can be read; or what is wrong with it. */
  #leaveDiscount() {
    this.editing = '';
    const typed = this.draft.typed?.discount;
    if (typed !== undefined && !('problem' in discountTyped(typed, this.invoice.currency))) {
      this.#type('discount', undefined);
    }
  }

  #dueOn({ value, validity }) {
    if (validity.badInput) {
      this.#type('dueOn', '');
    } else {
      this.#type('dueOn', undefined, { dueOn: value || null });
    }
  }

  /** A field of the editor with what is wrong with it, or a hint; on paper with words in its place. */
  #field(label, name, control, error, hint = '', printed = '') {
    return html`<div class="field">
      <label class="field"><span>${label}</span>${control}</label>
      ${printed ? html`<span class="paper">${printed}</span>` : nothing}
      ${
        error
          ? html`<small class="problem" id="draft-${name}-more">${error}</small>`
          : hint
            ? html`<small id="draft-${name}-more">${hint}</small>`
            : nothing
      }
    </div>`;
  }

  /** The sums of what is typed, as the server will compute them; while something is wrong, there are none. */
  #totals(wrong) {
    const { lines, discount } = this.draft;
    return wrong.size
      ? html`<p class="hint" role="status">
          ${wrong.get('lines') ?? 'The total shows again when every amount is filled in and right.'}
        </p>`
      : invoiceTotals({ ...this.invoice, ...(this.changes && totals(lines, discount, this.invoice.taxes)) });
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
    const { discount, typed = {} } = draft;
    const { errors } = failed ?? {};
    const wrong = this.wrong;
    const usual = `${this.invoice.customer.termsDays ?? this.firm.invoicing.termsDays} days after it is sent`;
    const shown = (name) => (name === this.editing ? undefined : wrong.get(name));
    const discountError = errors?.get('discount.amount') ?? errors?.get('discount.percent') ?? shown('discount');
    const dueError = errors?.get('dueOn') ?? wrong.get('dueOn');
    const paths = [...wrong.keys(), 'discount.amount', 'discount.percent', 'dueOn'];
    const lineFields = [
      'description',
      'billedMinutes',
      'hourlyRate',
      'quantity',
      'unitAmount',
      'amount',
      'timeEntryId',
    ];
    const linePaths = draft.lines.flatMap((_, at) => lineFields.map((name) => `lines[${at}].${name}`));
    return html`<invoice-lines
        .of=${invoice.invoiceId}
        .lines=${draft.lines}
        .currency=${invoice.currency}
        .errors=${errors}
        .typing=${wrong}
        .tried=${this.tried}
        .entries=${this.entries}
        .me=${this.me}
        @lines-changed=${(event) => this.#edit({ lines: event.detail })}
      ></invoice-lines>
      <div class="fields">
        ${this.#field(
          'Discount',
          'discount',
          html`<input
            placeholder="${percent('10')} or ${input(2500, invoice.currency)}"
            aria-invalid=${discountError ? 'true' : nothing}
            aria-describedby=${discountError ? 'draft-discount-more' : nothing}
            .value=${
              typed.discount ??
              (discount?.percent ? percent(discount.percent) : discount ? input(discount.amount, invoice.currency) : '')
            }
            @input=${(event) => this.#discount(event.target.value)}
            @change=${this.#leaveDiscount}
            @blur=${this.#leaveDiscount}
          />`,
          discountError,
        )}
        ${this.#field(
          'Due on',
          'dueOn',
          html`<input
            type="date"
            aria-invalid=${dueError ? 'true' : nothing}
            aria-describedby="draft-dueOn-more"
            .value=${draft.dueOn ?? ''}
            @change=${(event) => this.#dueOn(event.target)}
            @blur=${(event) => event.target.validity.badInput && this.#dueOn(event.target)}
          />`,
          dueError,
          `Empty: ${usual}`,
          draft.dueOn ? date(draft.dueOn) : usual,
        )}
        <label class="field" data-print="no"
          ><span>Lines on paper</span
          ><select @change=${(event) => this.#edit({ grouping: event.target.value })}>
            ${GROUPINGS.map(
              ([value, words]) =>
                html`<option value=${value} ?selected=${value === (draft.grouping ?? '')}>${words}</option>`,
            )}
          </select></label
        >
      </div>
      <label class="field"
        ><span>Note to the customer</span
        ><textarea
          rows="2"
          maxlength="2000"
          placeholder="Anything your customer should know, such as a thank-you"
          .value=${draft.note ?? ''}
          @input=${(event) => this.#edit({ note: event.target.value })}
        ></textarea>
      </label>
      ${problem(failed, ...paths, ...linePaths)} ${this.#totals(wrong)}`;
  }
}
customElements.define('invoice-editor', InvoiceEditor);
