// The payments of an invoice, with what was given or taken back of them, and what its flags mean.
/** @import {Invoice, Me, Payment} from '../types/model' */
import { dateTime, money } from '../core/format.js';
import { html, LitElement, nothing } from '../vendor/lit.js';

/** The processor's own word for a way to pay, such as `us_bank_account`, as people write it. @param {string} method */
const words = (method) => method.charAt(0).toUpperCase() + method.slice(1).replaceAll('_', ' ');

const KINDS = { payment: 'Payment', refund: 'Refund', dispute: 'Dispute' };
const STATUSES = {
  payment: { processing: 'under way', settled: 'received', failed: 'failed' },
  refund: { processing: 'under way', settled: 'given back', failed: 'failed: the money stays with you' },
  dispute: {
    processing: 'open: answer it on the processor’s pages',
    settled: 'lost: the bank took the money back',
    failed: 'won: the money stays with you',
  },
};
/** What the flags mean, and what to do about them. `disputed` has the texts of its disputes. */
const FLAGS = {
  overpaid: 'More was paid than is due. Give the difference back, or agree with the customer what it is for.',
  paidAfterVoid: 'Money came in although this invoice is void. Give it back, or record it on the invoice it was for.',
  unmatched: html`Money that names this invoice came in and does not fit it, so it is not booked:
    <a href="#/settings/payments">see what it is</a>.`,
};

/** What the disputes that were not won mean, and what to do about them. @param {Invoice} invoice */
function disputeTexts({ payments, state, amountDue }) {
  const any = (/** @type {Payment['status']} */ status) =>
    payments.some((row) => row.kind === 'dispute' && row.status === status);
  const texts = [];
  if (any('processing')) {
    texts.push(
      'The customer disputes a payment at their bank. On the processor’s pages, send what shows that the work was ' +
        'done, in the time that they name; a dispute that nobody answers is lost.',
    );
  }
  if (any('settled')) {
    const due = state !== 'void' && amountDue > 0 ? ' and is due again' : '';
    texts.push(`A dispute was lost: that money went back to the customer${due}. Speak with them.`);
  }
  return texts;
}

class InvoicePayments extends LitElement {
  static properties = { invoice: { attribute: false }, me: { attribute: false }, sends: { attribute: false } };

  constructor() {
    super();
    /** @type {Invoice} */
    this.invoice;
    /** @type {Me} */
    this.me;
    /** Whether this person may decide about payments. */
    this.sends = true;
  }

  createRenderRoot() {
    return this;
  }

  /** What of a payment can still be given back. @param {any} payment */
  #left({ paymentId, amount }) {
    return this.invoice.payments
      .filter((/** @type {any} */ row) => row.ofPayment === paymentId && row.status !== 'failed')
      .reduce((left, row) => left - row.amount, amount);
  }

  /** @param {Payment} payment */
  #tools(payment) {
    const which = `${money(payment.amount, this.invoice.currency)} of ${dateTime(payment.at)}`;
    if (payment.byHand) {
      return !this.sends
        ? nothing
        : html`<button
            class="plain"
            aria-label="Take back ${which}"
            @click=${() => this.dispatchEvent(new CustomEvent('take-back', { detail: payment }))}
          >
            Take back
          </button>`;
    }
    const refundable = this.#left(payment);
    return this.me.role === 'owner' && payment.kind === 'payment' && payment.status === 'settled' && refundable > 0
      ? html`<button
          class="plain"
          aria-label="Refund ${which}"
          @click=${() => this.dispatchEvent(new CustomEvent('refund', { detail: { payment, refundable } }))}
        >
          Refund
        </button>`
      : nothing;
  }

  render() {
    const { payments, currency, flags } = this.invoice;
    return html`<section class="card" aria-label="Payments">
      <h2>Payments</h2>
      <div class="stack">
        ${flags
          .flatMap((flag) => (flag === 'disputed' ? disputeTexts(this.invoice) : FLAGS[flag]))
          .map((text) => html`<p class="hint">${text}</p>`)}
        <ul class="plain history">
          ${payments.map(
            (payment) =>
              html`<li>
                <b>${KINDS[payment.kind]} ${money(payment.amount, currency)}</b
                ><span>${words(payment.method)}${payment.reference ? ` · ${payment.reference}` : ''}</span
                ><span class="muted">${dateTime(payment.at)} · ${STATUSES[payment.kind][payment.status]}</span>
                ${this.#tools(payment)}
              </li>`,
          )}
        </ul>
      </div>
    </section>`;
  }
}
customElements.define('invoice-payments', InvoicePayments);
