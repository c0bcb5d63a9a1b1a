// The dialogs that mail an invoice: send a draft, resend what was sent, remind of what is due. What goes out is shown
// as it looks, and its words can be changed for this one email.
import { get, post } from '../core/api.js';
import { pastInstant } from '../core/clock.js';
import { date, dateTime, money, period } from '../core/format.js';
import { mayChange } from '../core/session.js';
import { html, nothing } from '../vendor/lit.js';
import { check, field, problem } from './fields.js';
import { FormDialog } from './form-dialog.js';
import './mail-preview.js';
import { announce, showMessage } from './messages.js';
import { emailText } from './tables.js';

/** How long nothing is typed before the preview follows. */
const PAUSE = 600;
const MOST_COPIES = 10;
/** When it is looked whether a test was refused, one after the other. */
const TEST_PAUSES = [1000, 3000, 8000, 16_000, 30_000];
/** How the history says so. */
const TEST_REFUSED = /^Test email to \S+ was refused/;
/** Warnings of which a person has to say that it is meant so. */
const ASKED = {
  'amount-unusual': (invoice) => `${money(invoice.total, invoice.currency)} is the right amount`,
  'due-date-far': () => 'The due date is right',
  'tax-exemption-changed': () => 'The taxes are right',
};

/** Subject, message and copies of one email, with its preview. */
class LetterDialog extends FormDialog {
  static properties = {
    ...FormDialog.properties,
    shown: { state: true },
    copies: { state: true },
    testing: { state: true },
  };
  #round = 0; // counts previews that were asked for: only the last one is shown
  #timeout;

  constructor() {
    super();
    /** The email as the server would send it; null where that cannot be known right now. @type {any} */
    this.mail = null;
    /** The same with the words that were typed. @type {any} */
    this.shown = null;
    /** Who gets a copy. @type {string[]} */
    this.copies = [];
    this.testing = false;
  }

  /** @param {any} about @returns {any} the invoice that the dialog is about */
  invoiceOf(about) {
    return about;
  }

  async prepare(about) {
    this.copies = [];
    // Sending works without the preview too.
    this.mail = await get(`/invoices/${this.invoiceOf(about).invoiceId}/mail`).catch(() => null);
    this.shown = this.mail;
  }

  /** The same, with what was typed. */
  async prepareAgain(about) {
    const { copies } = this;
    await this.prepare(about);
    this.copies = copies;
    this.#typed();
  }

  /** Whether nobody of the customer's can be mailed. */
  get onPaper() {
    return this.mail?.to === null;
  }

