// The time of a week as a grid that can be typed into: a row for each customer and service, a column for each day.
/** @import {Me, TimeEntry} from '../types/model' */
/** @import {TimeAnswer, WeekRow} from '../types/portal' */
import { patch, post, queryString, remove } from '../core/api.js';
import { instant } from '../core/clock.js';
import { manner, money } from '../core/format.js';
import { whoseRateShort } from '../core/rates.js';
import { mayChange, userId } from '../core/session.js';
import { daysAfter } from '../core/days.js';
import { durationsOf, durationText, durationWords } from '../core/durations.js';
import { html, LitElement, nothing } from '../vendor/lit.js';
import { icon } from './icons.js';
import { openDialog } from './lazy.js';
import { actUnlessUndone, announce, whileDisabled } from './messages.js';
import { sums } from './tables.js';
import { minutesOf, rowKey, rowsOf, timeOf } from './weeks.js';

const KEPT_WEEKS = 5; // rows without time are kept for so many weeks

/** Names a cell of the grid. @param {{customerId: string, serviceId: string}} row @param {string} day */
const cellKey = (row, day) => `${rowKey(row)} ${day}`;

/** The id of what is asked about a cell. @param {{customerId: string, serviceId: string}} row @param {string} day */
const askedId = ({ customerId, serviceId }, day) => `asked-${customerId}-${serviceId}-${day}`;

class WeekGrid extends LitElement {
  static properties = {
    days: { attribute: false },
    time: { attribute: false },
    me: { attribute: false },
    staffId: { attribute: false },
    today: { attribute: false },
    added: { state: true },
    asked: { state: true },
    copied: { state: true },
  };
  #saving = Promise.resolve();
  /** The cell that is being typed into: no answer overwrites it. @type {{cell: string, text: string} | null} */
  #typing = null;
  /** What a cell holds since it was last typed into; null if that was deleted. @type {Map<string, TimeEntry | null>} */
  #saved = new Map();

  constructor() {
    super();
    /** The seven days of the week. @type {string[]} */
    this.days = [];
    /** What was worked. @type {TimeEntry[]} */
    this.time = [];
    /** @type {Me} */
    this.me;
    /** Whose week it is. */
    this.staffId = '';
    /** The firm's day. */
    this.today = '';
    /** @type {WeekRow[]} */
    this.added = [];
    /**
     * What is asked about each cell that waits for an answer.
     *
     * @type {Map<string, {text: string, problem: string, answers: TimeAnswer[]}>}
     */
    this.asked = new Map();
    /** Last week's time, once its rows were copied. @type {TimeEntry[]} */
    this.copied = [];
  }

  createRenderRoot() {
    return this;
  }

