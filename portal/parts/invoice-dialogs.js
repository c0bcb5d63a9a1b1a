// The dialogs of the invoice page: a look at the mail before it goes, money received elsewhere,
// giving an invoice up, mailing it again.
import { get, post } from '../core/api.js';
import { now } from '../core/clock.js';
import { amountOf, input, money, today } from '../core/format.js';
import { html, nothing } from '../vendor/lit.js';
import { field, problem } from './field.js';
import { FormDialog } from './form-dialog.js';

class SendDialog extends FormDialog {
  word = 'Send';
  #mail;

  async prepare(invoice) {
    this.#mail = await get(`/invoices/${invoice.invoiceId}/mail`).catch(() => null); // Send goes without a look too
  }

  title(invoice) { return `Send to ${invoice.customer.name}`; }

  fields(invoice) {
    return html`${problem(this.failed)}
      ${this.failed?.word === 'timer-running' ? html`<p><a href="#/customers/${this.failed.problem.running.customerId}" @click=${() => this.close()}>See the running timer of ${this.failed.problem.running.staffName}</a></p>` : nothing}
      <dl class="fields"><div><dt>To</dt><dd>${this.#mail?.to ?? invoice.customer.email}</dd></div>
        ${this.#mail ? html`<div><dt>Subject</dt><dd>${this.#mail.subject}</dd></div>`
          : html`<div><dt>Total</dt><dd>${money(invoice.total, invoice.currency)}</dd></div>`}</dl>
      ${this.#mail ? html`<pre class="mail" tabindex="0" role="region" aria-label="The mail">${this.#mail.text}</pre>`
        : html`<p class="hint">The mail cannot be shown right now; it holds the lines of this page and the pay link.</p>`}
      <p class="muted">After Send the invoice gets its number and can no longer be changed.</p>`;
  }

  save(form, invoice) { return post(`/invoices/${invoice.invoiceId}/send`); }
}
customElements.define('send-dialog', SendDialog);

class PaymentDialog extends FormDialog {
  word = 'Record payment';

  title() { return 'Record a payment'; }

  fields(invoice) {
    const { errors } = this;
    return html`${problem(this.failed, 'amount', 'method', 'receivedOn', 'reference')}
      <div class="fields">${field('Amount', 'amount', input(invoice.amountDue, invoice.currency), { errors, required: true, inputmode: 'decimal' })}
        ${field('Received on', 'receivedOn', today(now()), { errors, required: true, type: 'date' })}</div>
      ${field('How', 'method', 'Bank transfer', { errors, required: true, maxlength: 40 })}
      ${field('Reference', 'reference', '', { errors, maxlength: 200 })}`;
  }

  save(form, invoice) {
    const amount = amountOf(form.get('amount'), invoice.currency);
    if (amount === null) {
      throw Object.assign(new Error('Write the amount such as 220.00.'), { errors: new Map([['amount', 'Write an amount, such as 220.00.']]) });
    }
    const reference = form.get('reference').trim();
    return post(`/invoices/${invoice.invoiceId}/payments`,
      { amount, method: form.get('method').trim(), receivedOn: form.get('receivedOn'), ...(reference && { reference }) });
  }
}
customElements.define('payment-dialog', PaymentDialog);

class VoidDialog extends FormDialog {
  word = 'Void it';

  title(invoice) { return `Void ${invoice.number ?? 'this draft'}?`; }

  fields() {
    return html`${problem(this.failed, 'reason')}<p>Its number stays visible, nothing more is due, and its time is free to be billed again.</p>
      ${field('Reason', 'reason', '', { errors: this.errors, maxlength: 2000, hint: 'Kept in the history' })}`;
  }

  save(form, invoice) {
    const reason = form.get('reason').trim();
    return post(`/invoices/${invoice.invoiceId}/void`, reason ? { reason } : {});
  }
}
customElements.define('void-dialog', VoidDialog);

class ResendDialog extends FormDialog {
  word = 'Mail it again';

  title() { return 'Mail it again'; }

  fields(invoice) {
    return html`${problem(this.failed, 'email')}
      ${field('To', 'email', '', { errors: this.errors, type: 'email', placeholder: invoice.customer.email, hint: 'Empty: the customer’s present address' })}`;
  }

  save(form, invoice) {
    const email = form.get('email').trim();
    return post(`/invoices/${invoice.invoiceId}/resend`, email ? { email } : {});
  }
}
customElements.define('resend-dialog', ResendDialog);