  get #form() {
    return /** @type {HTMLFormElement} */ (this.querySelector('form'));
  }

  /** What differs from the usual words. @param {FormData} form */
  #wording(form) {
    const typed = (name) => String(form.get(name) ?? '').trim();
    const words = {};
    for (const name of ['subject', 'message']) {
      if (typed(name) && typed(name) !== this.mail?.wording[name].trim()) {
        words[name] = typed(name);
      }
    }
    return words;
  }

  /** All that is said with this email. @param {FormData} form */
  letter(form) {
    const cc = [...this.copies, ...split(String(form.get('copy') ?? ''))];
    return {
      ...this.#wording(form),
      ...(cc.length && { cc }),
      ...(form.has('copyToMe') && { copyToMe: true }),
    };
  }

  #typed() {
    clearTimeout(this.#timeout);
    this.#timeout = setTimeout(() => this.#show(), PAUSE);
  }

  async #show() {
    const round = ++this.#round;
    const { invoiceId } = this.invoiceOf(this.about ?? {}) ?? {};
    if (!invoiceId) {
      return; // it was closed meanwhile
    }
    const shown = await post(`/invoices/${invoiceId}/mail`, this.#wording(new FormData(this.#form)), {
      background: true,
    }).catch(() => null);
    if (shown && round === this.#round) {
      this.shown = shown;
    }
  }

  async #test() {
    const { invoiceId } = this.invoiceOf(this.about);
    this.testing = true;
    // By the time of the answer it may have been refused already.
    const asked = pastInstant();
    try {
      const { to } = await post(`/invoices/${invoiceId}/test-mail`, this.#wording(new FormData(this.#form)), {
        once: true,
      });
      showMessage(`A test is on its way to ${to}`);
      this.#watch(invoiceId, asked);
    } catch (failed) {
      this.failed = failed;
    } finally {
      this.testing = false;
    }
  }

  /** Says so if a test is refused: the history has it within seconds. @param {string} asked an instant before it */
  async #watch(invoiceId, asked) {
    for (const pause of TEST_PAUSES) {
      await new Promise((done) => setTimeout(done, pause));
      const { history } = await get(`/invoices/${invoiceId}`, { background: true }).catch(() => ({ history: [] }));
      const refused = history.findLast(({ what, at }) => TEST_REFUSED.test(what) && at >= asked);
      if (refused) {
        showMessage(`${refused.what}.`);
        return;
      }
    }
  }

  /** Takes what was typed as copies. @param {HTMLInputElement} input */
  #add(input) {
    const added = split(input.value);
    if (added.length && input.checkValidity()) {
      this.copies = [...new Set([...this.copies, ...added])];
      input.value = '';
      announce(`Copy to ${added.join(', ')}`);
    }
  }

  #key(event) {
    if (event.key === 'Enter' || event.key === ',') {
      if (event.target.value.trim()) {
        event.preventDefault();
        this.#add(event.target);
      }
    }
  }

  #drop(copy) {
    this.copies = this.copies.filter((each) => each !== copy);
    announce(`No copy to ${copy}`);
    /** @type {HTMLElement | null} */ (this.querySelector('[name=copy]'))?.focus();
  }

  #copyError() {
    const [, words] = [...(this.errors ?? [])].find(([path]) => path.startsWith('cc')) ?? [];
    return words;
  }

  /** The fields of the email's words and recipients, beside its preview. @param {unknown} to */
  letterFields(to) {
    const { errors } = this;
    const { subject = '', message = '' } = this.mail?.wording ?? {};
    const error = this.#copyError();
    return html`<div class="mail-form">
      <div class="stack">
        ${to}
        <div class="field">
          <label class="field"
            ><span>Copy to</span
            ><input
              name="copy"
              type="email"
              multiple
              autocomplete="off"
              placeholder=${this.copies.length ? nothing : 'name@example.com'}
              ?disabled=${this.copies.length >= MOST_COPIES}
              aria-invalid=${error ? 'true' : nothing}
              aria-describedby="copy-hint"
              @keydown=${(event) => this.#key(event)}
              @change=${(event) => this.#add(event.target)}
          /></label>
          ${
            this.copies.length
              ? html`<ul class="plain chips" aria-label="Copies">
                  ${this.copies.map(
                    (copy) =>
                      html`<li class="pill quiet">
                        <input type="hidden" name="copied" .value=${copy} />${copy}<button
                          type="button"
                          class="plain"
                          aria-label="Remove ${copy}"
                          @click=${() => this.#drop(copy)}
                        >
                          ×
                        </button>
                      </li>`,
                  )}
                </ul>`
              : nothing
          }
          <small id="copy-hint" class=${error ? 'problem' : nothing}
            >${error ?? 'Press Enter after each address. Your customer sees who gets a copy.'}</small
          >
        </div>
        ${check('Send me a copy', 'copyToMe', false, 'A hidden copy: nobody else sees it.')}
        <div class="stack" @input=${() => this.#typed()}>
          ${field('Subject', 'subject', subject, { errors, maxlength: 200 })}
          ${field('Message', 'message', message, {
            errors,
            rows: 9,
            maxlength: 2000,
            hint: '{number}, {customer}, {total}, {due} and {firm} are filled in. The payment link follows below.',
          })}
        </div>
      </div>
      ${
        this.shown
          ? html`<section class="preview" aria-label="Preview">
              <mail-preview .mail=${this.shown}></mail-preview>
            </section>`
          : html`<p class="hint">
              The preview is not available right now. The email has the lines of this page and the payment link.
            </p>`
      }
    </div>`;
  }

  extra() {
    return this.mail && !this.onPaper
      ? html`<button
          type="button"
          class="plain test"
          ?disabled=${this.busy || this.testing}
          @click=${() => this.#test()}
        >
          Send me a test
        </button>`
      : nothing;
  }

  /** What is wrong as a whole; the fields show their own. */
  get problem() {
    return problem(this.failed, 'subject', 'message', 'email', ...[...(this.errors?.keys() ?? [])].filter(isCopy));
  }
}

const LIST = new Intl.ListFormat('en-US');
const listed = (words) => LIST.format(words);

const isCopy = (path) => path.startsWith('cc');

