// The page of one invoice: a draft to be edited and sent, or what was sent and what became of it.
/** @import {TimeEntry} from '../types/model' */
/** @import {Place} from '../types/portal' */
/** @import {InvoiceEditor} from '../parts/invoice-editor.js' */
import { get, pages, remove } from '../core/api.js';
import { date, dateTime } from '../core/format.js';
import { Page } from '../parts/page.js';
import { go } from '../core/address.js';
import { forgetDraft } from '../parts/kept-draft.js';
import { invoiceTotals } from '../parts/printed-lines.js';
import { may } from '../parts/may.js';
import { actUnlessUndone, whileDisabled, showMessage } from '../parts/messages.js';
import { loadFile, needFile, openDialog } from '../parts/lazy.js';
import { putAside, takeBack } from '../parts/put-aside.js';
import { invoiceState, isOpen } from '../parts/states.js';
import { emailText } from '../parts/tables.js';
import { draftedTime } from '../tracking/after-stop.js';
import { html, nothing } from '../vendor/lit.js';

const SOON = 1500;
const QUIET = 15_000; // while nothing is awaited but the customer's payment
const LONGEST = 300_000;
/** The editor, and with it at once what it needs. @returns {Promise<any>} */
const edited = async () => {
  const [editor] = await Promise.all([
    import('../parts/invoice-editor.js'),
    import('../parts/invoice-lines.js'),
    import('../parts/problems.js'),
    import('../core/typed-amounts.js'),
    import('../core/amounts.js'),
  ]);
  return editor;
};
/** @returns {Promise<any>} */
const printed = () => import('../parts/sent-invoice.js');
const paymentDialogs = () => import('../parts/payment-dialogs.js');
/** The files of dialogs, where that is not invoice-dialogs.js. @type {Record<string, () => Promise<unknown>>} */
const DIALOGS = {
  ...Object.fromEntries(['send', 'resend', 'remind'].map((name) => [name, () => import('../parts/send-dialog.js')])),
  entry: () => import('../parts/entry-dialog.js'),
  payment: paymentDialogs,
  refund: paymentDialogs,
  'take-back': paymentDialogs,
};

class InvoicePage extends Page {
  #timeout;
  #pause = SOON;
  #takenBack = new Set(); // ids of payments that are not shown: their taking back can still be undone

  /** @param {Place} place */
  async read({ parameters: { invoiceId } }) {
    const invoice = await get(`/invoices/${invoiceId}`).catch((failed) => {
      if (failed.status === 404) {
        forgetDraft(invoiceId);
      }
      throw failed;
    });
    this.#loadAgain(invoice);
    if (invoice.state !== 'draft') {
      forgetDraft(invoiceId);
    }
    const draft = invoice.state === 'draft';
    const paid = invoice.payments.length || invoice.flags.length;
    const [shown, entries, mail] = await Promise.all([
      needFile(this, draft ? edited : printed),
      draft ? this.#entries(invoice) : new Map(),
      this.#mail(invoice),
      paid && needFile(this, () => import('../parts/invoice-payments.js')),
    ]);
    return { invoice, entries, mail, ...shown };
  }

