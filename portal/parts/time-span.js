// Fields for the time that something took: date, from, to and duration, each as people type it, one following from the
// others. What could be meant in two ways, or is unusual, is asked beside the fields before it is taken.
/** @import {Asked, Errors, Span, TimeAnswer, TimeContext, TypedField} from '../types/portal' */
import { instant, now } from '../core/clock.js';
import { manner } from '../core/format.js';
import { afterTyping, answered, localTime, texts } from '../core/typed-time.js';
import { html, LitElement, nothing } from '../vendor/lit.js';
import { icon } from './icons.js';

/** What the API calls the values of the fields. */
const PATHS = { day: 'workedOn', from: 'startedAt', to: 'stoppedAt', endDay: 'stoppedAt', duration: 'minutes' };
/** In which order fields that wait for an answer are tried again. @type {TypedField[]} */
const ORDER = ['day', 'from', 'endDay', 'to', 'duration'];

/**
 * Form fields for time from `begin` to `end`, instants as the API writes them. `open` lets the end be left empty;
 * `byDay` is for so much time of a day, without hours, until somebody says when it was. Ends that nobody changes stay
 * as they are, to the second.
 */
export class TimeSpan extends LitElement {
  static properties = {
    begin: { attribute: false },
    end: { attribute: false },
    open: { type: Boolean },
    byDay: { attribute: false },
    errors: { attribute: false },
    span: { state: true },
    asked: { state: true },
    hourless: { state: true },
  };

  constructor() {
    super();
    /** @type {string} */
    this.begin = '';
    /** @type {string | null} */
    this.end = null;
    this.open = false;
    this.byDay = false;
    /** What the server refused, by the path of the field. @type {Errors | undefined} */
    this.errors = undefined;
    /** Whether from and to are asked for, and neither is known. */
    this.hourless = false;
    /** @type {Span} */
    this.span;
    /** What stands in a field and is not taken yet, and why. @type {Map<TypedField, Asked & {text: string}>} */
    this.asked = new Map();
  }

  createRenderRoot() {
    return this;
  }

  willUpdate(changed) {
    // What the page has taken over from here is no news.
    const news = changed.has('end') || Date.parse(this.begin) !== this.span?.begin;
    if (news && (changed.has('begin') || changed.has('end'))) {
      this.span = {
        begin: Date.parse(this.begin),
        end: this.end ? Date.parse(this.end) : null,
        // An hour by default is only a length to begin with; what was measured has an end of its own.
        follows: changed.get('begin') === undefined && this.hasAttribute('fresh') ? 'end' : 'duration',
      };
      this.asked = new Map();
      this.hourless = false;
    }
  }

