// The page of one customer: who they are, Track in the left panel, their time and their invoices.
/** @import {Customer} from '../types/model' */
/** @import {Place} from '../types/portal' */
import { get, getOrRemembered, post } from '../core/api.js';
import { minutes, money } from '../core/format.js';
import { Page } from '../parts/page.js';
import { goUnlessLeft } from '../core/address.js';
import { TimeSelection, unbilledIds } from '../parts/time-selection.js';
import { icon } from '../parts/icons.js';
import { openDialog } from '../parts/lazy.js';
import { may } from '../parts/may.js';
import { firstPage, moreButton } from '../parts/paged-list.js';
import { whileDisabled, showMessage } from '../parts/messages.js';
import { invoiceTable, timeTable } from '../parts/listed-tables.js';
import { getsText } from '../parts/contact-words.js';
import { emailText, sums } from '../parts/tables.js';
import { track } from '../tracking/track.js';
import '../tracking/track-dialog.js'; // here at once, so that time can be started without a network
import { html, nothing } from '../vendor/lit.js';

const SHOWN = 10;

/** When their invoices are due, where that is their own. @param {number | null} days */
const dueAfter = (days) => {
  if (days === null) {
    return null;
  }
  return days === 0 ? 'On the day of issue' : `${days} ${days === 1 ? 'day' : 'days'} after issue`;
};

class CustomerPage extends Page {
  #selection = new TimeSelection(this);

  /** @param {Place} place */
  async read({ parameters: { customerId } }) {
    const [customer, time, invoices, unbilled, { services }] = await Promise.all([
      get(`/customers/${customerId}`),
      firstPage('/time-entries', 'timeEntries', { customerId, limit: SHOWN }),
      firstPage('/invoices', 'invoices', { customerId, limit: SHOWN }),
      firstPage('/time-entries', 'timeEntries', { customerId, state: 'unbilled', limit: 100 }),
      getOrRemembered('/services'),
    ]);
    this.#selection.clear();
    return { customer, time, invoices, unbilled, services };
  }

  /** The customer that the shortcut "t" tracks. @returns {Customer | null} */
  get trackable() {
    return this.state?.customer.active ? this.state.customer : null;
  }

