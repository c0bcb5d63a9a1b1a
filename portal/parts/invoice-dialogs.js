// The dialogs of the invoice page: void, revise, add unbilled time.
import { get, post, queryString } from '../core/api.js';
import { date, money } from '../core/format.js';
import { html } from '../vendor/lit.js';
import { field, problem } from './fields.js';
import { FormDialog } from './form-dialog.js';

class VoidDialog extends FormDialog {
  get word() {
    return 'Void it';
  }

  get kind() {
    return 'danger';
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

class PricedDialog extends FormDialog {
  #services;

  get word() {
    return 'Add to the invoice';
  }

  async prepare() {
    this.#services = (await get('/services')).services.filter(({ active, kind }) => active && kind === 'fixed');
  }

  heading() {
    return 'Add a fixed-price service';
  }

  fields(invoice) {
    return this.#services.length
      ? html`<fieldset>
          <legend>Services with a fixed price</legend>
          ${this.#services.map(
            ({ serviceId, name, fixedPrice }, at) =>
              html`<label class="choice">
                <input type="radio" name="service" value=${serviceId} ?checked=${at === 0} />
                <b>${name}</b><span class="rate">${money(fixedPrice, invoice.currency)}</span></label
              >`,
          )}
        </fieldset>`
      : html`<p class="empty">No service has a fixed price yet. Give one a price under Settings, Paid services.</p>`;
  }

  async save(form) {
    const service = this.#services.find(({ serviceId }) => serviceId === form.get('service'));
    return service && { serviceId: service.serviceId, description: service.name, unitAmount: service.fixedPrice };
  }
}
customElements.define('priced-dialog', PricedDialog);

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
