// The dialogs of what a customer has to pay: mail the statement, show the link to the client page, revoke it.
import { get, post, remove } from '../core/api.js';
import { dateTime, money } from '../core/format.js';
import { html, nothing } from '../vendor/lit.js';
import { field, problem } from './fields.js';
import { FormDialog } from './form-dialog.js';
import { deliveryText } from './states.js';
import { emailText } from './tables.js';

const SUBJECT = 200;
const MESSAGE = 2000;

/** What a customer has to pay, and what its email would say. */
const statementOf = ({ customerId }) => get(`/customers/${customerId}/statement?limit=1`);

const invoicesText = (count) => `${count} open ${count === 1 ? 'invoice' : 'invoices'}`;

/** The balance in each currency. @param {any[]} balances */
const balance = (balances) =>
  balances.length
    ? balances.map(
        ({ currency, due, overdue, openInvoices }) =>
          html`<p>
            <strong>${money(due, currency)}</strong> is open on
            ${invoicesText(openInvoices)}${
              overdue ? html`, <span class="problem">${money(overdue, currency)} of it overdue</span>` : nothing
            }.
          </p>`,
      )
    : html`<p>There is nothing to pay at the moment.</p>`;

class StatementDialog extends FormDialog {
  /** @type {any} */
  #statement = null;

  get word() {
    return 'Send statement';
  }

  async prepare(customer) {
    this.#statement = await statementOf(customer);
  }

  heading({ name }) {
    return `Send ${name} a statement`;
  }

  fields() {
    const { errors } = this;
    const { balances, recipients, latest, mail } = this.#statement;
    return html`${problem(this.failed, 'subject', 'message')} ${balance(balances)}
      <p class="hint">
        ${
          recipients.length
            ? html`Goes to
              ${recipients.map(
                (email, at) =>
                  html`${at ? (at === recipients.length - 1 ? ' and ' : ', ') : nothing}<bdi>${emailText(email)}</bdi>`,
              )},
              with the open invoices and a link to the page where all of them can be seen and paid.`
            : 'This customer has no email address. Add one first, or give them the link to their client page.'
        }
        ${
          latest
            ? html`The last one, of ${dateTime(latest.at)}, is:
              ${deliveryText(/** @type {any} */ ({ status: latest.delivery })).toLowerCase()}.`
            : nothing
        }
      </p>
      ${field('Subject', 'subject', mail.subject, { errors, required: true, maxlength: SUBJECT })}
      ${field('Message', 'message', mail.message, { errors, required: true, rows: 7, maxlength: MESSAGE })}`;
  }

  save(form, { customerId }) {
    const words = {};
    for (const name of ['subject', 'message']) {
      const typed = String(form.get(name)).trim();
      if (typed !== this.#statement.mail[name].trim()) {
        words[name] = typed;
      }
    }
    return post(`/customers/${customerId}/statement`, words);
  }
}
customElements.define('statement-dialog', StatementDialog);

class ClientPageDialog extends FormDialog {
  /** @type {string | null} */
  #url = null;

  get word() {
    return this.#url ? 'Copy link' : 'Make and copy link';
  }

  async prepare(customer) {
    this.#url = (await statementOf(customer)).clientUrl;
  }

  heading({ name }) {
    return `Client page of ${name}`;
  }

  fields() {
    return html`${problem(this.failed)}
      <p>
        One page with all invoices of this customer, what was paid, and the balance. They can pay one or several open
        invoices there at once. Whoever has the link sees the page, so give it to nobody else.
      </p>
      ${
        this.#url
          ? html`${field('Link', 'link', this.#url, { readonly: true })}
              <p><a href=${this.#url} target="_blank" rel="noopener">Open the client page</a></p>`
          : html`<p class="hint">There is no link yet. It is also made with the first statement that you send.</p>`
      }`;
  }

  extra(customer) {
    return this.#url
      ? html`<button
          type="button"
          class="danger"
          ?disabled=${this.busy}
          @click=${() => {
            this.close();
            this.dispatchEvent(new CustomEvent('revoke', { detail: customer }));
          }}
        >
          Revoke link
        </button>`
      : nothing;
  }

  async save(_form, { customerId }) {
    this.#url ??= (await post(`/customers/${customerId}/client-link`)).url;
    try {
      await navigator.clipboard.writeText(/** @type {string} */ (this.#url));
    } catch {
      this.requestUpdate(); // it shows the link now
      throw new Error('Your browser does not let this page copy. Select the link and copy it yourself.');
    }
    return { url: this.#url };
  }
}
customElements.define('client-page-dialog', ClientPageDialog);

class RevokeLinkDialog extends FormDialog {
  get word() {
    return 'Revoke link';
  }

  get kind() {
    return 'danger';
  }

  heading({ name }) {
    return `Revoke the link of ${name}?`;
  }

  fields() {
    return html`${problem(this.failed)}
      <p>
        The link stops working at once, also in statements that were mailed before. Links to single invoices still work.
        You can make a new link afterwards.
      </p>`;
  }

  async save(_form, { customerId }) {
    await remove(`/customers/${customerId}/client-link`);
  }
}
customElements.define('revoke-link-dialog', RevokeLinkDialog);
