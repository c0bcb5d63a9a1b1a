// The dialog that does something with several invoices, one after the other, and tells what became of each.
/** @import {InvoiceSummary} from '../types/model' */
import { call, get, post } from '../core/api.js';
import { save, saveCsv } from '../core/download.js';
import { money } from '../core/format.js';
import { go } from '../core/address.js';
import { html, LitElement, nothing } from '../vendor/lit.js';
import { dataChanged, keepFocus } from './messages.js';
import { sums } from './tables.js';
import { zipped } from './zip.js';

/** How many invoices one request may name. */
const MOST_IDS = 100;

const several = (count, one) => (count === 1 ? `one ${one}` : `${count} ${one}s`);

/** Warnings of which a person has to say that it is meant so, looking at the draft. */
const ASKED = ['amount-unusual', 'due-date-far', 'tax-exemption-changed', 'text-unprintable'];

/** Sends a draft unless something about it has to be confirmed. @param {InvoiceSummary} draft */
async function sendUnlessAsked({ invoiceId, version }) {
  const { warnings } = await get(`/invoices/${invoiceId}/mail`);
  const asked = warnings.filter(({ kind }) => ASKED.includes(kind));
  if (asked.length) {
    throw new Error(`Not sent. ${asked.map(({ text }) => text).join(' ')} Open the draft and send it there.`);
  }
  return post(`/invoices/${invoiceId}/send`, {}, { version });
}

/** Reminds a customer, or says why that was not done again. @param {InvoiceSummary} invoice */
async function remindUnlessDone({ invoiceId, version }) {
  const now = await post(`/invoices/${invoiceId}/remind`, {});
  return now.version !== version
    ? undefined
    : { words: now.delivery.status === 'queued' ? 'Not now: an email of it is on its way' : 'Reminded today already' };
}

const ACTIONS = {
  send: {
    title: (count) => `Send ${several(count, 'invoice')}?`,
    button: 'Send',
    hint: `Each goes to its customer by email with a link to pay; customers without an email address are billed on
      paper. After that it can no longer be edited.`,
    done: 'Sent',
    act: sendUnlessAsked,
  },
  remind: {
    title: (count) => `Remind ${count === 1 ? 'one customer' : `customers of ${count} invoices`}?`,
    button: 'Send reminders',
    hint: 'Each customer gets a friendly email with what is to be paid and the link to pay.',
    done: 'Reminder on its way',
    act: remindUnlessDone,
  },
  pdf: {
    title: (count) => `Download ${several(count, 'PDF')}`,
    button: 'Download',
    hint: 'They come in one ZIP file.',
    done: 'Ready',
    act: async ({ invoiceId, number, customer }) => {
      const response = await call('GET', `/invoices/${invoiceId}/pdf`, { file: true });
      const name = number ?? `draft for ${customer.name} ${invoiceId.slice(-4)}`;
      return {
        name: `${name.replaceAll(/[\\/:*?"<>|]/g, '-')}.pdf`,
        bytes: new Uint8Array(await response.arrayBuffer()),
      };
    },
  },
};

class BulkDialog extends LitElement {
  static properties = {
    what: { state: true },
    invoices: { state: true },
    outcomes: { state: true },
    busy: { state: true },
  };

  constructor() {
    super();
    /** @type {'send' | 'remind' | 'pdf' | undefined} */
    this.what = undefined;
    /** @type {InvoiceSummary[]} */
    this.invoices = [];
    /** @type {{words: string, bad?: boolean}[]} */
    this.outcomes = [];
    this.busy = false;
  }

  createRenderRoot() {
    return this;
  }

