// The settings as text, for members of staff, who cannot change them; loaded when one of them looks.
/** @import {Firm} from '../types/model' */
import { percent } from '../core/format.js';
import { html } from '../vendor/lit.js';

const yes = (is) => (is ? 'Yes' : 'No');
const minutes = (count) => (count === 1 ? '1 minute' : `${count} minutes`);
const days = (counts, after) => (counts.length ? counts.map((each) => `${each} days ${after}`).join(', ') : 'Never');
const own = ({ subject, text }) => [subject, text].filter(Boolean).join('\n') || 'Clockbill’s own text';
/** An IBAN in groups of four. @param {string | null} iban */
const grouped = (iban) => iban?.replaceAll(/(.{4})(?!$)/g, '$1 ');

/** What each section says. @type {Record<string, (firm: Firm) => [string, unknown][]>} */
const TEXTS = {
  firm: (firm) => [
    ['Name', firm.name],
    ['Email', firm.email],
    ['Phone', firm.phone],
    ['Website', firm.website],
    ['Address', firm.address],
    ['Tax ID', firm.taxId],
    ['Currency', firm.currency],
    ['Time zone', firm.timeZone.replaceAll('_', ' ')],
  ],
  bank: ({ name, bank }) => [
    ['Account holder', bank.holder ?? name],
    ['Bank', bank.bankName],
    ['IBAN', grouped(bank.iban)],
    ['BIC (SWIFT)', bank.bic],
    ['Account number', bank.account],
    ['Routing number or sort code', bank.routing],
  ],
  billing: ({ billing }) => [
    ['Time is billed in multiples of', minutes(billing.incrementMinutes)],
    ['Rounded', { up: 'Up', nearest: 'To the nearest', down: 'Down' }[billing.rounding]],
    ['At least', minutes(billing.minimumMinutes)],
  ],
  invoices: ({ invoicing }) => [
    ['Number prefix', invoicing.numberPrefix],
    ['Next number', invoicing.nextNumber],
    ['Due after', invoicing.termsDays === 1 ? '1 day' : `${invoicing.termsDays} days`],
    [
      'A stopped timer becomes',
      {
        newDraft: 'A draft of its own',
        appendToDraft: 'A line of the customer’s open draft',
        collect: 'Nothing yet: it waits until you bill it',
      }[invoicing.onStop],
    ],
    [
      'Billing day',
      invoicing.billingDay === null
        ? ''
        : invoicing.billingDay === 31
          ? 'The last day of each month'
          : `Day ${invoicing.billingDay} of each month`,
    ],
    ['Sent as soon as it is drafted', yes(invoicing.sendAutomatically)],
    ['Taxes', invoicing.taxes.map(({ name, ratePercent }) => `${name} ${percent(ratePercent)}`).join('\n')],
    ['Footer', invoicing.footer],
  ],
  messages: ({ messages }) => [
    ['Invoice', own(messages.invoice)],
    ['Payment reminder', own(messages.reminder)],
    ['Receipt', own(messages.receipt)],
  ],
  reminders: ({ reminders }) => [
    [
      'A running timer is asked about',
      reminders.runningTimerMinutes.map((each) => `after ${minutes(each)}`).join(', '),
    ],
    ['Customers are reminded before an invoice is due', days(reminders.beforeDueDays, 'before')],
    ['Customers are reminded of an overdue invoice', days(reminders.overdueDays, 'after')],
  ],
  permissions: ({ permissions }) => [
    ['Staff send invoices', yes(permissions.staffSend)],
    ['Staff see the reports', yes(permissions.staffReports)],
  ],
};

/** A section as text. @param {string} section @param {Firm} firm */
export const asText = (section, firm) =>
  html`<div class="stack">
    <dl class="facts">
      ${TEXTS[section](firm)
        .filter(([, value]) => value !== null && value !== undefined && value !== '')
        .map(
          ([label, value]) =>
            html`<div>
              <dt>${label}</dt>
              <dd>${value}</dd>
            </div>`,
        )}
    </dl>
    <p class="muted">Only an owner of the firm can change this.</p>
  </div>`;
