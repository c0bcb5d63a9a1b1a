// Money that arrived and could not be booked: what, when, why, and what to do about it.
import { dateTime, money } from '../core/format.js';
import { html, nothing } from '../vendor/lit.js';

/**
 * Payments that fit no invoice.
 *
 * @param {any[]} payments
 * @param {((payment: any) => void) | null} settle asks whether one is settled; null for who may not say so
 */
export const unmatchedMoney = (payments, settle) =>
  payments.length
    ? html`<p class="muted">
          It arrived at the processor and counts on no invoice by itself. See what it was for: record it on the right
          invoice, or give it back on the processor’s pages. Once all of it was given back there, it leaves this list by
          itself; otherwise an owner says that it is settled.
        </p>
        <ul class="plain history">
          ${payments.map((payment) => {
            const { amount, currency, at, reason, invoiceId, paymentId } = payment;
            return html`<li>
              <b>${money(amount, currency)}</b><span>${reason}</span
              ><span class="muted">${dateTime(at)} · ${paymentId}</span>
              ${invoiceId ? html`<a href="#/invoices/${invoiceId}">The invoice that it names</a>` : nothing}
              ${
                settle
                  ? html`<button
                      class="plain"
                      aria-label="Settled: ${money(amount, currency)}"
                      @click=${() => settle(payment)}
                    >
                      Settled
                    </button>`
                  : nothing
              }
            </li>`;
          })}
        </ul>`
    : html`<p class="muted">Nothing: all money that arrived is booked.</p>`;
