// The settings page: the firm, paid services, how time and invoices are made, reminders, payments, staff.
/** @import {Place} from '../types/portal' */
import { get } from '../core/api.js';
import { FirmPage } from '../parts/firm-page.js';
import { taxesOf } from '../parts/taxes.js';
import { choice, field, problem, refuse, sendAutomatically } from '../parts/fields.js';
import { showMessage } from '../parts/messages.js';
import { needFile } from '../parts/lazy.js';
import { html, nothing } from '../vendor/lit.js';

const SECTIONS = {
  firm: 'The firm',
  look: 'Look',
  bank: 'Bank details',
  services: 'Paid services',
  billing: 'Time and rounding',
  invoices: 'Invoices',
  messages: 'Mail texts',
  reminders: 'Reminders',
  payments: 'Payments',
  staff: 'Staff',
  permissions: 'Permissions',
  import: 'Import',
};
/** Sections with a file of their own, loaded when they are opened. @type {Record<string, () => Promise<unknown>>} */
const LAZY = {
  firm: () => import('../parts/firm-forms.js'),
  bank: () => import('../parts/firm-forms.js'),
  permissions: () => import('../parts/firm-forms.js'),
  look: () => import('../parts/firm-look.js'),
  messages: () => import('../parts/mail-texts.js'),
  services: () => import('../parts/service-settings.js'),
  payments: () => import('../parts/payments-settings.js'),
  staff: () => import('../parts/staff-settings.js'),
  import: () => import('../parts/csv-import.js'),
};
/** What sections read beside the firm. @type {Record<string, string[]>} */
const READ = {
  services: ['/services'],
  payments: ['/payments/setup', '/payments/unmatched?limit=100'],
  staff: ['/staff', '/timers'],
};
/** Sections that are one form, which members of staff see as text. */
const FORMS = ['firm', 'bank', 'billing', 'invoices', 'messages', 'reminders', 'permissions'];

/**
 * The whole numbers typed into a field, with commas or blanks between them.
 *
 * @param {FormData} form
 * @param {string} name
 * @param {string} path the API's name of the field
 */
function numbers(form, name, path) {
  const typed = String(form.get(name))
    .split(/[\s,;]+/)
    .filter(Boolean);
  if (!typed.every((each) => /^\d{1,6}$/.test(each))) {
    throw refuse(path, 'Write whole numbers with commas between them, such as 3, 7, 14.');
  }
  return typed.map(Number);
}

