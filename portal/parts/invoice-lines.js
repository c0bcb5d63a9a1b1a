// The lines of a draft, edited in place.
/** @import {Me, TimeEntry} from '../types/model' */
import { date, input, localTexts, money } from '../core/format.js';
import { amountTyped, quantityTyped, wholeTyped } from '../core/typed-amounts.js';
import { priceAmount, timeAmount } from '../core/pricing.js';
import { mayChange } from '../core/session.js';
import { html, LitElement, nothing } from '../vendor/lit.js';
import { amountProblem } from './problems.js';
import { icon } from './icons.js';
import { showMessageWithUndo } from './messages.js';
import { cell, elapsed, num, table, hiddenName } from './tables.js';
import { entryWarnings } from './states.js';

/** The highest number of minutes that a line may bill. */
const MOST_MINUTES = 100_000;
const FIELDS = /** @type {const} */ (['billedMinutes', 'hourlyRate', 'quantity', 'unitAmount', 'amount']);

const MANY = ['billedMinutes', 'quantity'];

/**
 * Reads what was typed into a field of a line.
 *
 * @param {string} name
 * @param {string} typed
 * @param {string} currency
 */
function read(name, typed, currency) {
  if (name === 'billedMinutes') {
    const { number, problem } = wholeTyped(typed, { most: MOST_MINUTES, unit: 'minutes' });
    return { value: number, problem };
  }
  if (name === 'quantity') {
    const { quantity, problem } = quantityTyped(typed);
    return { value: quantity, problem };
  }
  const { amount, problem, readings } = amountTyped(typed, currency, name === 'hourlyRate' ? { least: 0 } : {});
  return { value: amount, problem, readings };
}

/**
 * What is wrong with lines, by the path of the field: a text, or a template with the readings to choose from.
 *
 * @param {any[]} lines which hold what was typed and cannot be read (`typed`)
 * @param {string} currency
 * @returns {Map<string, any>}
 */
export function wrongFields(lines, currency) {
  const wrong = new Map();
  lines.forEach((line, at) => {
    if (line.kind === 'fixed' && !line.timeEntryId && !line.description.trim()) {
      wrong.set(`lines[${at}].description`, 'Say what this is for.');
    } else if (line.kind === 'time' && !line.description.trim()) {
      wrong.set(`lines[${at}].description`, 'Say what was done.');
    }
    for (const name of FIELDS) {
      const typed = line.typed?.[name];
      const { problem, readings } = typed === undefined ? {} : read(name, typed, currency);
      if (problem !== undefined) {
        wrong.set(`lines[${at}].${name}`, amountProblem({ problem, readings }, currency));
      }
    }
  });
  return wrong;
}

class InvoiceLines extends LitElement {
  static properties = {
    of: { attribute: false },
    lines: { attribute: false },
    currency: {},
    errors: { attribute: false },
    typing: { attribute: false },
    tried: { type: Boolean },
    editing: { state: true },
    entries: { attribute: false },
    me: { attribute: false },
  };

  constructor() {
    super();
    /** The id of the invoice that the lines are of. */
    this.of = '';
    /** @type {any[]} */
    this.lines = [];
    this.currency = '';
    /** Why the server refused them, by the path of the field. @type {Map<string, any> | undefined} */
    this.errors = undefined;
    /** What is wrong with them as they are typed: see `wrongFields`. @type {Map<string, any>} */
    this.typing = new Map();
    /** Whether they were to be saved as they are: then what is still empty is wrong too. */
    this.tried = false;
    /** The path of the field that is being typed into, about which nothing is said yet. */
    this.editing = '';
    /** @type {Map<string, TimeEntry> | undefined} */
    this.entries = undefined;
    /** @type {Me} */
    this.me;
  }

  createRenderRoot() {
    return this;
  }