  /** @returns {TimeContext} */
  get #context() {
    return { ...manner(), now: now(), open: this.open };
  }

  /** @param {TypedField} field */
  #input(field) {
    return /** @type {HTMLInputElement | null} */ (this.querySelector(`[name=${field}]`));
  }

  /** Takes what was typed into a field, or asks about it. @param {TypedField} field @param {string} text */
  #typed(field, text) {
    this.#apply(field, text, afterTyping(this.span, field, text, this.#context));
  }

  #take(field, span) {
    const first = this.hourless && (field === 'from' || field === 'to');
    this.span = first && field === 'to' ? endingAt(span, this.span) : span;
    this.hourless &&= !first;
  }

  #apply(field, text, outcome) {
    const asked = new Map(this.asked);
    asked.delete(field);
    if ('span' in outcome) {
      const before = this.hourless;
      this.#take(field, outcome.span);
      if (before && !this.hourless) {
        asked.delete('from'); // one of the two is enough
        asked.delete('to');
      }
    } else {
      asked.set(field, { ...outcome, text });
    }
    this.asked = asked;
    if ('span' in outcome) {
      this.errors = undefined;
      this.#tryAgain(field);
      this.#render(); // who listens may read the fields
      const input = this.#input(field);
      if (input && !this.asked.has(field)) {
        input.value = this.#shown()[field] ?? ''; // other words for the same time are no change to be rendered
      }
      this.dispatchEvent(new Event('retimed', { bubbles: true }));
    }
    this.requestUpdate();
  }

  /** Other fields may be right now: a day has changed, for example. */
  #tryAgain(but) {
    for (const field of ORDER.filter((each) => each !== but && this.asked.has(each))) {
      const { text } = /** @type {Asked & {text: string}} */ (this.asked.get(field));
      const outcome = afterTyping(this.span, field, text, this.#context);
      const asked = new Map(this.asked);
      if ('span' in outcome) {
        this.#take(field, outcome.span);
        asked.delete(field);
      } else {
        asked.set(field, { ...outcome, text });
      }
      this.asked = asked;
    }
  }

  /** @param {TypedField} field @param {TimeAnswer} answer */
  #answer(field, { span, typed: text }) {
    if (span) {
      this.#apply(field, this.#input(field)?.value ?? '', answered(span, field, this.#context));
    } else if (text) {
      this.#typed(field, text);
    }
    this.#input(field)?.focus();
  }

  /** Shows now what has changed, and not in a moment: then what stands in the fields is what is known of them. */
  #render() {
    if (this.isUpdatePending) {
      this.performUpdate();
    }
  }

  /** Takes what still stands in the fields, and gives whether nothing is left to be asked. */
  #finish() {
    this.#render();
    for (const field of ORDER) {
      const input = this.#input(field);
      const known = this.asked.get(field)?.text ?? this.#shown()[field] ?? '';
      if (input && input.value !== known) {
        this.#typed(field, input.value);
      }
    }
    if (this.hourless && !this.asked.size) {
      this.#typed('from', ''); // asks for it
    }
    return this.asked.size === 0;
  }

  /**
   * The time as the API takes it. Parts that were not changed are the same instants as before.
   *
   * @returns {{startedAt: string, stoppedAt: string | null} | {workedOn: string, minutes: number}}
   * @throws {Error} while something is to be asked: the fields show it
   */
  read() {
    if (!this.#finish()) {
      const [field] = this.asked.keys();
      const { problem } = /** @type {Asked} */ (this.asked.get(field));
      throw Object.assign(new Error(problem), { errors: new Map([[PATHS[field], problem]]) });
    }
    const { begin, end } = this.span;
    return this.byDay
      ? {
          workedOn: localTime(begin, manner().zone).day,
          minutes: Math.round(((end ?? begin) - begin) / 60_000),
        }
      : { startedAt: instant(begin), stoppedAt: end === null ? null : instant(end) };
  }

  #shown() {
    return { ...texts(this.span, this.#context), ...(this.hourless && { from: '', to: '' }) };
  }

  /** From so much time of a day to when it was: the hours that stood for it are nobody's. */
  async #sayHours() {
    this.byDay = false;
    this.hourless = true;
    this.span = { ...this.span, follows: 'end' };
    await this.updateComplete;
    this.#input('from')?.focus();
  }

  /** @param {string} label @param {TypedField} field @param {string} value @param {unknown} [more] */
  #field(label, field, value, more = nothing) {
    const asked = this.asked.get(field);
    const wrong = asked?.problem ?? this.errors?.get(PATHS[field]);
    return html`<div class="field ${field}">
      <label class="field"
        ><span>${label}</span
        ><input
          name=${field}
          autocomplete="off"
          enterkeyhint="done"
          .value=${asked?.text ?? value}
          aria-invalid=${wrong ? 'true' : nothing}
          aria-describedby=${wrong ? `asked-${field}` : nothing}
          @change=${(event) => this.#typed(field, event.target.value)}
      /></label>
      ${more}
    </div>`;
  }

  /** The calendar of the browser, for those who would rather choose a day. */
  #calendar(day) {
    return html`<button
        type="button"
        class="icon"
        aria-label="Choose the date in a calendar"
        @click=${(event) => event.currentTarget.nextElementSibling.showPicker()}
      >
        ${icon('calendar')}</button
      ><input
        type="date"
        tabindex="-1"
        aria-hidden="true"
        .value=${day}
        max=${localTime(now(), manner().zone).day}
        @change=${(event) => event.target.value && this.#typed('day', event.target.value)}
      />`;
  }

  #question(field) {
    const asked = this.asked.get(field);
    const refused = this.errors?.get(PATHS[field]);
    const problem = asked?.problem ?? (field === 'endDay' ? undefined : refused);
    return problem
      ? html`<div class="asked">
          <small class=${asked?.answers.length ? 'hint' : 'problem'} id="asked-${field}" role="alert">${problem}</small>
          ${asked?.answers.map(
            (answer) =>
              html`<button type="button" @click=${() => this.#answer(field, answer)}>${answer.words}</button>`,
          )}
        </div>`
      : nothing;
  }

  render() {
    const shown = this.#shown();
    const { begin, end } = this.span;
    const day = localTime(begin, manner().zone).day;
    const { byDay } = this;
    return html`<div class="span ${byDay ? 'by-day' : ''}" role="group" aria-label="Time">
        ${this.#field('Date', 'day', shown.day, this.#calendar(day))}
        ${
          byDay
            ? nothing
            : html`${this.#field('From', 'from', shown.from)}${this.#field('To', 'to', shown.to)}${
                shown.endDay === null ? nothing : this.#field('Ended on', 'endDay', shown.endDay)
              }`
        }
        ${this.#field('Duration', 'duration', shown.duration)}
      </div>
      ${ORDER.map((field) => this.#question(field))}
      ${
        byDay
          ? html`<div>
              <button type="button" class="plain flush" @click=${this.#sayHours}>Add start and end times</button>
            </div>`
          : nothing
      }
      ${
        !byDay && end !== null && (end - begin) % 60_000
          ? html`<small class="exact">To the second: ${exact(end - begin)}</small>`
          : nothing
      }`;
  }
}
customElements.define('time-span', TimeSpan);

/** As much time as before that ends when this does. @param {Span} span @param {Span} before @returns {Span} */
const endingAt = (span, before) => ({
  ...span,
  begin: Number(span.end) - (Number(before.end) - before.begin),
  follows: 'duration',
});

/** Milliseconds as people read them, with seconds: "1:05:09". @param {number} milliseconds */
function exact(milliseconds) {
  const seconds = Math.floor(milliseconds / 1000);
  const two = (number) => String(number % 60).padStart(2, '0');
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60))}:${two(seconds)}`;
}
