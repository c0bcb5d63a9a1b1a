// The dialogs of the invoice page: send, void, revise, mail again, add unbilled time. Those of payments are in
// payment-dialogs.js.
import { get, post, queryString } from '../core/api.js';
import { date, dateTime, money, period } from '../core/format.js';
import { mayChange } from '../core/session.js';
import { html, nothing } from '../vendor/lit.js';
import { field, problem } from './fields.js';
import { FormDialog } from './form-dialog.js';

class SendDialog extends FormDialog {
  get word() {
    return 'Send';
  }
  #mail;

  async prepare({ invoice }) {
    // Sending works without the preview too.
    this.#mail = await get(`/invoices/${invoice.invoiceId}/mail`).catch(() => null);
  }

  heading({ invoice }) {
    return `Send to ${invoice.customer.name}`;
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
              @click=${() => {
                this.close();
                this.dispatchEvent(new CustomEvent('edit-time', { detail: entry.timeEntryId }));
              }}
            >
              Edit
            </button>`
          : nothing
      }
    </li>`;
  }

  /** Time that has to be confirmed before the invoice can be sent, and time that may have been entered twice. */
  #warnings(entries) {
    const late = [...entries.values()].filter((entry) => entry.needsConfirmation);
    const overlaps = this.#mail?.overlaps ?? [];
    const warnings = [
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
    return warnings.length
      ? html`<div class="hint">
          <p>Look at this time before it goes:</p>
          <ul>
            ${warnings}
          </ul>
        </div>`
      : nothing;
  }

  fields({ invoice, entries }) {
    const running = this.failed?.problem?.running;
    return html`${problem(this.failed)}
      ${
        running
          ? html`<p>
              <a href="#/customers/${running.customerId}" @click=${() => this.close()}
                >See the running timer of ${running.staffName}</a
              >
            </p>`
          : nothing
      }
      ${this.#warnings(entries)}
      <dl class="fields">
        <div>
          <dt>To</dt>
          <dd>${this.#mail?.to ?? invoice.customer.email}</dd>
        </div>
        ${
          this.#mail
            ? html`<div>
                <dt>Subject</dt>
                <dd>${this.#mail.subject}</dd>
              </div>`
            : nothing
        }
        <div>
          <dt>Total</dt>
          <dd>${money(invoice.total, invoice.currency)}</dd>
        </div>
      </dl>
      ${
        this.#mail
          ? html`<pre class="mail" tabindex="0" role="region" aria-label="The mail">${this.#mail.text}</pre>`
          : html`<p class="hint">
              The mail cannot be shown right now; it holds the lines of this page and the pay link.
            </p>`
      }
      <p class="muted">After Send the invoice gets its number and can no longer be changed.</p>`;
  }

  /** Sends the draft as it is shown. If somebody changed it meanwhile, the new version is shown first. */
  async save(form, { invoice }) {
    try {
      return await post(`/invoices/${invoice.invoiceId}/send`, {}, { version: invoice.version });
    } catch (failed) {
      if (failed.status !== 412) {
        throw failed;
      }
      const event = Object.assign(new CustomEvent('overtaken'), { done: /** @type {any} */ (undefined) });
      this.dispatchEvent(event);
      const about = { ...this.about, ...(await event.done) };
      await this.prepare(about);
      this.about = about;
      throw new Error(
        'Somebody changed this draft meanwhile. Nothing was sent: look at it as it is now, then press Send again.',
        { cause: failed },
      );
    }
  }
}
customElements.define('send-dialog', SendDialog);

class VoidDialog extends FormDialog {
  get word() {
    return 'Void it';
  }

  heading(invoice) {
    return `Void ${invoice.number ?? 'this draft'}?`;
  }

  fields({ number }) {
    return html`${problem(this.failed, 'reason')}
      <p>
        ${
          number
            ? 'Its number stays visible, nothing more is due,'
            : 'Unlike a deleted draft it stays in the list, but can no longer be changed or sent,'
        }
        and its time is free to be billed again.
      </p>
      ${field('Reason', 'reason', '', { errors: this.errors, maxlength: 2000, hint: 'Kept in the history' })}`;
  }

  save(form, invoice) {
    const reason = form.get('reason').trim();
    return post(`/invoices/${invoice.invoiceId}/void`, reason ? { reason } : {});
  }
}
customElements.define('void-dialog', VoidDialog);

class ReviseDialog extends FormDialog {
  get word() {
    return 'Revise';
  }

  heading(invoice) {
    return `Revise ${invoice.number}?`;
  }

  fields(invoice) {
    return html`${problem(this.failed)}
      <p>
        A new draft with the same lines takes its place, to be edited and sent. ${invoice.number} becomes void: nobody
        can pay it any more.
      </p>`;
  }

  save(form, invoice) {
    return post(`/invoices/${invoice.invoiceId}/revise`);
  }
}
customElements.define('revise-dialog', ReviseDialog);

class ResendDialog extends FormDialog {
  get word() {
    return 'Mail it again';
  }
  #present; // the customer's address now: it may have been corrected since the invoice was sent

  async prepare({ customer }) {
    // It is only shown: the server knows it.
    this.#present = (await get(`/customers/${customer.customerId}`).catch(() => null))?.email;
  }

  heading() {
    return 'Mail it again';
  }

  fields() {
    return html`${problem(this.failed, 'email')}
    ${field('To', 'email', '', {
      errors: this.errors,
      type: 'email',
      placeholder: this.#present,
      hint: 'Empty: the customer’s present address',
    })}`;
  }

  save(form, invoice) {
    const email = form.get('email').trim();
    return post(`/invoices/${invoice.invoiceId}/resend`, email ? { email } : {}, { once: true });
  }
}
customElements.define('resend-dialog', ResendDialog);

class TimeDialog extends FormDialog {
  get word() {
    return 'Add to the invoice';
  }
  #entries;

  async prepare({ invoice, lines }) {
    const { timeEntries } = await get(
      `/time-entries${queryString({ customerId: invoice.customer.customerId, state: 'unbilled', limit: 100 })}`,
    );
    const there = new Set(lines.map((line) => line.timeEntryId));
    this.#entries = timeEntries.filter((entry) => entry.currency === invoice.currency && !there.has(entry.timeEntryId));
  }

  heading() {
    return 'Add unbilled time';
  }

  fields() {
    return this.#entries.length
      ? html`<fieldset>
          <legend>Unbilled time of this customer</legend>
          ${this.#entries.map(
            (entry) =>
              html`<label class="choice">
                <input type="checkbox" name="time" value=${entry.timeEntryId} />
                <span
                  ><b>${entry.serviceName}</b
                  ><small
                    >${date(entry.workedOn)} · ${entry.staffName}${entry.note ? ` · ${entry.note}` : ''}</small
                  ></span
                >
                <span class="rate">${money(entry.amount, entry.currency)}</span></label
              >`,
          )}
        </fieldset>`
      : html`<p class="empty">All time of this customer is on an invoice already.</p>`;
  }

  async save(form) {
    const chosen = new Set(form.getAll('time'));
    return this.#entries.filter((entry) => chosen.has(entry.timeEntryId));
  }
}
customElements.define('time-dialog', TimeDialog);
