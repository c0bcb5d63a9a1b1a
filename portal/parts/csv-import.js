// Imports customers, services and time from a CSV file. The file is tried first: what its columns are is asked where
// nobody knows it, and it is shown what will become of every line.
/** @import {Me, Tried} from '../types/model' */
import { call, queryString } from '../core/api.js';
import { date, money } from '../core/format.js';
import { html, LitElement, nothing } from '../vendor/lit.js';
import { fileDrop } from './file-drop.js';
import { whileDisabled, showMessage } from './messages.js';
import { ENCODINGS, KINDS, wordsFor } from './import-words.js';
import { loadFile } from './lazy.js';
import { cell, elapsed, num, table } from './tables.js';

const ORDER = ['refused', 'created', 'unchanged'];
const BYTES = 'application/octet-stream'; // what a gateway passes on as it is
const LEFT_OUT = '-';
const SHOWN = 200;

/** @param {number} count @param {string} one @param {string} many */
const counted = (count, one, many) => `${count} ${count === 1 ? one : many}`;

/** A day as a date of the file reads in an order. @param {string} text @param {string} order */
function readAs(text, order) {
  const [first, second, year] = text.split(/\D+/);
  const [day, month] = order === 'dayFirst' ? [first, second] : [second, first];
  return date(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`);
}

class CsvImport extends LitElement {
  static properties = {
    me: { attribute: false },
    currency: {},
    kind: { state: true },
    file: { state: true },
    said: { state: true },
    encodings: { state: true },
    tried: { state: true },
    failed: { state: true },
    done: { state: true },
  };
  #latest = 0;

  constructor() {
    super();
    /** @type {Me} */
    this.me;
    this.currency = '';
    /** @type {'customers' | 'services' | 'staff' | 'time'} */
    this.kind = 'customers';
    /** @type {{name: string, bytes: Uint8Array<ArrayBuffer>} | undefined} */
    this.file = undefined;
    /** What the person says of it. @type {{columns: Record<string, any>, charset?: string, dates?: string}} */
    this.said = { columns: {} };
    /** @type {{charset: string, lines: string[]}[]} */
    this.encodings = [];
    /** @type {Tried | undefined} */
    this.tried = undefined;
    /** @type {any} */
    this.failed = undefined;
    this.done = false;
  }

  createRenderRoot() {
    return this;
  }

  #forget() {
    this.file = undefined;
    this.said = { columns: {} };
    this.encodings = [];
    this.tried = this.failed = undefined;
    this.done = false;
  }

  #choose(kind) {
    this.kind = kind;
    this.#forget();
  }

  async #open(chosen) {
    if (!chosen) {
      return;
    }
    this.#forget();
    this.file = { name: chosen.name, bytes: new Uint8Array(await chosen.arrayBuffer()) };
    await this.#try();
  }

  /** Says something of the file, and tries it again. */
  #say(said) {
    this.said = { ...this.said, ...said };
    return this.#try();
  }

  #sayColumns(columns) {
    return this.#say({ columns: { ...this.said.columns, ...columns } });
  }

  #send(dryRun, options) {
    const { columns, charset, dates } = this.said;
    const query = queryString({
      dryRun: dryRun ? 'true' : undefined,
      columns: Object.keys(columns).length ? JSON.stringify(columns) : undefined,
      charset,
      dates,
    });
    return call('POST', `/imports/${this.kind}${query}`, {
      body: new Blob([this.#bytes], { type: BYTES }),
      ...options,
    });
  }

  async #try() {
    const latest = ++this.#latest;
    this.failed = undefined;
    try {
      const tried = await this.#send(true, { costly: true });
      if (latest === this.#latest) {
        this.tried = tried;
        this.encodings = [];
      }
    } catch (failed) {
      if (latest === this.#latest) {
        this.tried = undefined;
        this.encodings = failed.problem?.encodings ?? [];
        this.failed = this.encodings.length ? undefined : failed;
      }
    }
  }

  #import(event) {
    whileDisabled(event, async () => {
      this.tried = await this.#send(false, { once: true }); // asked again, it would find all of it there
      this.done = true;
      showMessage(`${counted(this.#taken, KINDS[this.kind].one, KINDS[this.kind].many)} ${KINDS[this.kind].past}`);
    });
  }

  async #save(text, name) {
    const file = await loadFile(this, () => import('../core/download.js'));
    file?.save(new Blob(['\ufeff', text], { type: 'text/csv' }), name);
  }

  /** The lines that cannot be taken, as they stand in the file, below what stands above all of them. */
  #saveRefused() {
    const { lines } = this.#result;
    const { bytes, name } = /** @type {NonNullable<typeof this.file>} */ (this.file);
    const marked = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : bytes[0] === 0xfe ? 'utf-16be' : 'utf-8';
    const rows = new TextDecoder(this.said.charset ?? marked).decode(bytes).split(/\r\n|\n|\r/);
    const starts = lines.map(({ line }) => line - 1);
    const kept = rows.slice(0, starts[0]);
    lines.forEach(({ fate }, at) => {
      if (fate === 'refused') {
        kept.push(...rows.slice(starts[at], starts[at + 1]));
      }
    });
    return this.#save(kept.join('\r\n'), name.replace(/(\.\w+)?$/, '-not-taken.csv'));
  }

  get #bytes() {
    return /** @type {NonNullable<typeof this.file>} */ (this.file).bytes;
  }

  /** What the file came to. */
  get #result() {
    return /** @type {NonNullable<typeof this.tried>} */ (this.tried);
  }

  get #unknown() {
    return this.#result.columns.filter(({ known, leftOut }) => !known && !leftOut);
  }

  #count(fate) {
    return this.#result.lines.filter((line) => line.fate === fate).length;
  }

  #encodings() {
    return html`<form
      class="stack"
      @submit=${(event) => {
        event.preventDefault();
        this.#say({ charset: String(new FormData(event.target).get('charset')) });
      }}
    >
      <fieldset>
        <legend>Which of these reads right?</legend>
        <p class="muted">The file does not say which letters it is written in.</p>
        ${this.encodings.map(
          ({ charset, lines }) =>
            html`<label class="check reads">
              <input type="radio" name="charset" value=${charset} required />
              <span
                ><b>${lines[0] ?? 'No letters to tell by'}</b><br /><small>${ENCODINGS[charset]}</small></span
              ></label
            >`,
        )}
      </fieldset>
      <div class="row"><button class="primary">Continue</button></div>
    </form>`;
  }

  #questions() {
    return this.#result.questions.map(
      ({ choices, samples }) =>
        html`<form
          class="stack"
          @submit=${(event) => {
            event.preventDefault();
            this.#say({ dates: String(new FormData(event.target).get('dates')) });
          }}
        >
          <fieldset>
            <legend>Which day is ${samples[0]}?</legend>
            ${choices.map(
              (order) =>
                html`<label class="check">
                  <input type="radio" name="dates" value=${order} required />
                  <span>${readAs(samples[0], order)}</span></label
                >`,
            )}
          </fieldset>
          <div class="row"><button class="primary">Continue</button></div>
        </form>`,
    );
  }

  #column({ label, field, known, leftOut, samples }) {
    const { names } = this.#result;
    const now = leftOut ? LEFT_OUT : known ? (names.find((name) => this.said.columns[label] === name) ?? field) : '';
    // A rate may be in minor units, which nobody chooses, or be that of one service.
    const others = now === 'hourlyRate' ? names.filter((name) => name !== 'hourlyRateDecimal') : names;
    const listed = now && now !== LEFT_OUT && !names.includes(now) ? [now, ...others] : others;
    return html`<tr>
      <th scope="row">${label || 'Without a name'}</th>
      ${cell('In the file', html`<span class="muted">${samples.join(' · ')}</span>`)}
      ${cell(
        'Here',
        html`<select
          aria-label="What ${label} is"
          aria-invalid=${now ? nothing : 'true'}
          @change=${({ target }) => this.#sayColumns({ [label]: target.value === LEFT_OUT ? null : target.value })}
        >
          ${now ? nothing : html`<option value="" selected disabled>Choose…</option>`}
          <option value=${LEFT_OUT} ?selected=${now === LEFT_OUT}>Leave out</option>
          ${listed.map((name) => html`<option value=${name} ?selected=${name === now}>${wordsFor(name)}</option>`)}
        </select>`,
      )}
    </tr>`;
  }

  #mapping() {
    const { columns, missing } = this.#result;
    const unknown = this.#unknown;
    const open = unknown.length > 0 || missing.length > 0;
    return html`<details class="mapping" ?open=${open}>
      <summary>
        ${
          open
            ? 'Say what the columns are'
            : `${counted(columns.filter(({ known }) => known).length, 'column is', 'columns are')} read`
        }
      </summary>
      ${
        missing.length
          ? html`<p class="hint">
              Choose the ${missing.length === 1 ? 'column that is' : 'columns that are'}:
              ${missing.map((name) => wordsFor(name).toLowerCase()).join(', ')}.
            </p>`
          : nothing
      }
      ${
        unknown.length > 0
          ? html`<div class="row">
              <button @click=${() => this.#sayColumns(Object.fromEntries(unknown.map(({ label }) => [label, null])))}>
                Leave out the ${unknown.length === 1 ? 'one' : unknown.length} not chosen
              </button>
            </div>`
          : nothing
      }
      ${table(
        'Columns of the file',
        ['Column', 'In the file', 'Here'],
        columns
          .filter((column) => column.samples.length || unknown.includes(column)) // empty ones tell nobody anything
          .toSorted((one, other) => Number(unknown.includes(other)) - Number(unknown.includes(one)))
          .map((each) => this.#column(each)),
        { seen: false },
      )}
    </details>`;
  }

  #line(line) {
    const words = {
      created: this.done ? 'Added' : 'Will be added',
      changed: this.done ? 'Changed' : 'Will be changed',
      unchanged: 'Already there',
      refused: 'Cannot be taken',
    };
    const look = { created: 'ok', changed: 'ok', unchanged: 'quiet', refused: 'bad' }[line.fate];
    return html`<tr>
      <th scope="row">${line.line}</th>
      ${cell(this.kind === 'time' ? 'Customer' : 'Name', line.name ?? '')}
      ${
        this.kind === 'services' || this.kind === 'staff'
          ? cell('Rate an hour', line.hourlyRate === undefined ? '' : money(line.hourlyRate, this.currency), 'num')
          : nothing
      }
      ${
        this.kind === 'time'
          ? html`${cell('Service', line.serviceName ?? '')}
            ${cell('Day', line.workedOn ? date(line.workedOn) : '', 'day')}
            ${cell('Duration', line.measuredSeconds === undefined ? '' : elapsed(line.measuredSeconds), 'num')}
            ${cell('Rate an hour', line.hourlyRate === undefined ? '' : money(line.hourlyRate, this.currency), 'num')}
            ${cell('Amount', line.amount === undefined ? '' : money(line.amount, this.currency), 'num')}`
          : nothing
      }
      ${cell(
        'What happens',
        html`<span
          ><span class="pill ${look}">${words[line.fate]}</span>
          ${line.hint ? html`<br /><small>${line.hint}</small>` : nothing}
          ${line.errors.map(
            ({ field, message }) => html`<br /><small>${field === 'line' ? '' : `${field}: `}${message}</small>`,
          )}</span
        >`,
        'whole',
      )}
    </tr>`;
  }

  /** How many lines are added or changed, or would be. */
  get #taken() {
    return this.#count('created') + this.#count('changed');
  }

  #summary() {
    const [there, refused] = ['unchanged', 'refused'].map((fate) => this.#count(fate));
    const { past } = KINDS[this.kind];
    return [
      `${this.#taken} ${this.done ? past : `will be ${past}`}`,
      ...(there ? [`${there} ${there === 1 ? 'is' : 'are'} left out as already there`] : []),
      ...(refused ? [`${refused} cannot be taken`] : []),
    ].join(', ');
  }

  #preview() {
    const lines = this.#result.lines.toSorted((one, other) => ORDER.indexOf(one.fate) - ORDER.indexOf(other.fate));
    const created = this.#taken;
    const { one, many, seen, past } = KINDS[this.kind];
    const open = this.#unknown.length > 0;
    const columns = {
      customers: ['Name'],
      services: ['Name', num('Rate an hour')],
      staff: ['Name', num('Rate an hour')],
      time: ['Customer', 'Service', 'Day', num('Duration'), num('Rate an hour'), num('Amount')],
    }[this.kind];
    return html`<p role="status"><b>${this.file?.name}</b>: ${this.#summary()}</p>
      <div class="row">
        ${
          this.done
            ? html`<a class="button primary" href=${seen}>See them</a>`
            : html`<button class="primary" ?disabled=${created === 0 || open} @click=${(event) => this.#import(event)}>
                  Import ${counted(created, one, many)}
                </button>
                <span class="muted"
                  >${open ? 'Choose what every column is first.' : `Nothing has been ${past} so far.`}</span
                >`
        }
        ${
          this.#count('refused') > 0
            ? html`<button class="plain" @click=${() => this.#saveRefused()}>
                Download the lines that cannot be taken
              </button>`
            : nothing
        }
      </div>
      ${table(
        'Lines of the file',
        ['Line', ...columns, 'What happens'],
        lines.slice(0, SHOWN).map((line) => this.#line(line)),
      )}
      ${
        lines.length > SHOWN
          ? html`<p class="muted">
              These are the first ${SHOWN} of ${lines.length}, those that cannot be taken first.
            </p>`
          : nothing
      }`;
  }

  #tried() {
    const { questions, missing } = this.#result;
    return html`${this.done ? nothing : this.#mapping()} ${this.#questions()}
    ${missing.length > 0 || questions.length > 0 ? nothing : this.#preview()}`;
  }

  render() {
    const { about, sample } = KINDS[this.kind];
    return html`<div class="stack">
      <fieldset class="row">
        <legend>What is in the file</legend>
        ${Object.entries(KINDS)
          .filter(([kind]) => (kind !== 'services' && kind !== 'staff') || this.me.role === 'owner')
          .map(
            ([kind, { words }]) =>
              html`<label class="check">
                <input type="radio" name="kind" ?checked=${kind === this.kind} @change=${() => this.#choose(kind)} />
                <span>${words}</span></label
              >`,
          )}
      </fieldset>
      <p class="muted">A CSV file whose first line names the columns. ${about}</p>
      ${fileDrop(
        { words: 'File', hint: 'Drop the file here, or choose it.', accept: '.csv,.txt,.tsv,text/csv' },
        (file) => this.#open(file),
      )}
      <div class="row">
        <button class="plain flush" @click=${() => this.#save(sample, `${this.kind}.csv`)}>Download a template</button>
      </div>
      ${
        this.failed
          ? html`<p class="problem" role="alert">
              ${this.failed.errors?.get('file') ?? this.failed.errors?.get('charset') ?? this.failed.message}
            </p>`
          : nothing
      }
      ${this.encodings.length > 0 ? this.#encodings() : nothing} ${this.tried ? this.#tried() : nothing}
    </div>`;
  }
}
customElements.define('csv-import', CsvImport);