  /** The mail of an invoice as below, and the file that tells of it. */
  async #mail(invoice) {
    const mail = await this.#waiting(invoice);
    if (this.#tellsDelivery(invoice, mail)) {
      await needFile(this, () => import('../parts/mail-delivery.js'));
    }
    return mail;
  }

  /**
   * Whether the firm's mails wait, and why; null unless the mail of this invoice is on its way. Read also while the
   * frame says that they wait, so that it does not say so for longer.
   */
  async #waiting({ delivery: { status } }) {
    const queued = status === 'queued';
    if (!queued && !this.firm.mail.waiting) {
      return null;
    }
    const firm = await get('/firm');
    this.knowFirm(firm);
    return queued ? firm.mail : null;
  }

  /** The time entries of a draft, by id, to show what has to be checked about them. */
  async #entries({ invoiceId, customer, lines }) {
    const entries = new Map();
    const wanted = lines.filter((line) => line.kind === 'time').length;
    if (wanted) {
      for await (const { timeEntries } of pages('/time-entries', draftedTime(customer.customerId))) {
        timeEntries
          .filter((entry) => entry.invoiceId === invoiceId)
          .forEach((entry) => entries.set(entry.timeEntryId, entry));
        if (entries.size === wanted) {
          break;
        }
      }
    }
    return entries;
  }

  connectedCallback() {
    super.connectedCallback();
    document.addEventListener('visibilitychange', this.#seen);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    document.removeEventListener('visibilitychange', this.#seen);
    clearTimeout(this.#timeout);
  }

  /** What happened while nobody looked is shown when somebody looks again. */
  #seen = () => {
    clearTimeout(this.#timeout);
    const invoice = this.state?.invoice;
    if (invoice && !document.hidden && (isOpen(invoice) || this.#awaited(invoice))) {
      this.#pause = SOON;
      this.#look();
    }
  };

  /** Whether something is under way that ends by itself. */
  #awaited({ state, delivery: { status }, payments }) {
    const refunding = payments.some((row) => row.kind === 'refund' && row.status === 'processing');
    return state === 'sending' || ['queued', 'sent'].includes(status) || refunding;
  }

  #look() {
    if (this.isConnected) {
      this.load(true, () => this.#loadAgain(this.state.invoice));
    }
  }

  /**
   * Loads again until number and mail are there and refunds have ended, and while the customer may pay; ever less often
   * while only something outside is awaited, which may take days, and not at all while nobody looks.
   */
  #loadAgain(invoice) {
    clearTimeout(this.#timeout);
    const awaited = this.#awaited(invoice);
    const outside = !awaited || invoice.delivery.status === 'sent';
    const next = Math.min(LONGEST, this.#pause * (outside ? 1.5 : 1.1));
    this.#pause = invoice.state === 'sending' ? SOON : awaited ? next : Math.max(QUIET, next);
    if ((awaited || isOpen(invoice)) && !document.hidden) {
      this.#timeout = setTimeout(() => this.#look(), this.#pause);
    }
  }

  /** The editor of a draft; null while there is none. */
  get #editor() {
    return /** @type {InvoiceEditor | null} */ (this.querySelector('invoice-editor'));
  }

  async #send() {
    const editor = this.#editor;
    if (!editor?.changes || (await editor.save())) {
      this.#dialog('send', () => ({ ...this.state, me: this.me }));
    }
  }

  #delete() {
    const { invoiceId } = this.state.invoice;
    if (!putAside(invoiceId)) {
      return; // a second click would make the deletion final
    }
    go('/invoices');
    actUnlessUndone(
      'The draft is deleted. Its time is unbilled again.',
      async (leaving) => {
        try {
          await remove(`/invoices/${invoiceId}`, { keepalive: leaving });
          forgetDraft(invoiceId);
        } catch (failed) {
          takeBack(invoiceId);
          throw failed;
        }
      },
      () => {
        takeBack(invoiceId);
        go(`/invoices/${invoiceId}`);
      },
    );
  }

  /** Edits a time entry. That changes the draft on the server, so unsaved changes are saved first. */
  async #editTime(timeEntryId) {
    const editor = this.#editor;
    if (editor?.changes && !(await editor.save())) {
      return;
    }
    const entry = await get(`/time-entries/${timeEntryId}`);
    this.#dialog('entry', () => entry);
  }

  /** @param {TimeEntry[]} entries */
  async #addTime(entries) {
    if (entries.length) {
      await this.#editor?.addTime(entries);
      await this.load(true);
    }
  }

  async #dialog(name, about = () => this.state.invoice) {
    await openDialog(this, `${name}-dialog`, DIALOGS[name] ?? (() => import('../parts/invoice-dialogs.js')), about);
  }

  /** Leads to what is to be changed on the draft. @param {string} kind of warning */
  #leadTo(kind) {
    const wanted = kind.startsWith('due') ? 'invoice-editor input[type=date]' : 'invoice-lines input';
    /** @type {HTMLElement | null} */ (this.querySelector(wanted))?.focus();
  }

  async #savePdf(invoice) {
    const file = await loadFile(this, () => import('../core/download.js'));
    await file?.savePdf(invoice);
  }

  #actions({ invoice }) {
    const { state } = invoice;
    const pdf = html`<button @click=${(event) => whileDisabled(event, () => this.#savePdf(invoice))}>PDF</button>`;
    const open = (name, words, kind = '') =>
      html`<button class=${kind} @click=${() => this.#dialog(name)}>${words}</button>`;
    const sends = may(this, 'staffSend');
    if (state === 'draft') {
      const editor = this.#editor;
      const edits = editor?.changes
        ? html`<span class="muted">Not saved yet</span><button @click=${() => editor.drop()}>Drop changes</button
            ><button @click=${() => editor.save()}>Save</button>`
        : nothing;
      if (!sends) {
        return html`${edits}${pdf}<span class="muted">An owner of your firm sends it.</span>`;
      }
      return html`${edits}${this.#more(
          html`${open('void', 'Void', 'danger')}<button class="danger" @click=${this.#delete}>Delete draft</button>`,
        )}${pdf}<button class="primary" @click=${this.#send}>Send</button>`;
    }
    return sends ? this.state.sentActions(this.#host(invoice), this.#more, pdf) : pdf;
  }

  /** What can be done from what is shown of an invoice that is no draft. */
  #host(invoice) {
    return {
      invoice,
      sends: may(this, 'staffSend'),
      open: (name, about) => this.#dialog(name, about),
      savePdf: () => this.#savePdf(invoice),
      again: () => this.load(true),
      hide: (paymentId, hidden) => {
        this.#takenBack[hidden ? 'add' : 'delete'](paymentId);
        this.requestUpdate();
      },
    };
  }

  /** What is rarely done with an invoice. */
  #more(buttons) {
    return html`<details class="more">
      <summary class="button">More</summary>
      <div class="menu">${buttons}</div>
    </details>`;
  }

  /** Whether the words for the delivery do not say it all. */
  #tellsDelivery({ delivery: { recipients }, customer }, mail) {
    return mail?.waiting || recipients.some(({ note, email }) => note || email !== customer.email);
  }

  content(state) {
    const { invoice } = state;
    const draft = invoice.state === 'draft';
    const { name, address, email } = invoice.customer;
    const tells = this.#tellsDelivery(invoice, state.mail);
    const payments = invoice.payments.filter(({ paymentId }) => !this.#takenBack.has(paymentId));
    return html`<div class="head">
        <div>
          <h1>${invoice.number ? `Invoice ${invoice.number}` : 'Draft invoice'}</h1>
          <p class="sub">
            <a href="#/customers/${invoice.customer.customerId}">${invoice.customer.name}</a> ${invoiceState(invoice)}
          </p>
        </div>
        <div class="row">${draft && this.#editor?.conflict ? nothing : this.#actions(state)}</div>
      </div>
      <div class="stack">
        ${draft ? nothing : state.trouble(this.#host(invoice))}
        ${
          invoice.revisedBy
            ? html`<p class="muted">Replaced by <a href="#/invoices/${invoice.revisedBy}">a revised invoice</a>.</p>`
            : nothing
        }
        ${
          invoice.revises
            ? html`<p class="muted">Replaces <a href="#/invoices/${invoice.revises}">an earlier invoice</a>.</p>`
            : nothing
        }
        <section class="card stack" aria-label="Invoice">
          <dl class="fields">
            <div>
              <dt>Billed to</dt>
              <dd>
                <span class="lines-kept">${[name, address].filter(Boolean).join('\n')}</span><br />${emailText(email)}
              </dd>
            </div>
            ${
              invoice.issuedOn
                ? html`<div>
                      <dt>Date</dt>
                      <dd>${date(invoice.issuedOn)}</dd>
                    </div>
                    <div>
                      <dt>Due</dt>
                      <dd>${date(invoice.dueOn)}</dd>
                    </div>`
                : nothing
            }
            ${draft ? nothing : html`<div data-print="no">${state.delivery(invoice, state.mail, tells)}</div>`}
            ${
              invoice.payUrl
                ? html`<div data-print="no">
                    <dt>Pay link</dt>
                    <dd><a href=${invoice.payUrl} target="_blank" rel="noreferrer">The customer’s page</a></dd>
                  </div>`
                : nothing
            }
          </dl>
          ${
            draft
              ? html`<invoice-editor
                  class="stack"
                  .invoice=${invoice}
                  .entries=${state.entries}
                  .firm=${this.firm}
                  .me=${this.me}
                  @draft-changed=${() => this.requestUpdate()}
                  @draft-saved=${(event) => {
                    this.state = { ...this.state, invoice: event.detail };
                  }}
                  @draft-overtaken=${(event) => {
                    event.done = this.load(true);
                  }}
                  @add-time=${({ currentTarget: editor }) =>
                    this.#dialog('time', () => ({ invoice: this.state.invoice, lines: editor.draft.lines }))}
                  @add-service=${() => this.#dialog('priced')}
                  @edit-time=${(event) => this.#editTime(event.detail)}
                ></invoice-editor>`
              : html`${state.linesOnPaper(invoice)}${
                  invoice.note ? html`<p class="lines-kept">${invoice.note}</p>` : nothing
                }${invoiceTotals(invoice)}`
          }
        </section>
        ${
          payments.length || invoice.flags.length
            ? html`<invoice-payments
                .invoice=${{ ...invoice, payments }}
                .me=${this.me}
                .sends=${may(this, 'staffSend')}
                @take-back=${(event) => state.takeBackPayment(this.#host(invoice), event.detail)}
                @refund=${(event) => this.#dialog('refund', () => ({ invoice: this.state.invoice, ...event.detail }))}
              ></invoice-payments>`
            : nothing
        }
        <section class="card what-happened" aria-label="What happened">
          <h2>What happened</h2>
          <ol class="plain history">
            ${invoice.history.map(
              (event) =>
                html`<li>
                  <span>${event.what}</span><span class="muted">${event.who} · ${dateTime(event.at)}</span>
                </li>`,
            )}
          </ol>
        </section>
      </div>
      <entry-dialog
        @saved=${(event) => {
          event.done = this.load(true);
        }}
      ></entry-dialog>
      <time-dialog
        @saved=${(event) => {
          event.done = this.#addTime(event.detail);
        }}
      ></time-dialog>
      <priced-dialog
        @saved=${(event) => {
          this.#editor?.add(event.detail);
        }}
      ></priced-dialog>
      <send-dialog
        @edit-time=${(event) => this.#editTime(event.detail)}
        @edit-draft=${(event) => this.#leadTo(event.detail)}
        @overtaken=${(event) => {
          event.done = this.load(true).then(() => this.state);
        }}
        @saved=${(event) => {
          showMessage(event.detail.paper ? 'The invoice gets its number' : 'The email is on its way');
          event.done = this.load(true);
        }}
      ></send-dialog>
      <revise-dialog
        @saved=${(event) => {
          go(`/invoices/${event.detail.invoiceId}`);
        }}
      ></revise-dialog>
      <refund-dialog
        @saved=${(event) => {
          showMessage('The refund is under way');
          event.done = this.load(true);
        }}
      ></refund-dialog>
      <take-back-dialog
        @saved=${(event) => {
          showMessage('The payment is taken back');
          event.done = this.load(true);
        }}
      ></take-back-dialog>
      <payment-dialog
        @saved=${(event) => {
          showMessage('Recorded');
          event.done = this.load(true);
        }}
      ></payment-dialog>
      <void-dialog
        @saved=${(event) => {
          showMessage('Voided');
          event.done = this.load(true);
        }}
      ></void-dialog>
      <resend-dialog
        @saved=${(event) => {
          showMessage('The email is on its way');
          event.done = this.load(true);
        }}
      ></resend-dialog>
      <remind-dialog
        @saved=${(event) => {
          showMessage('The reminder is on its way');
          event.done = this.load(true);
        }}
      ></remind-dialog>`;
  }
}
customElements.define('invoice-page', InvoicePage);
