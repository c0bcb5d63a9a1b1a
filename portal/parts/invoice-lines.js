// The lines of a draft, edited in place.
/** @import {Me, TimeEntry} from '../types/model' */
import { amountOf, date, input, money } from '../core/format.js';
import { mayChange } from '../core/session.js';
import { html, LitElement, nothing } from '../vendor/lit.js';
import { icon } from './icons.js';
import { showMessageWithUndo } from './messages.js';
import { cell, elapsed, num, table, hiddenName } from './tables.js';
import { entryWarnings } from './states.js';

/** Minutes × rate ÷ 60, half up, as the server computes it. Only shown while typing. */
const timeAmount = ({ billedMinutes, hourlyRate }) => Number((BigInt(billedMinutes) * BigInt(hourlyRate) + 30n) / 60n);

class InvoiceLines extends LitElement {
  static properties = {
    of: { attribute: false },
    lines: { attribute: false },
    currency: {},
    errors: { attribute: false },
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
    /** @type {Map<string, string> | undefined} */
    this.errors = undefined;
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
        return changed.kind === 'time' ? { ...changed, amount: timeAmount(changed) } : changed;
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

  #money(at, name, event) {
    const amount = amountOf(event.target.value, this.currency);
    event.target.setCustomValidity(amount === null ? 'Write an amount, such as 220.00.' : '');
    if (event.target.reportValidity()) {
      this.#set(at, { [name]: amount });
    }
  }

  #minutes(at, event) {
    if (event.target.validity.valid && event.target.value !== '') {
      this.#set(at, { billedMinutes: Number(event.target.value) });
    }
  }

  #description(line, at, name) {
    const wrong = (field) => this.errors?.get(`lines[${at}].${field}`);
    const error = ['description', 'billedMinutes', 'hourlyRate', 'amount', 'timeEntryId'].map(wrong).find(Boolean);
    return html`<input
        aria-label="Description of ${name}"
        maxlength="2000"
        .value=${line.description}
        aria-invalid=${wrong('description') ? 'true' : nothing}
        @input=${(event) => this.#set(at, { description: event.target.value })}
      />
      ${line.kind === 'time' ? this.#measured(line, at) : nothing}
      ${error ? html`<small class="problem">${error}</small>` : nothing}`;
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

  #minutesField(line, at, name) {
    return html`<input
      class="short"
      type="number"
      min="0"
      max="100000"
      step="1"
      aria-label="Billed minutes of ${name}"
      .value=${String(line.billedMinutes)}
      @input=${(event) => this.#minutes(at, event)}
    />`;
  }

  #moneyField(line, at, field, label) {
    return html`<input
      class="short"
      inputmode="decimal"
      aria-label=${label}
      .value=${input(line[field], this.currency)}
      @change=${(event) => this.#money(at, field, event)}
    />`;
  }

  #row(line, at) {
    const name = `line ${at + 1}`;
    const time = line.kind === 'time';
    return html`<tr>
      <td>${this.#description(line, at, name)}</td>
      ${cell('Minutes', time ? this.#minutesField(line, at, name) : '', 'num')}
      ${cell('Rate an hour', time ? this.#moneyField(line, at, 'hourlyRate', `Rate an hour of ${name}`) : '', 'num')}
      ${cell(
        'Amount',
        time ? money(line.amount, this.currency) : this.#moneyField(line, at, 'amount', `Amount of ${name}`),
        'num',
      )}
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
    return html`${table(
        'Lines',
        ['What for', num('Minutes'), num('Rate an hour'), num('Amount'), 'Taxed', hiddenName('Order')],
        this.lines.map((line, at) => this.#row(line, at)),
        { kind: 'lines', seen: false },
      )}
      ${this.lines.length ? nothing : html`<p class="muted">No lines. Add one, or put unbilled time on it.</p>`}
      <div class="row">
        <button
          @click=${() => this.#changed([...this.lines, { kind: 'fixed', description: '', amount: 0, taxable: true }])}
        >
          ${icon('add')}Add a fixed amount
        </button>
        <button @click=${() => this.dispatchEvent(new Event('add-time', { bubbles: true }))}>
          ${icon('track')}Add unbilled time
        </button>
      </div>`;
  }
}
customElements.define('invoice-lines', InvoiceLines);
