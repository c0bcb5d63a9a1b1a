// What the page of an invoice shows beside that of a draft: what is the matter, how it is delivered, what can be done.
/** @import {Invoice, Payment} from '../types/model' */
import { post, remove } from '../core/api.js';
import { now } from '../core/clock.js';
import { dateTime, today } from '../core/format.js';
import { html, nothing } from '../vendor/lit.js';
import { actUnlessUndone, showMessage, whileDisabled } from './messages.js';
import { deliveryText, isOpen, isToHandOver, isUndelivered } from './states.js';

/** How the history says that a receipt was mailed. */
const RECEIPT = /^Receipt e?mailed to /;

export { linesOnPaper } from './lines-on-paper.js';

/**
 * What the page can do with its invoice: open a dialog, save the PDF, load again.
 *
 * @typedef {{invoice: Invoice, sends: boolean, open: (name: string, about?: () => any) => Promise<void>,
 *   savePdf: () => Promise<void>, again: () => Promise<unknown>,
 *   hide: (paymentId: string, hidden: boolean) => void}} Host
 */

/** The buttons. @param {Host} host @param {(buttons: unknown) => unknown} more @param {unknown} pdf */
export function sentActions({ invoice, open }, more, pdf) {
  const { state } = invoice;
  const button = (name, words, kind = '') => html`<button class=${kind} @click=${() => open(name)}>${words}</button>`;
  const undelivered = isUndelivered(invoice); // then Resend stands beside what is said about it
  const mailed = invoice.delivery.status !== 'queued' && !undelivered;
  const reminded = invoice.remindedOn === today(now());
  const { paper } = invoice;
  const resend =
    mailed && (isOpen(invoice) || state === 'paid') ? button('resend', paper ? 'Send by email' : 'Resend') : nothing;
  const unpaid = ['sent', 'undeliverable'].includes(state);
  return html`${
    unpaid ? more(html`${resend}${button('revise', 'Revise')}${button('void', 'Void', 'danger')}`) : resend
  }${pdf}${
    isOpen(invoice) && mailed && !paper && !invoice.paymentUnderWay
      ? html`<button
          ?disabled=${reminded}
          title=${reminded ? 'The customer was reminded today' : nothing}
          @click=${() => open('remind')}
        >
          ${reminded ? 'Reminded today' : 'Remind now'}
        </button>`
      : nothing
  }${
    isOpen(invoice) || state === 'sending' || state === 'paid'
      ? button(
          'payment',
          'Record a payment',
          isOpen(invoice) && !undelivered && !isToHandOver(invoice) ? 'primary' : '',
        )
      : nothing
  }`;
}

/**
 * Takes a payment back; asks before, if the customer has got a receipt. It is not shown while that can be undone.
 *
 * @param {Host} host
 * @param {Payment} payment
 */
export function takeBackPayment({ invoice, open, hide }, payment) {
  const { paymentId } = payment;
  const mailed = invoice.history.findLast(({ what }) => RECEIPT.test(what));
  if (mailed) {
    const receipt = { at: mailed.at, to: mailed.what.replace(RECEIPT, '') };
    open('take-back', () => ({ invoice, payment, receipt }));
    return;
  }
  hide(paymentId, true);
  actUnlessUndone(
    'The payment is taken back.',
    (leaving) =>
      remove(`/invoices/${invoice.invoiceId}/payments/${paymentId}`, { keepalive: leaving }).catch((failed) => {
        hide(paymentId, false);
        throw failed;
      }),
    () => hide(paymentId, false),
  );
}

/** @param {Host} host */
const handOver = ({ invoice: { invoiceId, version }, again }) =>
  post(`/invoices/${invoiceId}/handed-over`, {}, { version })
    .then(again)
    .catch((failed) => showMessage(failed.message));

/** What is still to be done with an invoice on paper. @param {Host} host */
function onPaper(host) {
  const { invoice, sends, savePdf } = host;
  return html`<div class="hint apart row" role="note">
    <p>${invoice.customer.name} has no email address. Print the PDF, and hand it over or post it.</p>
    <div class="row">
      <button @click=${(event) => whileDisabled(event, savePdf)}>PDF to print</button>${
        sends
          ? html`<button class="primary" @click=${(event) => whileDisabled(event, () => handOver(host))}>
              Mark as handed over
            </button>`
          : nothing
      }
    </div>
  </div>`;
}

/** How it reaches, or has reached, its customer. @param {Invoice} invoice @param {any} mail @param {boolean} tells */
export function delivery(invoice, mail, tells) {
  const { delivery: fate, paper } = invoice;
  if (paper && fate.status === 'none') {
    return html`<dt>Delivery</dt>
      <dd>
        ${paper.handedOverAt ? 'Handed over on paper' : 'On paper'}${
          paper.handedOverAt ? html`<br /><small>${dateTime(paper.handedOverAt)}</small>` : nothing
        }
      </dd>`;
  }
  return html`<dt>Email</dt>
    <dd>
      ${deliveryText(fate)}${fate.at ? html`<br /><small>${dateTime(fate.at)}</small>` : nothing}${
        tells ? html`<mail-delivery .recipients=${fate.recipients} .mail=${mail}></mail-delivery>` : nothing
      }
    </dd>`;
}

/** What is the matter with an open invoice, and what to do about it. @param {Host} host */
export function trouble(host) {
  const { invoice, sends, open } = host;
  const { customer, delivery: fate, paymentUnderWay } = invoice;
  const to = fate.recipients[0]?.email ?? customer.email;
  const words = {
    bounced: `The email to ${to} bounced, and no more reminders are sent there. Correct the address, then resend it.`,
    failed: `The email to ${to} was refused: your customer did not get it. Correct the address, then resend it.`,
    complained: `${to} marked it as spam, and no more reminders are sent there. Talk to them before you resend it.`,
  };
  return html`${isToHandOver(invoice) ? onPaper(host) : nothing}${
    isUndelivered(invoice)
      ? html`<div class="hint apart row" role="note">
          <p>${words[fate.status]}</p>
          <div class="row">
            <a class="button" href="#/customers/${customer.customerId}">Correct the address</a>${
              sends ? html`<button class="primary" @click=${() => open('resend')}>Resend</button>` : nothing
            }
          </div>
        </div>`
      : nothing
  }${
    paymentUnderWay
      ? html`<p class="hint">A payment is under way. Reminders pause until it has arrived or failed.</p>`
      : nothing
  }`;
}