  get #dialog() {
    return /** @type {HTMLDialogElement} */ (this.querySelector('dialog'));
  }

  /** @param {{what: any, invoices: InvoiceSummary[]}} about */
  async open({ what, invoices }) {
    if (!this.busy) {
      Object.assign(this, { what, invoices, outcomes: [] });
      await this.updateComplete;
    }
    if (!this.#dialog.open) {
      this.#dialog.showModal();
    }
  }

  async #run() {
    const action = ACTIONS[/** @type {'send'} */ (this.what)];
    const files = [];
    this.busy = true;
    this.outcomes = [];
    for (const invoice of this.invoices) {
      let outcome;
      try {
        const made = await action.act(invoice);
        if (this.what === 'pdf') {
          files.push(made);
        }
        outcome = { words: made?.words ?? action.done };
      } catch (failed) {
        outcome = { words: failed.message, bad: true };
      }
      this.outcomes = [...this.outcomes, outcome];
    }
    if (files.length) {
      save(zipped(files), 'invoices.zip');
    } else if (this.what !== 'pdf') {
      await dataChanged();
    }
    this.busy = false;
  }

  #closed() {
    if (!this.busy) {
      this.what = undefined;
      if (this.isConnected) {
        keepFocus(); // else the page is left, and the next one has the focus
      }
    }
  }

  #row(invoice, at) {
    const outcome = this.outcomes[at];
    return html`<li>
      <span>${invoice.number ?? 'Draft'} · ${invoice.customer.name}</span>
      <span class="num">${money(invoice.total, invoice.currency)}</span>
      <span class=${outcome?.bad ? 'problem' : 'muted'}
        >${outcome?.words ?? (this.busy && at === this.outcomes.length ? 'Under way …' : '')}</span
      >
    </li>`;
  }

  render() {
    const action = this.what && ACTIONS[this.what];
    const done = this.outcomes.length === this.invoices.length;
    const failed = this.outcomes.filter(({ bad }) => bad).length;
    return html`<dialog
      class="wide"
      aria-labelledby="bulk-title"
      @cancel=${(event) => this.busy && event.preventDefault()}
      @close=${() => this.#closed()}
    >
      ${
        action
          ? html`<h2 id="bulk-title">${action.title(this.invoices.length)}</h2>
              <p class="muted">${action.hint} In all ${sums(this.invoices, ({ total }) => total)}.</p>
              <ul class="outcomes">
                ${this.invoices.map((invoice, at) => this.#row(invoice, at))}
              </ul>
              ${
                this.outcomes.length
                  ? html`<progress
                        aria-label="Progress"
                        max=${this.invoices.length}
                        value=${this.outcomes.length}
                      ></progress>
                      <p role="status">
                        ${this.outcomes.length} of ${this.invoices.length}
                        done${failed ? html`, <strong class="problem">${failed} could not be done</strong>` : nothing}
                      </p>`
                  : nothing
              }
              <div class="actions">
                ${
                  done
                    ? html`<button class="primary" @click=${() => this.#dialog.close()}>Close</button>`
                    : html`<button ?disabled=${this.busy} @click=${() => this.#dialog.close()}>Cancel</button>
                        <button class="primary" ?disabled=${this.busy} @click=${() => this.#run()}>
                          ${action.button}
                        </button>`
                }
              </div>`
          : nothing
      }
    </dialog>`;
  }
}
customElements.define('bulk-dialog', BulkDialog);

/** Puts drafts into one and shows it. @param {InvoiceSummary[]} drafts */
export async function merge(drafts) {
  const { invoiceId } = await post('/invoices/merge', {
    invoiceIds: drafts.map((draft) => draft.invoiceId),
    versions: drafts.map((draft) => draft.version),
  });
  go(`/invoices/${invoiceId}`);
}

/** Saves these invoices as CSV. @param {InvoiceSummary[]} invoices */
export function csv(invoices) {
  const ids = invoices.map(({ invoiceId }) => invoiceId);
  const parts = Array.from({ length: Math.ceil(ids.length / MOST_IDS) }, (_, at) => ({
    invoiceIds: ids.slice(at * MOST_IDS, (at + 1) * MOST_IDS).join(','),
  }));
  return saveCsv('/invoices', parts, 'invoices-selected');
}