  get #kept() {
    return `clockbill.rows.${userId()}`;
  }

  willUpdate(changed) {
    if (changed.has('days') || changed.has('staffId')) {
      this.added = JSON.parse(localStorage.getItem(this.#kept) ?? '{}')[this.days[0]] ?? [];
      this.asked = new Map();
      this.copied = [];
    }
  }

  #addRows(rows) {
    this.added = [...this.added, ...rows];
    const kept = Object.entries(JSON.parse(localStorage.getItem(this.#kept) ?? '{}'));
    const weeks = Object.fromEntries([...kept, [this.days[0], this.added]].sort().slice(-KEPT_WEEKS));
    localStorage.setItem(this.#kept, JSON.stringify(weeks));
  }

  #askRow() {
    openDialog(
      this,
      'row-dialog',
      () => import('./row-dialog.js'),
      () => ({}),
    );
  }

  /** Adds the rows of the week before, without their time. */
  async #copyRows() {
    const entries = await timeOf(this.staffId, daysAfter(this.days[0], -7), daysAfter(this.days[6], -7));
    const have = new Set(rowsOf(this.time, this.added).map(rowKey));
    const rows = rowsOf(entries, []).filter((row) => !have.has(rowKey(row)));
    this.#addRows(rows.map((row) => ({ ...row, note: '' })));
    this.copied = entries.filter(
      (entry) =>
        daysAfter(entry.workedOn, 7) <= this.today && this.#in(entry, daysAfter(entry.workedOn, 7)).length === 0,
    );
    announce(rows.length ? `${rows.length} rows copied` : 'Last week has no other rows');
  }

  /** Enters the time of the week before too, where there is none yet. */
  async #copyTimes() {
    const cells = new Map();
    for (const entry of this.copied) {
      const key = `${rowKey(entry)} ${entry.workedOn}`;
      cells.set(key, {
        row: entry,
        day: daysAfter(entry.workedOn, 7),
        entries: [...(cells.get(key)?.entries ?? []), entry],
      });
    }
    this.copied = [];
    for (const { row, day, entries } of cells.values()) {
      if (minutesOf(entries) > 0 && this.#in(row, day).length === 0) {
        await this.#enter(row, day, minutesOf(entries));
      }
    }
  }

  /** @param {{customerId: string, serviceId: string}} row @param {string} day */
  #in(row, day) {
    return this.time.filter((entry) => entry.workedOn === day && rowKey(entry) === rowKey(row));
  }

  /** Whether time is of the week and the person shown. */
  #shows({ workedOn, staffId }) {
    return staffId === this.staffId && this.days.includes(workedOn);
  }

  /** Shows what became of an entry, unless another week is shown by now. */
  #keep(entry, before) {
    if (!this.#shows(entry ?? before)) {
      return;
    }
    const others = this.time.filter((each) => each.timeEntryId !== (entry ?? before).timeEntryId);
    this.time = entry ? [entry, ...others] : others;
  }

  async #enter({ customerId, serviceId }, day, minutes) {
    const entry = await post('/time-entries', { customerId, serviceId, workedOn: day, minutes });
    this.#keep(entry, null);
    return entry;
  }

  async #correct(entry, minutes) {
    const begin = Date.parse(entry.startedAt);
    const body = entry.byDay ? { workedOn: entry.workedOn, minutes } : { stoppedAt: instant(begin + minutes * 60_000) };
    const corrected = await patch(`/time-entries/${entry.timeEntryId}`, body, entry.version);
    this.#keep(corrected, entry);
    return corrected;
  }

  #delete(entry) {
    this.#keep(null, entry);
    actUnlessUndone(
      'The time is deleted.',
      (leaving) => remove(`/time-entries/${entry.timeEntryId}`, { keepalive: leaving }),
      () => this.#keep(entry, entry),
    );
  }

  /**
   * Makes a cell's time what was typed. What is in the cell by now decides how: it may have been typed into before.
   *
   * @param {{customerId: string, serviceId: string}} row
   * @param {string} day
   * @param {number} minutes
   * @param {string} cell its name among all weeks and people
   * @param {TimeEntry | undefined} before what was in it when this was typed
   */
  async #book(row, day, minutes, cell, before) {
    const entry = this.#saved.has(cell) ? this.#saved.get(cell) : before;
    if (minutes === 0 && entry) {
      this.#delete(entry);
      this.#saved.set(cell, null);
    } else if (minutes !== 0 && (!entry || minutes !== minutesOf([entry]))) {
      this.#saved.set(cell, await (entry ? this.#correct(entry, minutes) : this.#enter(row, day, minutes)));
      announce('Saved');
    }
  }

  /** Takes what was typed into a cell. Cells are saved one after the other. */
  #typed(row, day, text) {
    this.#typing = null;
    this.asked = new Map(this.asked);
    this.asked.delete(cellKey(row, day));
    const ask = (words, answers = []) => {
      this.asked = new Map(this.asked).set(cellKey(row, day), { text, problem: words, answers });
    };
    const durations = text.trim() ? durationsOf(text) : [0];
    if (durations.length === 0) {
      ask('Write a duration, such as 1:30, 90 min or 1.5 h.');
    } else if (durations.length > 1) {
      ask(
        'Which one is meant?',
        durations.map((minutes) => ({
          words: durationWords(minutes, manner().locale),
          typed: durationText(minutes),
        })),
      );
    } else {
      const cell = `${this.staffId} ${cellKey(row, day)}`;
      const [before] = this.#in(row, day);
      this.#saved.delete(cell); // what is shown is known better, but for what is saved from now on
      this.#saving = this.#saving.then(async () => {
        try {
          await this.#book(row, day, durations[0], cell, before);
        } catch (failed) {
          const [words] = failed.errors?.values() ?? [];
          ask(words ?? failed.message);
        }
      });
    }
    this.requestUpdate();
  }

  /** A cell was left: it shows what is known again, if nothing new was typed into it. @param {string} cell */
  #left(cell) {
    if (this.#typing?.cell === cell) {
      this.#typing = null;
      this.requestUpdate();
    }
  }

  /** Up, down and Enter go from row to row, as in a spreadsheet. */
  #key(event) {
    const down = { ArrowDown: 1, Enter: 1, ArrowUp: -1 }[event.key];
    if (down) {
      event.preventDefault();
      const column = [...this.querySelectorAll(`input[data-day="${event.target.dataset.day}"]`)];
      const next = /** @type {HTMLInputElement | undefined} */ (column[column.indexOf(event.target) + down]);
      if (next) {
        next.focus();
        next.select();
      } else {
        event.target.blur(); // takes what was typed
        event.target.focus();
      }
    }
  }

  #cell(row, day, name) {
    const entries = this.#in(row, day);
    const shown = entries.length ? durationText(minutesOf(entries)) : '';
    const locked = entries.length > 0 && entries.every(({ billed }) => billed);
    const label = `${row.customerName}, ${row.serviceName}, ${name}`;
    const cell = cellKey(row, day);
    const asked = this.asked.get(cell);
    const typing = this.#typing?.cell === cell ? this.#typing.text : undefined;
    const kind = `num ${day === this.today ? 'today' : ''}`;
    if (locked) {
      return html`<td class="${kind} locked" data-label=${name} title="Billed: it is on an invoice that was sent">
        ${icon('lock')}<span>${shown}</span><span class="sr">, billed</span>
      </td>`;
    }
    if (entries.length > 1) {
      return html`<td class=${kind} data-label=${name}>
        <a
          href="#/time${queryString({ view: 'day', on: day, staffId: this.staffId })}"
          title="${entries.length} entries: change them one by one"
          >${shown}<span class="sr"> of ${entries.length} entries, ${label}</span></a
        >
      </td>`;
    }
    const [entry] = entries;
    const mine = entry ? mayChange(this.me, entry) : this.staffId === this.me.staffId && day <= this.today;
    return html`<td class=${kind} data-label=${name}>
      <input
        data-day=${day}
        aria-label=${label}
        autocomplete="off"
        title=${entry?.note || nothing}
        ?disabled=${!mine}
        aria-invalid=${asked ? 'true' : nothing}
        aria-describedby=${asked ? askedId(row, day) : nothing}
        .value=${typing ?? asked?.text ?? shown}
        @input=${(event) => {
          this.#typing = { cell, text: event.target.value };
        }}
        @blur=${() => this.#left(cell)}
        @keydown=${(event) => this.#key(event)}
        @change=${(event) => this.#typed(row, day, event.target.value)}
      />
    </td>`;
  }

  /** What is asked about the cells of a row, with their days if it is about several. */
  #question(row, names) {
    const asked = this.days.flatMap((day, at) => {
      const about = this.asked.get(cellKey(row, day));
      return about ? [{ ...about, day, name: names[at] }] : [];
    });
    return asked.length > 0
      ? html`<tr class="asks">
          <td colspan="9">
            ${asked.map(
              ({ day, name, problem: words, answers }) =>
                html`<div class="asked">
                  <small class=${answers.length ? 'hint' : 'problem'} id=${askedId(row, day)} role="alert"
                    >${asked.length > 1 ? `${name}: ` : ''}${words}</small
                  >
                  ${answers.map(
                    (answer) =>
                      html`<button type="button" @click=${() => this.#typed(row, day, answer.typed ?? '')}>
                        ${answer.words}
                      </button>`,
                  )}
                </div>`,
            )}
          </td>
        </tr>`
      : nothing;
  }

  /** What the time of a row costs, where all of it costs the same; where none is billed, that. */
  #rate(entries) {
    const [first] = entries;
    if (!first) {
      return nothing;
    }
    if (entries.every(({ billable }) => !billable)) {
      return html`<br />not billed`;
    }
    const text = ({ hourlyRate, currency, rateSource, staffId, staffName }) =>
      `${money(hourlyRate, currency)}/h, ${whoseRateShort(rateSource, staffId === this.me.staffId ? '' : staffName)}`;
    return entries.every((entry) => entry.billable && text(entry) === text(first))
      ? html`<br /><span class="day">${text(first)}</span>`
      : html`<br />several rates`;
  }

  #goOn(row) {
    const [last] = this.time.filter((entry) => rowKey(entry) === rowKey(row));
    this.dispatchEvent(new CustomEvent('go-on', { detail: { ...row, note: last?.note ?? '' } }));
  }

  render() {
    const { locale } = manner();
    const entries = this.time;
    const rows = rowsOf(entries, this.added);
    const named = (day, style) =>
      new Intl.DateTimeFormat(locale, { ...style, timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));
    const names = this.days.map((day) => named(day, { weekday: 'long', day: 'numeric', month: 'long' }));
    const ofDay = (day) => entries.filter((entry) => entry.workedOn === day);
    const mine = this.staffId === this.me.staffId;
    return html`<div class="scroll" ?hidden=${rows.length === 0}>
        <table class="week folds">
          <caption class="sr">
            Hours by customer and day
          </caption>
          <thead>
            <tr>
              <th scope="col">Customer and service</th>
              ${this.days.map(
                (day) =>
                  html`<th scope="col" class="num ${day === this.today ? 'today' : ''}">
                    ${named(day, { weekday: 'short' })}<br />${named(day, { day: 'numeric', month: 'short' })}
                  </th>`,
              )}
              <th scope="col" class="num">Total</th>
            </tr>
          </thead>
          <tbody>
            ${rows.map((row) => {
              const all = entries.filter((entry) => rowKey(entry) === rowKey(row));
              return html`<tr>
                  <th scope="row">
                    <div class="row apart">
                      <span
                        ><a href="#/customers/${row.customerId}">${row.customerName}</a><br /><small
                          >${row.serviceName}${this.#rate(all)}</small
                        ></span
                      >
                      ${
                        mine
                          ? html`<button
                              class="icon"
                              aria-label="Start a timer: ${row.serviceName} for ${row.customerName}"
                              title="Start a timer"
                              @click=${() => this.#goOn(row)}
                            >
                              ${icon('track')}
                            </button>`
                          : nothing
                      }
                    </div>
                  </th>
                  ${this.days.map((day, at) => this.#cell(row, day, names[at]))}
                  <td class="num" data-label="Total"><b>${durationText(minutesOf(all))}</b></td>
                </tr>
                ${this.#question(row, names)}`;
            })}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">Total</th>
              ${this.days.map(
                (day, at) =>
                  html`<td class="num" data-label=${names[at]}>
                    ${ofDay(day).length ? durationText(minutesOf(ofDay(day))) : '–'}
                  </td>`,
              )}
              <td class="num" data-label="Week">${durationText(minutesOf(entries))}</td>
            </tr>
          </tfoot>
        </table>
      </div>
      ${
        rows.length
          ? nothing
          : html`<p class="muted">
              No time in this week.
              ${mine ? 'Add a row for a customer and a service, and type the hours of each day.' : nothing}
            </p>`
      }
      <div class="row apart">
        ${
          mine
            ? html`<div class="row">
                <button @click=${() => this.#askRow()}>${icon('add')} Add a row</button>
                <button @click=${(event) => whileDisabled(event, () => this.#copyRows())}>Copy last week’s rows</button>
                ${
                  this.copied.length
                    ? html`<button class="plain" @click=${(event) => whileDisabled(event, () => this.#copyTimes())}>
                        Also enter last week’s ${durationText(minutesOf(this.copied))} h
                      </button>`
                    : nothing
                }
              </div>`
            : html`<span></span>`
        }
        <p class="muted">${entries.length ? sums(entries, ({ amount }) => amount) : nothing}</p>
      </div>
      <row-dialog @saved=${(event) => this.#addRows([event.detail])}></row-dialog>`;
  }
}
customElements.define('week-grid', WeekGrid);