  #changed(lines) {
    this.lines = lines;
    this.dispatchEvent(new CustomEvent('lines-changed', { detail: lines, bubbles: true }));
  }

  #set(at, change) {
    this.#changed(
      this.lines.map((line, index) => {
        if (index !== at) {
          return line;
        }
        const changed = { ...line, ...change };
        return changed.kind === 'time'
          ? { ...changed, amount: timeAmount(changed) }
          : changed.quantity
            ? { ...changed, amount: priceAmount(changed) }
            : changed;
      }),
    );
  }

  #move(at, by) {
    const lines = [...this.lines];
    const [line] = lines.splice(at, 1);
    lines.splice(at + by, 0, line);
    this.#changed(lines);
    this.updateComplete.then(() => {
      const button = this.querySelectorAll('tbody tr')[at + by]?.querySelector(by < 0 ? '.up' : '.down');
      /** @type {HTMLElement | undefined | null} */ (button)?.focus();
    });
  }

  #remove(at) {
    const { lines, of } = this;
    this.#changed(lines.toSpliced(at, 1));
    showMessageWithUndo(
      `“${lines[at].description || 'The line'}” is removed.`,
      () => this.of === of && this.#changed(this.lines.toSpliced(at, 0, lines[at])),
    );
  }

  /** Takes what is typed: what can be read at once, and the text itself until it is left, or while it is wrong. */
  #type(at, name, event) {
    const typed = event.target.value;
    const { value, problem } = read(name, typed, this.currency);
    this.editing = `lines[${at}].${name}`;
    this.#set(at, {
      ...(problem === undefined && { [name]: value }),
      typed: { ...this.lines[at].typed, [name]: typed },
    });
  }

  /** Shows what was read as it is written here; or what is wrong. */
  #leave(at, name) {
    this.editing = '';
    const all = this.lines[at]?.typed;
    if (all?.[name] !== undefined && read(name, all[name], this.currency).problem === undefined) {
      this.#set(at, { typed: { ...all, [name]: undefined } });
    }
  }

  /** What is wrong with a field, once it was left or saving was tried. */
  #wrong(at, name) {
    const path = `lines[${at}].${name}`;
    const begun = name !== 'description' && this.lines[at].typed?.[name] !== '';
    const typing = path !== this.editing && (begun || this.tried) ? this.typing.get(path) : undefined;
    return this.errors?.get(path) ?? typing;
  }

  #add() {
    this.#changed([...this.lines, { kind: 'fixed', description: '', amount: 0, taxable: true, typed: { amount: '' } }]);
    this.updateComplete.then(() => {
      /** @type {HTMLElement | null} */ (this.querySelector('tbody tr:last-child textarea'))?.focus();
    });
  }

  #description(line, at, name) {
    const error = this.#wrong(at, 'description') ?? this.errors?.get(`lines[${at}].timeEntryId`);
    return html`<textarea
        rows="1"
        aria-label="Description of ${name}"
        maxlength="2000"
        .value=${line.description}
        aria-invalid=${error ? 'true' : nothing}
        aria-describedby=${error ? `line-${at}-description-error` : nothing}
        @keydown=${(event) => event.key === 'Enter' && event.preventDefault()}
        @input=${(event) => this.#set(at, { description: event.target.value.replaceAll(/\s*\n\s*/g, ' ') })}
      ></textarea>
      ${error ? html`<small class="problem" id="line-${at}-description-error">${error}</small>` : nothing}
      ${line.kind === 'time' ? this.#measured(line, at) : nothing}`;
  }

  /** What was measured for a line of time, with the button that corrects it. */
  #measured({ timeEntryId, workedOn, measuredSeconds }, at) {
    const entry = this.entries?.get(timeEntryId);
    const edit = () => this.dispatchEvent(new CustomEvent('edit-time', { detail: timeEntryId, bubbles: true }));
    const button = html`<button class="plain" aria-describedby="line-${at}" @click=${edit}>Edit</button>`;
    return html`<small>
      <span id="line-${at}">${date(workedOn)} · measured ${elapsed(measuredSeconds)}</span>
      ${mayChange(this.me, entry ?? this.me) ? button : nothing} ${entryWarnings(entry)}
    </small>`;
  }

  #field(line, at, name, label, shown) {
    const error = this.#wrong(at, name);
    return html`<span class="field"
      ><input
        class=${MANY.includes(name) ? 'short few' : 'short'}
        inputmode=${name === 'billedMinutes' ? 'numeric' : 'decimal'}
        aria-label=${label}
        aria-invalid=${error ? 'true' : nothing}
        aria-describedby=${error ? `line-${at}-${name}-error` : nothing}
        .value=${line.typed?.[name] ?? shown}
        @input=${(event) => this.#type(at, name, event)}
        @change=${() => this.#leave(at, name)}
        @blur=${() => this.#leave(at, name)}
      />${error ? html`<small class="problem" id="line-${at}-${name}-error">${error}</small>` : nothing}</span
    >`;
  }

  #moneyField(line, at, field, label) {
    return this.#field(line, at, field, label, input(line[field], this.currency));
  }

  #amount(line, at, name) {
    if (line.kind !== 'time' && !line.quantity) {
      // Time that is not saved yet has the amount of its entry.
      return line.timeEntryId
        ? money(line.amount, this.currency)
        : this.#moneyField(line, at, 'amount', `Amount of ${name}`);
    }
    const unknown = FIELDS.some((field) => this.typing.has(`lines[${at}].${field}`));
    return unknown ? '–' : money(line.amount, this.currency);
  }

  #row(line, at) {
    const name = `line ${at + 1}`;
    const time = line.kind === 'time';
    const many = time ? String(line.billedMinutes) : line.quantity?.replace('.', localTexts().decimalPoint);
    return html`<tr>
      <td>${this.#description(line, at, name)}</td>
      ${cell(
        time ? 'Minutes' : 'Quantity',
        time
          ? this.#field(line, at, 'billedMinutes', `Billed minutes of ${name}`, many)
          : many
            ? this.#field(line, at, 'quantity', `Quantity of ${name}`, many)
            : '',
        'num',
      )}
      ${cell(
        time ? 'Rate an hour' : 'Price',
        time
          ? this.#moneyField(line, at, 'hourlyRate', `Rate an hour of ${name}`)
          : many
            ? this.#moneyField(line, at, 'unitAmount', `Price of ${name}`)
            : '',
        'num',
      )}
      ${cell('Amount', this.#amount(line, at, name), 'num')}
      <td data-label="Taxed">
        <label class="check"
          ><input
            type="checkbox"
            aria-label="Taxed: ${name}"
            .checked=${line.taxable}
            @change=${(event) => this.#set(at, { taxable: event.target.checked })}
        /></label>
      </td>
      <td class="tools">
        <button class="icon up" aria-label="Move ${name} up" ?disabled=${at === 0} @click=${() => this.#move(at, -1)}>
          ${icon('up')}</button
        ><button
          class="icon down"
          aria-label="Move ${name} down"
          ?disabled=${at === this.lines.length - 1}
          @click=${() => this.#move(at, 1)}
        >
          ${icon('down')}</button
        ><button class="icon" aria-label="Remove ${name}" @click=${() => this.#remove(at)}>${icon('remove')}</button>
      </td>
    </tr>`;
  }

  render() {
    const heads = this.lines.some(({ quantity }) => quantity)
      ? ['Minutes or quantity', 'Rate or price']
      : ['Minutes', 'Rate an hour'];
    return html`${table(
        'Lines',
        ['What for', ...heads.map(num), num('Amount'), 'Taxed', hiddenName('Order')],
        this.lines.map((line, at) => this.#row(line, at)),
        { kind: 'lines', seen: false },
      )}
      ${
        this.lines.length
          ? nothing
          : html`<p class="muted" data-print="no">No lines yet. Add a fixed amount, or time that is not billed yet.</p>`
      }
      <div class="row">
        <button @click=${this.#add}>${icon('add')}Add a fixed amount</button>
        <button @click=${() => this.dispatchEvent(new Event('add-service', { bubbles: true }))}>
          ${icon('add')}Add a fixed price
        </button>
        <button @click=${() => this.dispatchEvent(new Event('add-time', { bubbles: true }))}>
          ${icon('track')}Add unbilled time
        </button>
      </div>`;
  }
}
customElements.define('invoice-lines', InvoiceLines);
