// The first steps of a new firm: who it is, its money and numbers, its look, and what its customers will see. Each step
// is kept when it is left, so that somebody may stop anywhere and go on another day.
/** @import {Place} from '../types/portal' */
import { go } from '../core/address.js';
import { call, get } from '../core/api.js';
import { save } from '../core/download.js';
import { choice, field, problem } from '../parts/fields.js';
import { currencies, timeZones, typed } from '../parts/firm-forms.js';
import '../parts/firm-look.js';
import { showMessage } from '../parts/messages.js';
import { postalPaths, postalTyped } from '../parts/postal-fields.js';
import { FirmPage } from '../parts/firm-page.js';
import { taxesOf } from '../parts/taxes.js';
import { html, nothing } from '../vendor/lit.js';

const STEPS = [
  ['firm', 'Who you are', 'This stands at the top of your invoices.'],
  ['money', 'Money and numbers', 'How invoices are counted, dated and taxed. All of it can be changed later.'],
  ['look', 'Your look', 'A logo and a color, if you have them.'],
  ['preview', 'What customers see', 'An invoice as it will look, with all that you have entered.'],
];

/** The country that the reader's language names, such as US. */
const ownCountry = () => new Intl.Locale(navigator.language).region ?? null;

class WelcomePage extends FirmPage {
  get #step() {
    const at = STEPS.findIndex(([step]) => step === this.place.parameters.step);
    return at < 0 ? 0 : at;
  }

  /** @param {Place} _place */
  async read(_place) {
    this.refused = null;
    const firm = await get('/firm');
    this.knowFirm(firm);
    return { firm };
  }

  #next() {
    const [step] = STEPS[this.#step + 1] ?? [];
    go(step ? `/welcome/${step}` : '/');
  }

  #form(content, body, ...paths) {
    return html`<form class="stack" data-asks @submit=${(event) => this.saveFirm(event, body, () => this.#next())}>
      ${problem(this.refused, ...paths)}${content}
      <div class="actions">
        <button type="button" class="plain" @click=${() => this.#next()}>Skip this step</button>
        <button class="primary">Save and continue</button>
      </div>
    </form>`;
  }

  #firm({ firm }) {
    const errors = this.errors;
    const postal = { ...firm.postal, country: firm.postal.country ?? ownCountry() };
    return this.#form(
      html`<div class="fields pairs">
          ${field('Name', 'name', firm.name, { errors, required: true, maxlength: 200, autocomplete: 'organization' })}
          ${field('Tax ID', 'taxId', firm.taxId, {
            errors,
            maxlength: 40,
            hint: 'Printed on invoices, such as an EIN or a VAT number',
          })}
        </div>
        <postal-fields .postal=${postal} .errors=${errors}></postal-fields>
        <div class="fields pairs">
          ${field('Phone', 'phone', firm.phone, { errors, maxlength: 40, type: 'tel', autocomplete: 'tel' })}
        </div>`,
      (form) => ({
        name: form.get('name'),
        phone: typed(form, 'phone'),
        postal: postalTyped(form),
        taxId: typed(form, 'taxId'),
      }),
      ...['name', 'phone', 'taxId'],
      ...postalPaths,
    );
  }

  #money({ firm: { currency, timeZone, invoicing, version } }) {
    const errors = this.errors;
    const zone = version === 1 && timeZone === 'UTC' ? Intl.DateTimeFormat().resolvedOptions().timeZone : timeZone;
    const [tax] = invoicing.taxes;
    const of = (name, more) => ({ errors, path: `invoicing.${name}`, ...more });
    return this.#form(
      html`<div class="fields">
          ${choice('Currency', 'currency', currency, currencies(), { errors })}
          ${choice('Time zone', 'timeZone', zone, timeZones(zone), { errors })}
        </div>
        <div class="fields">
          ${field('Number prefix', 'numberPrefix', invoicing.numberPrefix, {
            ...of('numberPrefix'),
            maxlength: 20,
            hint: 'Such as HR-; {yyyy} stands for the year',
          })}
          ${field('Next number', 'nextNumber', invoicing.nextNumber, {
            ...of('nextNumber'),
            type: 'number',
            required: true,
            min: invoicing.nextNumber,
            hint: 'Go on from where your invoices are',
          })}
          ${field('Due after, days', 'termsDays', invoicing.termsDays, {
            ...of('termsDays'),
            type: 'number',
            required: true,
            min: 0,
          })}
        </div>
        ${
          invoicing.taxes.length > 1
            ? nothing
            : html`<div class="fields">
                ${field('Tax', 'tax 0 name', tax?.name, {
                  ...of('taxes[0].name'),
                  maxlength: 200,
                  hint: 'Such as Sales tax or VAT. Leave it empty if you charge none',
                })}
                ${field('Percent', 'tax 0 rate', tax?.ratePercent, {
                  ...of('taxes[0].ratePercent'),
                  inputmode: 'decimal',
                })}
              </div>`
        }`,
      (form) => {
        return {
          currency: form.get('currency'),
          timeZone: form.get('timeZone'),
          invoicing: {
            numberPrefix: form.get('numberPrefix'),
            nextNumber: Number(form.get('nextNumber')),
            termsDays: Number(form.get('termsDays')),
            ...(invoicing.taxes.length < 2 && { taxes: taxesOf(form, 1) }),
          },
        };
      },
      ...['currency', 'timeZone'],
      ...['numberPrefix', 'nextNumber', 'termsDays', 'taxes[0].name', 'taxes[0].ratePercent'].map(
        (each) => `invoicing.${each}`,
      ),
    );
  }

  #look({ firm }) {
    return html`<div class="stack">
      <firm-look .me=${this.me} .firm=${firm} @look-changed=${() => this.load(true)}></firm-look>
      <div class="actions"><a class="button primary" href="#/welcome/preview">Continue</a></div>
    </div>`;
  }

  async #sample() {
    try {
      const response = await call('GET', '/firm/sample-invoice', { file: true });
      save(await response.blob(), 'sample-invoice.pdf');
    } catch (failed) {
      showMessage(failed.message);
    }
  }

  #preview({ firm }) {
    return html`<div class="stack">
      ${
        firm.address
          ? nothing
          : html`<p class="hint">
              There is no address yet, and invoices without one look unfinished: in many countries they need it by law.
              <a href="#/welcome/firm">Add it now</a>
            </p>`
      }
      <p>
        Nobody gets this invoice and nothing is kept: it shows your letterhead, your tax and your next number. The mail
        to a customer is shown to you each time before it goes.
      </p>
      <div class="actions">
        <button @click=${() => this.#sample()}>See a sample invoice</button>
        <a class="button primary" href="#/">Finish</a>
      </div>
    </div>`;
  }

  content(state) {
    const [step, heading, about] = STEPS[this.#step];
    const shown = {
      firm: () => this.#firm(state),
      money: () => this.#money(state),
      look: () => this.#look(state),
      preview: () => this.#preview(state),
    }[step];
    return html`<div class="head">
        <h1>${heading}</h1>
        <a href="#/">Leave, and go on later</a>
      </div>
      <div class="with-panel">
        <nav class="panel side" aria-label="First steps">
          ${STEPS.map(
            ([name, words], at) =>
              html`<a href="#/welcome/${name}" aria-current=${name === step ? 'step' : nothing}
                >${at + 1}. ${words}</a
              >`,
          )}
        </nav>
        <section class="card stack" aria-label=${heading}>
          <p class="muted">${about}</p>
          ${this.me.role === 'owner' ? shown() : html`<p>Only an owner of the firm does these steps.</p>`}
        </section>
      </div>`;
  }
}
customElements.define('welcome-page', WelcomePage);
