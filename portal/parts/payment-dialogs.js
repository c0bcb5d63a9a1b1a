// The dialogs of an invoice's payments: record one, take it back, refund one.
/** @import {Invoice} from '../types/model' */
import { post, remove } from '../core/api.js';
import { now } from '../core/clock.js';
import { dateTime, input, money, today } from '../core/format.js';
import { html, nothing } from '../vendor/lit.js';
import { check, field, problem, readAmount } from './fields.js';
import { FormDialog } from './form-dialog.js';

/** Whom the invoice was mailed to last, who gets its receipt too. @param {Invoice} invoice */
function recipient({ delivery, customer }) {
  const [last] = [...delivery.recipients].sort((one, two) => (two.at ?? '').localeCompare(one.at ?? ''));
  return last?.email ?? customer.email ?? 'whoever gets receipts';
}

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
    const { amountDue, currency } = invoice;
    return html`${problem(this.failed, 'amount', 'method', 'receivedOn', 'reference')}
      <div class="fields">
        ${field('Amount', 'amount', input(invoice.amountDue, invoice.currency), {
          errors,
          required: true,
          inputmode: 'decimal',
        })}
        ${field('Received on', 'receivedOn', today(now()), { errors, required: true, type: 'date' })}
      </div>
      ${field('Method', 'method', 'Bank transfer', { errors, required: true, maxlength: 40 })}
      ${field('Reference', 'reference', '', { errors, maxlength: 200 })}
      ${check(
        `Email a receipt to ${recipient(invoice)}`,
        'receipt',
        true,
        amountDue > 0 ? `Goes once ${money(amountDue, currency)} or more is paid` : '',
      )}
      ${
        this.#moreThanDue
          ? check('The customer paid more than is due', 'overpaid', false, 'Otherwise, correct the amount')
          : nothing
      }`;
  }

  save(form, invoice) {
    const amount = readAmount(form, 'amount', invoice.currency, 'amount', { least: 1 });
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
        The money goes back the way it came, in a few days, and ${invoice.customer.name} is told by email, if they have
        an address. A refund cannot be taken back.
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
      amount: readAmount(form, 'amount', invoice.currency, 'amount', { least: 1 }),
    });
  }
}
customElements.define('refund-dialog', RefundDialog);

/** Asks before a payment is taken back of which the customer has a receipt. */
class TakeBackDialog extends FormDialog {
  get word() {
    return 'Take back';
  }

  get kind() {
    return 'danger';
  }

  heading({ invoice, payment }) {
    return `Take back the payment of ${money(payment.amount, invoice.currency)}?`;
  }

  fields({ invoice, payment, receipt }) {
    const due = Math.min(payment.amount, invoice.total - invoice.amountPaid + payment.amount);
    return html`${problem(this.failed)}
      <p>
        ${receipt.to} got a receipt by email on ${dateTime(receipt.at)}: it says that the invoice is paid in full.
        Clockbill does not tell them that the payment is taken back, so write to them.
      </p>
      ${due > 0 ? html`<p>Then ${money(due, invoice.currency)} is due again.</p>` : nothing}`;
  }

  async save(_form, { invoice, payment }) {
    await remove(`/invoices/${invoice.invoiceId}/payments/${payment.paymentId}`);
  }
}
customElements.define('take-back-dialog', TakeBackDialog);
