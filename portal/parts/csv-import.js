// Imports customers and services from a CSV file. The file is tried first, to show what will become of every line.
/** @import {ImportedLine, Me} from '../types/model' */
import { post } from '../core/api.js';
import { money } from '../core/format.js';
import { html, LitElement, nothing } from '../vendor/lit.js';
import { whileDisabled, showMessage } from './messages.js';
import { loadFile } from './lazy.js';
import { cell, num, table } from './tables.js';

const KINDS = {
  customers: {
    one: 'customer',
    columns: 'name and email, and where wanted address and a rate of their own for each service',
    sample:
      'name,email,address,hourlyRateDecimal:Tax Resolution\r\n' +
      'Ada Lovelace,ada@example.com,"12 St James Square\nLondon",220.00\r\n',
  },
  services: {
    one: 'service',
    columns: 'name and hourlyRateDecimal, and where wanted description',
    sample: 'name,hourlyRateDecimal,description\r\nTax Resolution,250.00,Notices and appeals\r\n',
  },
};
const FATES = { refused: ['Refused', 'bad'], created: ['New', 'ok'], unchanged: ['Already here', 'quiet'] };
const SHOWN = 200;

/** The file's text: UTF-8 or, if it is not that, the older encoding of Western spreadsheets. */
async function text(file) {
  const bytes = await file.arrayBuffer();
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

class CsvImport extends LitElement {
  static properties = {
    me: { attribute: false },
    currency: {},
    kind: { state: true },
    tried: { state: true },
    failed: { state: true },
    done: { state: true },
  };

  constructor() {
    super();
    /** @type {Me} */
    this.me;
    this.currency = '';
    /** @type {'customers' | 'services'} */
    this.kind = 'customers';
    /** The file and its lines. @type {{csv: string, lines: ImportedLine[], name: string} | undefined} */
    this.tried = undefined;
    /** @type {any} */
    this.failed = undefined;
    this.done = false;
  }

  createRenderRoot() {
    return this;
  }

  #choose(kind) {
    this.kind = kind;
    this.tried = this.failed = undefined;
    this.done = false;
  }

  async #try(file) {
    if (!file) {
      return;
    }
    this.#choose(this.kind);
    try {
      const csv = await text(file);
      const { lines } = await post(`/imports/${this.kind}?dryRun=true`, csv, { costly: true });
      this.tried = { csv, lines, name: file.name };
    } catch (failed) {
      this.failed = failed;
    }
  }

  /** The file that was tried. */
  get #file() {
    return /** @type {NonNullable<typeof this.tried>} */ (this.tried);
  }

  async #saveSample() {
    const file = await loadFile(this, () => import('../core/download.js'));
    file?.save(new Blob([KINDS[this.kind].sample], { type: 'text/csv' }), `${this.kind}.csv`);
  }

  #import(event) {
    whileDisabled(event, async () => {
      const { csv, name } = this.#file;
      const { lines } = await post(`/imports/${this.kind}`, csv, { once: true }); // it would find all unchanged
      this.tried = { csv, lines, name };
      this.done = true;
      showMessage(`${this.#count('created')} imported`);
    });
  }

  #count(fate) {
    return this.#file.lines.filter((line) => line.fate === fate).length;
  }

  #line(line) {
    const [words, look] = FATES[line.fate];
    return html`<tr>
      <th scope="row">${line.line}</th>
      ${cell('Name', line.name ?? '')}
      ${
        this.kind === 'services'
          ? cell(
              'Rate an hour',
              line.hourlyRate === undefined || line.hourlyRate === null ? '' : money(line.hourlyRate, this.currency),
              'num',
            )
          : nothing
      }
      ${cell(
        'Fate',
        html`<span
          ><span class="pill ${look}">${this.done && line.fate === 'created' ? 'Imported' : words}</span>
          ${line.errors.map((error) => html`<br /><small>${error.field}: ${error.message}</small>`)}</span
        >`,
      )}
    </tr>`;
  }

  #preview() {
    const order = Object.keys(FATES);
    const { lines: unordered, name } = this.#file;
    const lines = unordered.toSorted((one, other) => order.indexOf(one.fate) - order.indexOf(other.fate));
    const created = this.#count('created');
    const { one } = KINDS[this.kind];
    return html`<p role="status">
        <b>${name}</b>: ${created} ${this.done ? 'imported' : 'new'}, ${this.#count('unchanged')} already here,
        ${this.#count('refused')} refused
      </p>
      ${
        this.done
          ? html`<div class="row">
              <a class="button primary" href=${this.kind === 'customers' ? '#/customers' : '#/settings/services'}
                >See them</a
              >
            </div>`
          : html`<div class="row">
              <button class="primary" ?disabled=${created === 0} @click=${(event) => this.#import(event)}>
                Import ${created} ${created === 1 ? one : this.kind}
              </button>
              <span class="muted">Nothing is written before.</span>
            </div>`
      }
      ${table(
        'Lines of the file',
        ['Line', 'Name', ...(this.kind === 'services' ? [num('Rate an hour')] : []), 'Fate'],
        lines.slice(0, SHOWN).map((line) => this.#line(line)),
      )}
      ${
        lines.length > SHOWN
          ? html`<p class="muted">
              Shown are the first ${SHOWN} of ${lines.length}, the refused ones before the others.
            </p>`
          : nothing
      }`;
  }

  render() {
    const { columns } = KINDS[this.kind];
    return html`<div class="stack">
      <fieldset class="row">
        <legend>What is in the file</legend>
        ${Object.keys(KINDS)
          .filter((kind) => kind === 'customers' || this.me.role === 'owner')
          .map(
            (kind) =>
              html`<label class="check">
                <input type="radio" name="kind" ?checked=${kind === this.kind} @change=${() => this.#choose(kind)} />
                <span>${kind === 'customers' ? 'Customers' : 'Paid services'}</span></label
              >`,
          )}
      </fieldset>
      <p class="muted">
        A CSV file whose first line names the columns: ${columns}.
        <button class="plain" @click=${() => this.#saveSample()}>Download a sample</button>
      </p>
      <label
        class="field drop"
        @dragover=${(event) => event.preventDefault()}
        @drop=${(event) => {
          event.preventDefault();
          this.#try(event.dataTransfer.files[0]);
        }}
      >
        <span>File</span
        ><input
          type="file"
          accept=".csv,text/csv"
          @change=${(event) => {
            this.#try(event.target.files[0]);
            event.target.value = '';
          }}
      /></label>
      ${
        this.failed
          ? html`<p class="problem" role="alert">${this.failed.errors?.get('file') ?? this.failed.message}</p>`
          : nothing
      }
      ${this.tried ? this.#preview() : nothing}
    </div>`;
  }
}
customElements.define('csv-import', CsvImport);