  /** Makes a new draft of the time whose ids these are, which may still be loading or be none. */
  #invoice(event, customerId, chosen) {
    const { path } = this.place;
    whileDisabled(event, async () => {
      const { invoiceId } = await post('/invoices', { customerId, timeEntryIds: await chosen });
      goUnlessLeft(path, `/invoices/${invoiceId}`);
    });
  }

  #editCustomer(customer) {
    openDialog(
      this,
      'customer-dialog',
      () => import('../parts/customer-dialog.js'),
      () => customer,
    );
  }

  #editTime(entry) {
    openDialog(
      this,
      'entry-dialog',
      () => import('../parts/entry-dialog.js'),
      () => entry,
    );
  }

  /** Opens a dialog of what they have to pay. */
  #statement(tag, customer) {
    openDialog(
      this,
      tag,
      () => import('../parts/statement-dialogs.js'),
      () => customer,
    );
  }

  #panel({ customer, services }) {
    const rates = Object.entries(customer.rates ?? {}).map(([serviceId, rate]) => {
      const service = services.find((each) => each.serviceId === serviceId);
      return `${service?.name}: ${money(rate, this.firm.currency)}/h`;
    });
    return html`<aside class="panel card" aria-label="Customer">
      <button class="primary" ?disabled=${!customer.active} @click=${() => track(customer)}>
        ${icon('track')}Track
      </button>
      ${customer.active ? nothing : html`<p class="hint">This customer is inactive. Edit it to track time again.</p>`}
      <dl>
        <div>
          <dt>Email</dt>
          <dd>
            ${
              customer.email
                ? html`<a href="mailto:${customer.email}">${emailText(customer.email)}</a>`
                : customer.contacts.some(({ gets }) => gets.includes('invoice'))
                  ? 'None of their own'
                  : 'None: invoices go on paper'
            }
          </dd>
        </div>
        ${
          customer.contacts.length
            ? html`<div>
                <dt>Contacts</dt>
                <dd>
                  <ul class="plain contacts">
                    ${customer.contacts.map(
                      (contact) =>
                        html`<li>
                          ${contact.name ? html`${contact.name}<br />` : nothing}<a href="mailto:${contact.email}"
                            >${emailText(contact.email)}</a
                          ><br /><small>Gets ${getsText(contact)}</small>
                        </li>`,
                    )}
                  </ul>
                </dd>
              </div>`
            : nothing
        }
        ${
          customer.address
            ? html`<div>
                <dt>Address</dt>
                <dd class="lines-kept">${customer.address}</dd>
              </div>`
            : nothing
        }
        ${[
          [
            'Phone',
            customer.phone && html`<a href="tel:${customer.phone.replaceAll(/[^+\d]/g, '')}">${customer.phone}</a>`,
          ],
          ['Tax ID', customer.taxId],
          ['Taxes', customer.taxExempt ? 'Tax exempt' : null],
          ['Order number or reference', customer.reference],
          ['Due', dueAfter(customer.termsDays)],
          ['Note for your firm', customer.note],
        ].map(([words, text]) =>
          text
            ? html`<div>
                <dt>${words}</dt>
                <dd class="lines-kept">${text}</dd>
              </div>`
            : nothing,
        )}
        ${
          rates.length
            ? html`<div>
                <dt>Rates of their own</dt>
                <dd class="lines-kept">${rates.join('\n')}</dd>
              </div>`
            : nothing
        }
        ${
          customer.billing
            ? html`<div>
                <dt>Time</dt>
                <dd>${customer.billing === 'collect' ? 'Billed together, when you bill' : 'Billed as it stops'}</dd>
              </div>`
            : nothing
        }
        ${
          customer.sendAutomatically && customer.billing !== 'collect'
            ? html`<div>
                <dt>Invoices</dt>
                <dd>Sent as soon as they are drafted</dd>
              </div>`
            : nothing
        }
      </dl>
      <button @click=${() => this.#editCustomer(customer)}>Edit</button>
      <button @click=${() => this.#editTime({ customerId: customer.customerId })}>Add time by hand</button>
      <button @click=${(event) => this.#invoice(event, customer.customerId, [])}>New invoice</button>
      ${
        may(this, 'staffSend')
          ? html`<button @click=${() => this.#statement('statement-dialog', customer)}>Send a statement</button>
              <button @click=${() => this.#statement('client-page-dialog', customer)}>Client page</button>`
          : nothing
      }
    </aside>`;
  }

  /** What they owe and what is not billed yet, with the step that is next. */
  #sums({ customer, unbilled: { items, next } }) {
    const { customerId, sums: all } = customer;
    const owed = [all, ...all.others]
      .flatMap((sum) => [
        ['Open', sum.open, sum, '#/invoices?customerId=', ''],
        ['Overdue', sum.overdue, sum, '#/invoices?state=overdue&customerId=', 'alarm'],
      ])
      .filter(([, amount]) => amount);
    return items.length || owed.length
      ? html`<div class="card row apart sum">
          ${
            items.length
              ? html`<section aria-label="Unbilled time">
                  <span class="muted">Unbilled time</span>
                  <p class="figure">${next ? 'More than ' : nothing}${sums(items, (entry) => entry.amount)}</p>
                  <small>${minutes(items.reduce((sum, entry) => sum + entry.billedMinutes, 0))}</small>
                </section>`
              : nothing
          }
          ${owed.map(
            ([words, amount, { currency }, href, kind]) =>
              html`<a class=${kind} href=${href + customerId}
                ><span class="muted">${words}</span>
                <p class="figure">${money(amount, currency)}</p>
                <small>Show invoices</small></a
              >`,
          )}
          ${
            items.length
              ? html`<button @click=${(event) => this.#invoice(event, customerId, unbilledIds(customerId))}>
                  Put it on an invoice
                </button>`
              : nothing
          }
        </div>`
      : nothing;
  }

  #card(name, list, shown, empty, all, longer) {
    return html`<section class="card stack" aria-label=${name}>
      ${
        list.items.length
          ? shown
          : html`<h2>${name}</h2>
              <p class="muted">${empty}</p>`
      }
      ${
        list.items.length
          ? html`<div class="row">
              ${moreButton(list, longer)}<a href=${all}>Find ${name.toLowerCase()} by state or period</a>
            </div>`
          : nothing
      }
    </section>`;
  }

  content(state) {
    const { customer, time, invoices } = state;
    const { customerId } = customer;
    return html`<div class="head"><h1>${customer.name}</h1></div>
      <div class="with-panel">
        ${this.#panel(state)}
        <div class="stack">
          ${this.#sums(state)}
          ${this.#card(
            'Invoices',
            invoices,
            invoiceTable(invoices.items, { caption: 'Invoices', customer: false }),
            'No invoices yet. Track time, and the draft is here when you stop.',
            `#/invoices?customerId=${customerId}`,
            (longer) => {
              this.state = { ...state, invoices: longer };
            },
          )}
          ${this.#card(
            'Time',
            time,
            html`${timeTable(time.items, {
              caption: 'Time',
              customer: false,
              selection: this.#selection,
              me: this.me,
              edit: (entry) => this.#editTime(entry),
            })}${this.#selection.bar()}`,
            'No time yet. Press Track to start.',
            `#/time?customerId=${customerId}`,
            (longer) => {
              this.state = { ...state, time: longer };
            },
          )}
        </div>
      </div>
      <customer-dialog
        @saved=${(event) => {
          showMessage('Saved');
          event.done = this.load(true);
        }}
      ></customer-dialog>
      <statement-dialog @saved=${() => showMessage('The statement is on its way')}></statement-dialog>
      <client-page-dialog
        @saved=${() => showMessage('Link copied')}
        @revoke=${({ detail }) => this.#statement('revoke-link-dialog', detail)}
      ></client-page-dialog>
      <revoke-link-dialog @saved=${() => showMessage('The link no longer works')}></revoke-link-dialog>
      <entry-dialog
        @saved=${(event) => {
          showMessage('Saved');
          event.done = this.load(true);
        }}
      ></entry-dialog>`;
  }
}
customElements.define('customer-page', CustomerPage);
