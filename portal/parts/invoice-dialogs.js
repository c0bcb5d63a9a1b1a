// The dialogs of the invoice page: record a payment, refund one, void, revise, add unbilled time.
import { get, post, queryString } from '../core/api.js';
import { now } from '../core/clock.js';
import { date, input, money, today } from '../core/format.js';
import { html, nothing } from '../vendor/lit.js';
import { check, readAmount, field, problem } from './fields.js';
import { FormDialog } from './form-dialog.js';

class PaymentDialog extends FormDialog {
  get word() {
    return 'Record payment';
  }

  #moreThanDue = false; // it was refused so: then it can be said that the customer overpaid

  async prepare() {
    this.#moreThanDue = false;
  }

  heading() {
    return 'Record a payment';
  }

  fields(invoice) {
    const { errors } = this;
    return html`${problem(this.failed, 'amount', 'method', 'receivedOn', 'reference')}
      <div class="fields">
        ${field('Amount', 'amount', input(invoice.amountDue, invoice.currency), {
          errors,
          required: true,
          inputmode: 'decimal',
        })}
        ${field('Received on', 'receivedOn', today(now()), { errors, required: true, type: 'date' })}
      </div>
      ${field('How', 'method', 'Bank transfer', { errors, required: true, maxlength: 40 })}
      ${field('Reference', 'reference', '', { errors, maxlength: 200 })}
      ${check('Mail a receipt when this pays the invoice', 'receipt', true)}
      ${
        this.#moreThanDue
          ? check('The customer paid more than is due', 'overpaid', false, 'Else correct the amount')
          : nothing
      }`;
  }

  save(form, invoice) {
    const amount = readAmount(form, 'amount', invoice.currency);
    const reference = form.get('reference').trim();
    return post(`/invoices/${invoice.invoiceId}/payments`, {
      amount,
      method: form.get('method').trim(),
      receivedOn: form.get('receivedOn'),
      ...(reference && { reference }),
      ...(!form.has('receipt') && { receipt: false }),
      ...(form.has('overpaid') && { overpaid: true }),
    }).catch((failed) => {
      this.#moreThanDue ||= failed.word === 'more-than-due';
      throw failed;
    });
  }
}
customElements.define('payment-dialog', PaymentDialog);

class RefundDialog extends FormDialog {
  get word() {
    return 'Refund';
  }

  heading({ invoice, payment }) {
    return `Refund the payment of ${money(payment.amount, invoice.currency)}?`;
  }

  /** What giving money back means for the invoice. */
  #meaning({ state, currency }, surplus) {
    if (state === 'void') {
      return ''; // nothing is due on it, whatever is given back
    }
    return surplus > 0
      ? `. ${money(surplus, currency)} more than the total was paid: what is given back beyond that is due again`
      : '. What is given back is due again on the invoice';
  }

  fields({ invoice, refundable }) {
    const underWay = invoice.payments.filter((row) => row.kind === 'refund' && row.status === 'processing');
    const surplus = underWay.reduce((left, row) => left - row.amount, invoice.amountPaid - invoice.total);
    const suggested = invoice.state !== 'void' && surplus > 0 ? Math.min(surplus, refundable) : refundable;
    return html`${problem(this.failed, 'amount')}
      <p>
        The money goes back the way it came, in a few days, and ${invoice.customer.name} is told by mail. A refund
        cannot be taken back.
      </p>
      ${field('Amount', 'amount', input(suggested, invoice.currency), {
        errors: this.errors,
        required: true,
        inputmode: 'decimal',
        hint: `At most ${money(refundable, invoice.currency)}${this.#meaning(invoice, surplus)}`,
      })}`;
  }

  save(form, { invoice, payment }) {
    return post(`/invoices/${invoice.invoiceId}/payments/${payment.paymentId}/refund`, {
      amount: readAmount(form, 'amount', invoice.currency),
    });
  }
}
customElements.define('refund-dialog', RefundDialog);

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