/** Addresses with commas, semicolons or blanks between them. @param {string} typed */
const split = (typed) => typed.split(/[\s,;]+/).filter(Boolean);

class SendDialog extends LetterDialog {
  get word() {
    return this.onPaper ? 'Number and print' : 'Send';
  }

  invoiceOf({ invoice }) {
    return invoice;
  }

  heading({ invoice }) {
    return this.onPaper ? `Bill ${invoice.customer.name} on paper` : `Send to ${invoice.customer.name}`;
  }

  #edit(entry, words) {
    return html`<li>
      ${words}
      ${
        mayChange(this.about.me, entry)
          ? html`<button
              type="button"
              class="plain"
              ?disabled=${this.busy}
              aria-label="Edit ${entry.serviceName} of ${dateTime(entry.startedAt)}"
              @click=${() =>
                this.leave() && this.dispatchEvent(new CustomEvent('edit-time', { detail: entry.timeEntryId }))}
            >
              Edit
            </button>`
          : nothing
      }
    </li>`;
  }

  /** Leaves the dialog for the page that a link in it names. */
  #follow(event) {
    if (!this.leave()) {
      event.preventDefault();
    }
  }

  /** Where a warning is mended. */
  #mend(kind, { customer }) {
    const link = (to, words) => html`<a href=${to} @click=${(event) => this.#follow(event)}>${words}</a>`;
    switch (kind) {
      case 'firm-address-missing':
        return link('#/settings/firm', 'Add it in Settings');
      case 'customer-address-missing':
        return link(`#/customers/${customer.customerId}`, 'Add it on the customer’s page');
      default:
        return html`<button
          type="button"
          class="plain"
          @click=${() => this.leave() && this.dispatchEvent(new CustomEvent('edit-draft', { detail: kind }))}
        >
          ${kind.startsWith('due') ? 'Change the due date' : 'Back to the draft'}
        </button>`;
    }
  }

  /** What to look at before it goes: what is missing or unusual, and time that may have been entered twice. */
  #warnings({ invoice, entries }) {
    const late = [...entries.values()].filter((entry) => entry.needsConfirmation);
    const { overlaps = [], warnings = [] } = this.mail ?? {};
    const items = [
      ...warnings.map(({ kind, text }) => html`<li>${text} ${this.#mend(kind, invoice)}</li>`),
      ...late.map((entry) => {
        const what = `${entry.serviceName}, ${dateTime(entry.startedAt)}`;
        return this.#edit(entry, `${what}: it is unusually long. Correct or confirm it.`);
      }),
      ...overlaps.map(({ other }) => {
        const { staffName, customerName, serviceName, startedAt, stoppedAt } = other;
        const what = `${customerName}, ${serviceName}, ${period(startedAt, stoppedAt)}`;
        return this.#edit(other, `${staffName} has other time at the same hours: ${what}.`);
      }),
    ];
    const asked = warnings.filter(({ kind }) => ASKED[kind]);
    return items.length
      ? html`<div class="hint warnings">
          <p>Check this before you send it:</p>
          <ul>
            ${items}
          </ul>
          ${asked.map(
            ({ kind }) =>
              html`<label class="check"
                ><input type="checkbox" name=${kind} required /><span>${ASKED[kind](invoice)}</span></label
              >`,
          )}
        </div>`
      : nothing;
  }

  fields(about) {
    const running = this.failed?.problem?.running;
    return html`${this.problem}
    ${
      running
        ? html`<p>
            <a href="#/customers/${running.customerId}" @click=${(event) => this.#follow(event)}
              >See the running timer of ${running.staffName}</a
            >
          </p>`
        : nothing
    }
    ${this.#warnings(about)} ${this.onPaper ? this.#paper(about) : this.#email(about)}`;
  }

  /** What is said where there is nobody to mail to. */
  #paper({ invoice: { customer, total, currency } }) {
    return html`<p>
        This customer has no email address. The invoice gets its number, and you print its PDF and hand it over or post
        it. The payment link is on it.
      </p>
      <p class="muted">
        You want to email it after all?
        <a href="#/customers/${customer.customerId}" @click=${(event) => this.#follow(event)}
          >Add an address on the customer’s page</a
        >
      </p>
      <dl class="fields">
        <div>
          <dt>Total</dt>
          <dd>${money(total, currency)}</dd>
        </div>
      </dl>
      <p class="muted">Once numbered, the invoice can no longer be changed.</p>`;
  }

  #email({ invoice }) {
    const cc = this.mail?.cc ?? [];
    return html`${this.letterFields(
        html`<dl class="fields">
          <div>
            <dt>To</dt>
            <dd>${emailText(this.mail?.to ?? invoice.customer.email)}</dd>
          </div>
          <div>
            <dt>Total</dt>
            <dd>${money(invoice.total, invoice.currency)}</dd>
          </div>
          ${
            cc.length
              ? html`<div class="whole">
                  <dt>Cc</dt>
                  <dd>${cc.map((each) => html`<span class="block">${emailText(each)}</span>`)}</dd>
                </div>`
              : nothing
          }
        </dl>`,
      )}
      <p class="muted">Once sent, the invoice gets its number and can no longer be changed.</p>`;
  }

  /** Sends the draft as it is shown. If somebody changed it meanwhile, the new version is shown first. */
  async save(form, { invoice }) {
    try {
      return await post(`/invoices/${invoice.invoiceId}/send`, this.letter(form), { version: invoice.version });
    } catch (failed) {
      if (failed.status !== 412) {
        throw failed;
      }
      const event = Object.assign(new CustomEvent('overtaken'), { done: /** @type {any} */ (undefined) });
      this.dispatchEvent(event);
      const about = { ...this.about, ...(await event.done) };
      await this.prepareAgain(about);
      this.about = about;
      throw new Error(
        'Somebody changed this draft in the meantime. Nothing was sent: check it as it is now, then press Send again.',
        { cause: failed },
      );
    }
  }
}
customElements.define('send-dialog', SendDialog);

