// Money that arrived and could not be booked: what, when, why, and what to do about it.
import { dateTime, money } from '../core/format.js';
import { html, nothing } from '../vendor/lit.js';

/** Payments that fit no invoice. @param {any[]} payments */
export const unmatchedMoney = (payments) =>
  payments.length
    ? html`<p class="muted">
          It arrived at the processor and counts on no invoice by itself. See what it was for: record it on the right
          invoice, or give it back on the processor’s pages.
        </p>
        <ul class="plain history">
          ${payments.map(
            ({ amount, currency, at, reason, invoiceId, paymentId }) =>
              html`<li>
                <b>${money(amount, currency)}</b><span>${reason}</span
                ><span class="muted">${dateTime(at)} · ${paymentId}</span>
                ${invoiceId ? html`<a href="#/invoices/${invoiceId}">The invoice that it names</a>` : nothing}
              </li>`,
          )}
        </ul>`
    : html`<p class="muted">Nothing: all money that arrived is booked.</p>`;
