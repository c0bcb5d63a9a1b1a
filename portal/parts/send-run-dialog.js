// The dialog that asks before drafts of a billing run are sent.
/** @import {BillingDraft} from '../types/model' */
import { post } from '../core/api.js';
import { html } from '../vendor/lit.js';
import { problem } from './fields.js';
import { FormDialog } from './form-dialog.js';
import { sums } from './tables.js';

class SendRunDialog extends FormDialog {
  get word() {
    return this.about?.drafts.length === 1 ? 'Send 1 invoice' : `Send ${this.about?.drafts.length ?? 0} invoices`;
  }

  /** @param {{drafts: BillingDraft[]}} about */
  heading({ drafts }) {
    return drafts.length === 1 ? `Send the invoice for ${drafts[0].customerName}?` : `Send ${drafts.length} invoices?`;
  }

  /** @param {{drafts: BillingDraft[]}} about */
  fields({ drafts }) {
    return html`${problem(this.failed)}
      <p><strong>${sums(drafts, ({ total }) => total)}</strong> in all.</p>
      <p>
        Each goes to its customer by email with a link to pay, or waits to be handed over on paper. After that it can no
        longer be edited.
      </p>`;
  }

  /** @param {FormData} _form @param {{runId: string, drafts: BillingDraft[]}} about */
  async save(_form, { runId, drafts }) {
    await post(`/billing-runs/${runId}/send`, { invoiceIds: drafts.map(({ invoiceId }) => invoiceId) });
    return {};
  }
}
customElements.define('send-run-dialog', SendRunDialog);