class ResendDialog extends LetterDialog {
  get word() {
    return 'Resend';
  }

  heading() {
    return 'Resend invoice';
  }

  fields() {
    return html`${this.problem}
    ${this.letterFields(
      field('To', 'email', '', {
        errors: this.errors,
        type: 'email',
        placeholder: this.mail?.to ?? nothing,
        required: this.onPaper,
        hint: this.onPaper
          ? 'This customer has no email address: say where it goes.'
          : `Leave empty to mail ${this.#usual()}. An address goes in place of all of them.`,
      }),
    )}`;
  }

  /** Who gets it where no address is typed. */
  #usual() {
    return listed([this.mail?.to ?? 'your customer', ...(this.mail?.cc ?? [])]);
  }

  save(form, invoice) {
    const email = form.get('email').trim();
    return post(
      `/invoices/${invoice.invoiceId}/resend`,
      { ...(email && { email }), ...this.letter(form) },
      { once: true },
    );
  }
}
customElements.define('resend-dialog', ResendDialog);

class RemindDialog extends FormDialog {
  get word() {
    return 'Send reminder';
  }

  heading({ customer }) {
    return `Remind ${customer.name} now?`;
  }

  /** The customer as they are now, of whose contacts some get reminders. @type {any} */
  #customer;

  async prepare({ customer }) {
    this.#customer = await get(`/customers/${customer.customerId}`).catch(() => null);
  }

  /** Who gets it: those whose last email did not arrive are left out. */
  #recipients({ delivery: { recipients }, customer }) {
    const failed = recipients.filter(({ status }) => ['bounced', 'complained', 'failed'].includes(status));
    const contacts = (this.#customer?.contacts ?? []).filter(({ gets }) => gets.includes('reminder'));
    const first = customer.email ? recipients[0]?.email : this.#customer?.email;
    const all = [first, ...contacts.map(({ email }) => email)].filter(Boolean);
    return [...new Set(all)].filter((email) => !failed.some((each) => each.email === email));
  }

  fields(invoice) {
    const { number, amountDue, currency, dueOn, remindedOn } = invoice;
    const to = this.#recipients(invoice);
    return html`${problem(this.failed)}

      <p>
        A payment reminder for invoice ${number} goes to ${to.length ? listed(to) : 'your customer'}:
        ${money(amountDue, currency)}, due ${date(dueOn)}.
        ${remindedOn ? `The last reminder was sent on ${date(remindedOn)}.` : ''}
      </p>
      <p class="muted">Scheduled reminders up to today are skipped. Nobody is reminded twice on the same day.</p>`;
  }

  save(form, { invoiceId }) {
    return post(`/invoices/${invoiceId}/remind`, {}, { once: true });
  }
}
customElements.define('remind-dialog', RemindDialog);
