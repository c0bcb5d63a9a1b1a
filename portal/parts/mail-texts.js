// The firm's texts in mails to its customers: placeholders are put in by buttons, and each text is shown as a customer
// gets it.
/** @import {Firm} from '../types/model' */
import { patch } from '../core/api.js';
import { date, money } from '../core/format.js';
import { html, LitElement, nothing } from '../vendor/lit.js';
import { explainConflict, field, focusFirstError, problem } from './fields.js';
import { showMessage } from './messages.js';
import { saved, whileSent } from './unsaved.js';

const KINDS = [
  ['invoice', 'Invoice', 'With a new invoice'],
  ['reminder', 'Payment reminder', 'When an invoice is not paid'],
  ['receipt', 'Receipt', 'When a payment has arrived'],
];
const PLACEHOLDERS = [
  ['{number}', 'Number'],
  ['{customer}', 'Customer'],
  ['{total}', 'Total'],
  ['{due}', 'Due date'],
  ['{firm}', 'Your firm'],
];

class MailTexts extends LitElement {
  static properties = { firm: { attribute: false }, failed: { state: true } };

  constructor() {
    super();
    /** @type {Firm} */
    this.firm;
    /** The version that is changed; none after somebody else changed it. @type {number | undefined} */
    this.version = undefined;
    /** @type {any} */
    this.failed = null;
    /** What is typed, by the control's name. @type {Record<string, string>} */
    this.typed = {};
    /** The control that a placeholder goes into, by kind. @type {Record<string, HTMLInputElement>} */
    this.last = {};
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.version = this.firm.version;
  }

  /** What a text says with an example in it. @param {string} text */
  #filled(text) {
    const { firm } = this;
    const due = new Date(Date.now() + firm.invoicing.termsDays * 86_400_000).toISOString().slice(0, 10);
    const number =
      firm.invoicing.numberPrefix.replace('{yyyy}', due.slice(0, 4)) +
      String(firm.invoicing.nextNumber).padStart(4, '0');
    const values = {
      '{number}': number,
      '{customer}': 'Rivera Design',
      '{total}': money(125_000, firm.currency),
      '{due}': date(due),
      '{firm}': firm.name,
    };
    return text.replaceAll(/\{\w+\}/g, (each) => values[each] ?? each);
  }

  /** @param {string} kind @param {string} part */
  #text(kind, part) {
    return this.typed[`${kind} ${part}`] ?? this.firm.messages[kind][part] ?? '';
  }

  /** Puts a placeholder where the cursor of a kind's text was last. */
  #put(event, kind, placeholder) {
    const control = this.last[kind] ?? event.target.closest('fieldset').querySelector('textarea');
    const end = control.value.length;
    control.setRangeText(placeholder, control.selectionStart ?? end, control.selectionEnd ?? end, 'end');
    control.dispatchEvent(new Event('input', { bubbles: true }));
    control.focus();
  }

  #keep(event) {
    this.typed[event.target.name] = event.target.value;
    this.requestUpdate();
  }

  async #save(event) {
    event.preventDefault();
    const form = new FormData(event.target);
    const messages = Object.fromEntries(
      KINDS.map(([kind]) => [
        kind,
        Object.fromEntries(
          ['subject', 'text'].map((part) => [part, String(form.get(`${kind} ${part}`)).trim() || null]),
        ),
      ]),
    );
    this.failed = null;
    try {
      await whileSent(event.target, async () => {
        const firm = await patch('/firm', { messages }, this.version);
        saved(event.target);
        this.typed = {};
        this.version = firm.version;
        this.firm = firm;
        this.dispatchEvent(new CustomEvent('firm-changed', { detail: firm, bubbles: true }));
        await this.updateComplete;
        saved(event.target);
        showMessage('Saved');
      });
    } catch (failed) {
      if (explainConflict(failed)) {
        this.version = undefined;
      }
      this.failed = failed;
      await this.updateComplete;
      focusFirstError(event.target);
    }
  }

  #kind(kind, heading, when) {
    const errors = this.failed?.errors;
    const subject = this.#text(kind, 'subject');
    const text = this.#text(kind, 'text');
    return html`<fieldset
      class="mail-text"
      @focusin=${(event) => {
        if (event.target.name) {
          this.last[kind] = event.target;
        }
      }}
    >
      <legend>${heading}</legend>
      <small>${when}</small>
      ${field('Subject', `${kind} subject`, subject, { errors, path: `messages.${kind}.subject`, maxlength: 200 })}
      ${field('Text', `${kind} text`, text, { errors, path: `messages.${kind}.text`, rows: 5, maxlength: 2000 })}
      <div class="row" role="group" aria-label="Put into the text">
        ${PLACEHOLDERS.map(
          ([placeholder, words]) =>
            html`<button type="button" class="tag" @click=${(event) => this.#put(event, kind, placeholder)}>
              ${words}
            </button>`,
        )}
      </div>
      ${
        subject || text
          ? html`<div class="letter" aria-label="As a customer reads it" role="group">
              ${subject ? html`<p><strong>${this.#filled(subject)}</strong></p>` : nothing}
              ${text ? html`<p class="lines">${this.#filled(text)}</p>` : nothing}
            </div>`
          : html`<p class="muted">Left empty, Clockbill’s own words are sent.</p>`
      }
    </fieldset>`;
  }

  render() {
    const shown = KINDS.flatMap(([kind]) => [`messages.${kind}.subject`, `messages.${kind}.text`]);
    return html`<form
      class="stack"
      data-asks
      @submit=${(event) => this.#save(event)}
      @input=${(event) => this.#keep(event)}
    >
      ${problem(this.failed, ...shown)}
      <p class="muted">
        What stands above the invoice in an email. The amount, the button to pay and the invoice itself are always
        there.
      </p>
      ${KINDS.map(([kind, heading, when]) => this.#kind(kind, heading, when))}
      <div class="actions"><button class="primary">Save</button></div>
    </form>`;
  }
}
customElements.define('mail-texts', MailTexts);