class SettingsPage extends FirmPage {
  get #section() {
    return this.place.parameters.section ?? 'firm';
  }

  /** @param {Place} place */
  async read({ parameters: { section = 'firm' } }) {
    this.refused = null;
    const text = this.me.role !== 'owner' && FORMS.includes(section);
    const load = text ? () => import('../parts/firm-texts.js') : LAZY[section];
    const file = load && (await needFile(this, load));
    const [firm, ...more] = await Promise.all([
      get('/firm'),
      // Of payments, the processor may be away, which keeps nobody from what is known here.
      ...(READ[section] ?? []).map((path) =>
        section === 'payments' ? get(path).catch((missed) => ({ missed })) : get(path),
      ),
    ]);
    this.knowFirm(firm);
    if (section === 'payments') {
      const [setup, unmatched] = more;
      return { firm, setup, unmatched };
    }
    return Object.assign({ firm, file, text }, ...more);
  }

  #saved(firm) {
    this.state = { ...this.state, firm };
    showMessage('Saved');
  }

  #form(content, body, ...paths) {
    return html`<form
      class="stack"
      data-asks
      @submit=${(event) => this.saveFirm(event, body, (firm) => this.#saved(firm))}
    >
      ${problem(this.refused, ...paths)}${content}
      <div class="actions"><button class="primary">Save</button></div>
    </form>`;
  }

  /** A form of a file of its own. */
  #formOf(section, { firm, file }) {
    const { content, body, paths } = file.forms[section](firm, this.errors);
    return this.#form(content, body, ...paths);
  }

  #billing({ firm: { billing } }) {
    const errors = this.errors;
    return this.#form(
      html`<div class="fields">
          ${field('Increment, minutes', 'incrementMinutes', billing.incrementMinutes, {
            errors,
            path: 'billing.incrementMinutes',
            type: 'number',
            min: 1,
            required: true,
            hint: 'Time is billed in multiples of this',
          })}
          ${choice(
            'Rounded',
            'rounding',
            billing.rounding,
            [
              ['up', 'Up'],
              ['nearest', 'To the nearest'],
              ['down', 'Down'],
            ],
            { errors, path: 'billing.rounding' },
          )}
          ${field('Minimum, minutes', 'minimumMinutes', billing.minimumMinutes, {
            errors,
            path: 'billing.minimumMinutes',
            type: 'number',
            min: 0,
            required: true,
          })}
        </div>
        <p class="muted">A changed rule counts for time that is stopped from now on.</p>`,
      (form) => ({
        billing: {
          incrementMinutes: Number(form.get('incrementMinutes')),
          rounding: form.get('rounding'),
          minimumMinutes: Number(form.get('minimumMinutes')),
        },
      }),
      'billing.incrementMinutes',
      'billing.rounding',
      'billing.minimumMinutes',
    );
  }

  #invoices({ firm: { invoicing } }) {
    const errors = this.errors;
    const taxes = [...invoicing.taxes, { name: '', ratePercent: '' }];
    return this.#form(
      html`<div class="fields">
          ${field('Number prefix', 'numberPrefix', invoicing.numberPrefix, {
            errors,
            path: 'invoicing.numberPrefix',
            hint: '{yyyy} stands for the year',
          })}
          ${field('Next number', 'nextNumber', invoicing.nextNumber, {
            errors,
            path: 'invoicing.nextNumber',
            type: 'number',
            required: true,
            min: invoicing.nextNumber,
            hint: 'Can only be raised',
          })}
          ${field('Due after, days', 'termsDays', invoicing.termsDays, {
            errors,
            path: 'invoicing.termsDays',
            type: 'number',
            required: true,
            min: 0,
          })}
          ${choice(
            'A stopped timer becomes',
            'onStop',
            invoicing.onStop,
            [
              ['newDraft', 'A draft of its own'],
              ['appendToDraft', 'A line of the customer’s open draft'],
              ['collect', 'Nothing yet: it waits until you bill it'],
            ],
            { errors, path: 'invoicing.onStop' },
          )}
          ${choice(
            'Lines on paper',
            'grouping',
            invoicing.grouping ?? '',
            [
              ['', 'In their order'],
              ['service', 'By service, with subtotals'],
              ['staff', 'By person, with subtotals'],
            ],
            { errors, path: 'invoicing.grouping' },
          )}
        </div>
        ${sendAutomatically(invoicing.sendAutomatically)}
        ${field('Billing day', 'billingDay', invoicing.billingDay ?? '', {
          errors,
          path: 'invoicing.billingDay',
          type: 'number',
          min: 1,
          max: 31,
          hint: 'The morning after this day of the month, drafts of collected time are made; 31 is the last day',
        })}
        <fieldset>
          <legend>Taxes</legend>
          ${taxes.map(
            (tax, at) =>
              html`<div class="fields">
                ${field('Name', `tax ${at} name`, tax.name, { errors, path: `invoicing.taxes[${at}].name` })}
                ${field('Percent', `tax ${at} rate`, tax.ratePercent, {
                  errors,
                  path: `invoicing.taxes[${at}].ratePercent`,
                  inputmode: 'decimal',
                })}
              </div>`,
          )} <small>An empty name takes the tax off. A changed tax counts for drafts made from now on.</small>
        </fieldset>
        ${field('Footer', 'footer', invoicing.footer, {
          errors,
          path: 'invoicing.footer',
          rows: 2,
          maxlength: 2000,
          hint: 'Printed below each invoice',
        })}`,
      (form) => ({
        invoicing: {
          numberPrefix: form.get('numberPrefix'),
          nextNumber: Number(form.get('nextNumber')),
          termsDays: Number(form.get('termsDays')),
          onStop: form.get('onStop'),
          grouping: form.get('grouping') || null,
          billingDay: form.get('billingDay') ? Number(form.get('billingDay')) : null,
          sendAutomatically: form.has('sendAutomatically'),
          footer: form.get('footer').trim() || null,
          taxes: taxesOf(form, taxes.length),
        },
      }),
      'invoicing.numberPrefix',
      'invoicing.nextNumber',
      'invoicing.termsDays',
      'invoicing.onStop',
      'invoicing.billingDay',
      'invoicing.footer',
      ...taxes.flatMap((_, at) => [`invoicing.taxes[${at}].name`, `invoicing.taxes[${at}].ratePercent`]),
    );
  }

  #reminders({ firm: { reminders } }) {
    const errors = this.errors;
    return this.#form(
      html`<p class="muted">
          Separate numbers with commas, such as 3, 7, 14. An empty field sends none. Customers get theirs at nine in the
          morning where your firm is.
        </p>
        ${field('Ask about a running timer after, minutes', 'running', reminders.runningTimerMinutes.join(', '), {
          errors,
          path: 'reminders.runningTimerMinutes',
          hint: 'Past the last one, the time has to be confirmed before it is sent',
        })}
        ${field('Remind customers before an invoice is due, days', 'before', reminders.beforeDueDays.join(', '), {
          errors,
          path: 'reminders.beforeDueDays',
        })}
        ${field('Remind customers of an overdue invoice after, days', 'overdue', reminders.overdueDays.join(', '), {
          errors,
          path: 'reminders.overdueDays',
        })}`,
      (form) => ({
        reminders: {
          runningTimerMinutes: numbers(form, 'running', 'reminders.runningTimerMinutes'),
          beforeDueDays: numbers(form, 'before', 'reminders.beforeDueDays'),
          overdueDays: numbers(form, 'overdue', 'reminders.overdueDays'),
        },
      }),
      'reminders.runningTimerMinutes',
      'reminders.beforeDueDays',
      'reminders.overdueDays',
    );
  }

  content(state) {
    const section = this.#section;
    const shown = {
      firm: (all) => this.#formOf('firm', all),
      bank: (all) => this.#formOf('bank', all),
      permissions: (all) => this.#formOf('permissions', all),
      look: ({ firm }) =>
        html`<firm-look .me=${this.me} .firm=${firm} @look-changed=${() => this.load(true)}></firm-look>`,
      messages: ({ firm }) => html`<mail-texts .firm=${firm}></mail-texts>`,
      services: ({ services, firm }) =>
        html`<service-settings .me=${this.me} .services=${services} .currency=${firm.currency}></service-settings>`,
      billing: (all) => this.#billing(all),
      invoices: (all) => this.#invoices(all),
      reminders: (all) => this.#reminders(all),
      payments: ({ setup, unmatched }) =>
        html`<payments-settings
          .me=${this.me}
          .setup=${setup}
          .unmatched=${unmatched}
          .again=${Boolean(this.place.parameters.again)}
        ></payments-settings>`,
      staff: ({ staff, timers, firm }) =>
        html`<staff-settings
          .me=${this.me}
          .staff=${staff}
          .timers=${timers}
          .currency=${firm.currency}
        ></staff-settings>`,
      import: () => html`<csv-import .me=${this.me} .currency=${this.firm.currency}></csv-import>`,
    }[section];
    return html`<div class="head"><h1>Settings</h1></div>
      <div class="with-panel">
        <nav class="panel side" aria-label="Settings">
          ${Object.entries(SECTIONS).map(
            ([name, words]) =>
              html`<a href="#/settings/${name}" aria-current=${name === section ? 'page' : nothing}>${words}</a>`,
          )}
        </nav>
        <section class="card" aria-labelledby="section">
          <h2 id="section">${SECTIONS[section] ?? 'Not found'}</h2>
          ${
            state.text
              ? state.file?.asText(section, state.firm)
              : (shown?.(state) ?? html`<p>There is no such section.</p>`)
          }
        </section>
      </div>`;
  }
}
customElements.define('settings-page', SettingsPage);
