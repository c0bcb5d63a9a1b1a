// The page of one invoice: a draft to be edited and sent, or what was sent and what became of it.
/** @import {Place} from '../types/portal' */
import { get, pages, patch, Refusal, remove } from '../core/api.js';
import { amountOf, date, input, dateTime, money } from '../core/format.js';
import { Page } from '../parts/page.js';
import { go } from '../core/address.js';
import { userId } from '../core/session.js';
import { printedLines, toSend } from '../parts/printed-lines.js';
import { actUnlessUndone, whileDisabled, showMessage, showMessageWithUndo } from '../parts/messages.js';
import { loadFile, openDialog } from '../parts/lazy.js';
import { putAside, takeBack } from '../parts/put-aside.js';
import { deliveryText, invoiceState } from '../parts/states.js';
import { html, nothing } from '../vendor/lit.js';

const SOON = 1500;

class InvoicePage extends Page {
  #timeout;
  #pause = SOON;
  #takenBack = new Set(); // ids of payments that are not shown: their taking back can still be undone

  /** The key under which this person's unsaved changes are kept on this device. */
  get #key() {
    return `clockbill.draft.${userId()}.${this.place.parameters.invoiceId}`;
  }

  /** @param {Place} place */
  async read({ parameters: { invoiceId } }) {
    const key = this.#key;
    const invoice = await get(`/invoices/${invoiceId}`).catch((failed) => {
      if (failed.status === 404) {
        localStorage.removeItem(key);
      }
      throw failed;
    });
    this.#loadAgain(invoice);
    if (invoice.state !== 'draft') {
      localStorage.removeItem(key);
    }
    if (invoice.payments.length || invoice.flags.length) {
      await loadFile(this, () => import('../parts/invoice-payments.js'));
    }
    const mail = await this.#mail(invoice);
    if (this.#tellsDelivery(invoice, mail)) {
      await loadFile(this, () => import('../parts/mail-delivery.js'));
    }
    const draft = invoice.state === 'draft';
    if (draft) {
      await loadFile(this, () => import('../parts/invoice-lines.js'));
    }
    const entries = draft ? await this.#entries(invoice) : new Map();
    const kept = JSON.parse(localStorage.getItem(key) ?? 'null');
    // If somebody else saved while there are unsaved changes here, both versions are shown.
    const conflict = kept && kept.version !== invoice.version ? kept : null;
    if (conflict) {
      await loadFile(this, () => import('../parts/two-versions.js'));
    }
    return { invoice, entries, mail, draft: conflict ? null : kept, conflict };
  }

  /**
   * Whether the firm's mails wait, and why; null unless the mail of this invoice is on its way. Read also while the
   * frame says that they wait, so that it does not say so for longer.
   */
  async #mail({ delivery: { status } }) {
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
      for await (const { timeEntries } of pages('/time-entries', {
        customerId: customer.customerId,
        state: 'drafted',
        limit: 100,
      })) {
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

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.#timeout);
  }

  /**
   * Loads again until number and mail are there and refunds have ended; ever less often while only something outside is
   * awaited, which may take days.
   */
  #loadAgain({ state, delivery: { status }, payments }) {
    clearTimeout(this.#timeout);
    const refunding = payments.some((row) => row.kind === 'refund' && row.status === 'processing');
    const awaited = ['queued', 'sent'].includes(status) || refunding;
    this.#pause = state === 'sending' || !awaited ? SOON : this.#pause * (status === 'sent' ? 1.5 : 1.1);
    if (state === 'sending' || awaited) {
      this.#timeout = setTimeout(
        () => this.isConnected && this.load(true, () => this.#loadAgain(this.state.invoice)),
        this.#pause,
      );
    }
  }

  #draft() {
    const { invoice, draft } = this.state;
    return (
      draft ?? {
        version: invoice.version,
        lines: invoice.lines,
        discount: invoice.discount,
        dueOn: invoice.dueOn,
        note: invoice.note,
      }
    );
  }

  #edit(change) {
    const draft = { ...this.#draft(), ...change };
    localStorage.setItem(this.#key, JSON.stringify(draft));
    this.state = { ...this.state, draft, failed: null };
  }

  #drop() {
    const { draft, invoice } = this.state;
    localStorage.removeItem(this.#key);
    this.state = { ...this.state, draft: null, failed: null };
    showMessageWithUndo(
      'Your changes were dropped.',
      () => this.state?.invoice.invoiceId === invoice.invoiceId && this.#edit(draft),
    );
  }

  /** Saves the draft. Gives whether everything is saved: what was typed meanwhile is not. */
  async #save() {
    const kept = this.#key;
    const {
      draft: sent,
      invoice: { invoiceId, lines: present },
    } = this.state;
    const { version, lines, discount, dueOn, note } = this.#draft();
    const shown = () => this.state?.invoice.invoiceId === invoiceId; // the page may show another one by now
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
      if (localStorage.getItem(kept) === JSON.stringify(sent)) {
        localStorage.removeItem(kept);
      }
      showMessage('Saved');
      if (!shown()) {
        return false;
      }
      const { draft } = this.state;
      const more = draft && JSON.stringify(draft) !== JSON.stringify(sent);
      this.state = { ...this.state, invoice, draft: more ? draft : null, conflict: null, failed: null };
      if (more) {
        this.#edit({ version: invoice.version });
      }
      return !more;
    } catch (failed) {
      if (!shown()) {
        showMessage(failed.message);
      } else if (failed instanceof Refusal && failed.status === 412) {
        this.#edit({}); // keeps the changes again: another window, which saved its own, removed them
        await this.load(true);
      } else {
        this.state = { ...this.state, failed };
      }
      return false;
    }
  }

  async #send() {
    if (!this.state.draft || (await this.#save())) {
      this.#dialog('send', () => ({ ...this.state, me: this.me }));
    }
  }

  #delete() {
    const { invoiceId } = this.state.invoice;
    const kept = this.#key;
    putAside(invoiceId);
    go('/invoices');
    actUnlessUndone(
      'The draft is deleted. Its time is unbilled again.',
      async (leaving) => {
        try {
          await remove(`/invoices/${invoiceId}`, { keepalive: leaving });
          localStorage.removeItem(kept);
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

  #takeBack({ paymentId }) {
    const path = `/invoices/${this.state.invoice.invoiceId}/payments/${paymentId}`;
    const showAgain = () => {
      this.#takenBack.delete(paymentId);
      this.requestUpdate();
    };
    this.#takenBack.add(paymentId);
    this.requestUpdate();
    actUnlessUndone(
      'The payment is taken back.',
      (leaving) =>
        remove(path, { keepalive: leaving }).catch((failed) => {
          showAgain();
          throw failed;
        }),
      showAgain,
    );
  }

  /** Edits a time entry. That changes the draft on the server, so unsaved changes are saved first. */
  async #editTime(timeEntryId) {
    if (this.state.draft && !(await this.#save())) {
      return;
    }
    const entry = await get(`/time-entries/${timeEntryId}`);
    this.#dialog('entry', () => entry);
  }

  /** Puts unbilled time on the draft and saves it at once, so that its lines can be edited like the others. */
  async #addTime(entries) {
    if (entries.length) {
      this.#edit({
        lines: [
          ...this.#draft().lines,
          ...entries.map(({ timeEntryId, serviceName, amount }) => ({
            timeEntryId,
            description: serviceName,
            amount,
            kind: 'fixed',
          })),
        ],
      });
      await this.#save();
      await this.load(true);
    }
  }

  async #dialog(name, about = () => this.state.invoice) {
    const load = () => (name === 'entry' ? import('../parts/entry-dialog.js') : import('../parts/invoice-dialogs.js'));
    await openDialog(this, `${name}-dialog`, load, about);
  }

  #mine({ conflict, invoice }) {
    this.state = { ...this.state, conflict: null };
    this.#edit({ ...conflict, version: invoice.version });
  }

  #theirs() {
    localStorage.removeItem(this.#key);
    this.state = { ...this.state, conflict: null, draft: null };
  }

  #discount(event) {
    const typed = event.target.value.trim();
    const percent = /^(\d{1,3}(?:[.,]\d{1,4})?)\s*%$/.exec(typed);
    const amount = percent || typed === '' ? null : amountOf(typed, this.state.invoice.currency);
    event.target.setCustomValidity(
      typed && !percent && amount === null ? 'Write 10 % or an amount such as 25.00.' : '',
    );
    if (event.target.reportValidity()) {
      this.#edit({ discount: typed === '' ? null : percent ? { percent: percent[1].replace(',', '.') } : { amount } });
    }
  }

  #editor({ invoice, failed, entries }) {
    const draft = this.#draft();
    const { discount } = draft;
    return html`<invoice-lines
        .of=${invoice.invoiceId}
        .lines=${draft.lines}
        .currency=${invoice.currency}
        .errors=${failed?.errors}
        .entries=${entries}
        .me=${this.me}
        @add-time=${() => this.#dialog('time', () => ({ invoice: this.state.invoice, lines: this.#draft().lines }))}
        @lines-changed=${(event) => this.#edit({ lines: event.detail })}
        @edit-time=${(event) => this.#editTime(event.detail)}
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
      ${failed ? html`<p class="problem" role="alert">${failed.message}</p>` : nothing}`;
  }

  async #savePdf(invoice) {
    const file = await loadFile(this, () => import('../core/download.js'));
    await file?.savePdf(invoice);
  }

  #totals(invoice) {
    const row = (words, amount, kind = '') =>
      html`<div class="row apart ${kind}">
        <dt>${words}</dt>
        <dd class="num">${money(amount, invoice.currency)}</dd>
      </div>`;
    return html`<dl class="sums">
      ${row('Subtotal', invoice.subtotal)}
      ${
        invoice.discount
          ? row(
              invoice.discount.percent ? `Discount ${invoice.discount.percent} %` : 'Discount',
              -invoice.discount.amount,
            )
          : nothing
      }
      ${invoice.taxes.map((tax) => row(`${tax.name} ${tax.ratePercent} %`, tax.amount))}
      ${row('Total', invoice.total, 'grand')}
      ${invoice.amountPaid ? html`${row('Paid', -invoice.amountPaid)}${row('To pay', invoice.amountDue)}` : nothing}
    </dl>`;
  }

  #actions({ invoice, draft }) {
    const { state } = invoice;
    const pdf = html`<button @click=${(event) => whileDisabled(event, () => this.#savePdf(invoice))}>PDF</button>`;
    if (state === 'draft') {
      return html`${
          draft
            ? html`<span class="muted">Not saved yet</span><button @click=${this.#drop}>Drop changes</button
                ><button @click=${() => this.#save()}>Save</button>`
            : nothing
        } <button class="plain danger" @click=${this.#delete}>Delete draft</button
        ><button class="plain danger" @click=${() => this.#dialog('void')}>Void</button>${pdf}<button
          class="primary"
          @click=${this.#send}
        >
          Send
        </button>`;
    }
    return html`${pdf}${
      ['sent', 'undeliverable', 'partlyPaid', 'paid'].includes(state) && invoice.delivery.status !== 'queued'
        ? html`<button @click=${() => this.#dialog('resend')}>Mail it again</button>`
        : nothing
    }
    ${
      ['sending', 'sent', 'undeliverable', 'partlyPaid', 'paid'].includes(state)
        ? html`<button @click=${() => this.#dialog('payment')}>Record a payment</button>`
        : nothing
    }
    ${
      ['sent', 'undeliverable'].includes(state)
        ? html`<button @click=${() => this.#dialog('revise')}>Revise</button
            ><button class="danger" @click=${() => this.#dialog('void')}>Void</button>`
        : nothing
    }`;
  }

  /** Whether the words for the delivery do not say it all. */
  #tellsDelivery({ delivery: { recipients }, customer }, mail) {
    return mail?.waiting || recipients.some(({ note, email }) => note || email !== customer.email);
  }

  content(state) {
    const { invoice, conflict, failed } = state;
    const draft = invoice.state === 'draft';
    const { name, address, email } = invoice.customer;
    const billedTo = [name, address, email].filter(Boolean).join('\n');
    const payments = invoice.payments.filter(({ paymentId }) => !this.#takenBack.has(paymentId));
    return html`<div class="head">
        <div>
          <h1>${invoice.number ? `Invoice ${invoice.number}` : 'Draft invoice'}</h1>
          <p class="sub">
            <a href="#/customers/${invoice.customer.customerId}">${invoice.customer.name}</a> ${invoiceState(invoice)}
          </p>
        </div>
        <div class="row">${conflict ? nothing : this.#actions(state)}</div>
      </div>
      ${
        invoice.revisedBy
          ? html`<p class="hint">Replaced by <a href="#/invoices/${invoice.revisedBy}">a revised invoice</a>.</p>`
          : nothing
      }
      ${
        invoice.revises
          ? html`<p class="hint">Replaces <a href="#/invoices/${invoice.revises}">an earlier invoice</a>.</p>`
          : nothing
      }
      <div class="stack">
        ${
          conflict
            ? html`<two-versions
                .mine=${conflict}
                .theirs=${invoice}
                @mine=${() => this.#mine(state)}
                @theirs=${this.#theirs}
              ></two-versions>`
            : html`<section class="card stack" aria-label="Invoice">
                <dl class="fields">
                  <div>
                    <dt>Billed to</dt>
                    <dd class="lines-kept">${billedTo}</dd>
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
                  ${
                    draft
                      ? nothing
                      : html`<div>
                          <dt>Mail</dt>
                          <dd>
                            ${deliveryText(invoice.delivery)}${
                              invoice.delivery.at
                                ? html`<br /><small>${dateTime(invoice.delivery.at)}</small>`
                                : nothing
                            }${
                              this.#tellsDelivery(invoice, state.mail)
                                ? html`<mail-delivery
                                    .recipients=${invoice.delivery.recipients}
                                    .mail=${state.mail}
                                  ></mail-delivery>`
                                : nothing
                            }
                          </dd>
                        </div>`
                  }
                  ${
                    invoice.payUrl
                      ? html`<div>
                          <dt>Pay link</dt>
                          <dd><a href=${invoice.payUrl} target="_blank" rel="noreferrer">The customer’s page</a></dd>
                        </div>`
                      : nothing
                  }
                </dl>
                ${
                  draft
                    ? this.#editor(state)
                    : html`${printedLines(invoice)}${
                        invoice.note ? html`<p class="lines-kept">${invoice.note}</p>` : nothing
                      }
                      ${failed ? html`<p class="problem" role="alert">${failed.message}</p>` : nothing}`
                }
                ${state.draft ? html`<p class="muted">Sums are computed when you save.</p>` : this.#totals(invoice)}
              </section>`
        }
        ${
          payments.length || invoice.flags.length
            ? html`<invoice-payments
                .invoice=${{ ...invoice, payments }}
                .me=${this.me}
                @take-back=${(event) => this.#takeBack(event.detail)}
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
      <send-dialog
        @edit-time=${(event) => this.#editTime(event.detail)}
        @overtaken=${(event) => {
          event.done = this.load(true).then(() => this.state);
        }}
        @saved=${(event) => {
          showMessage('On its way');
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
          showMessage('On its way');
          event.done = this.load(true);
        }}
      ></resend-dialog>`;
  }
}
customElements.define('invoice-page', InvoicePage);
