// The contacts of a customer in a form: who gets which of their emails beside the customer's own address.
import { html, LitElement, nothing } from '../vendor/lit.js';
import { ALL, MAILS } from './contact-words.js';
import { field } from './fields.js';
import { announce } from './messages.js';

const MOST = 10;
class ContactEditor extends LitElement {
  static properties = { contacts: { attribute: false }, errors: { attribute: false }, rows: { state: true } };

  constructor() {
    super();
    /** The contacts as they were read. @type {any[]} */
    this.contacts = [];
    /** What is wrong, by the API's paths. @type {Map<string, any> | undefined} */
    this.errors = undefined;
    /** The contacts as they are typed. @type {any[]} */
    this.rows = [];
  }

  createRenderRoot() {
    return this;
  }

  willUpdate(changed) {
    if (changed.has('contacts')) {
      this.rows = this.contacts.map((each) => ({ ...each, name: each.name ?? '' }));
    }
  }

  /** The contacts as a request has them; rows that say nothing are dropped, so that errors find their rows. */
  get value() {
    this.rows = this.rows.filter(({ name, email }) => name.trim() || email.trim());
    return this.rows.map(({ name, email, gets }) => ({ name: name.trim() || null, email: email.trim(), gets }));
  }

  async #add() {
    this.rows = [...this.rows, { name: '', email: '', gets: ALL }];
    await this.updateComplete;
    /** @type {HTMLElement | null} */ (this.querySelector('fieldset:last-of-type input'))?.focus();
  }

  async #remove(at) {
    const { name, email } = this.rows[at];
    this.rows = this.rows.filter((each, place) => place !== at);
    announce(`${name || email || 'The contact'} is removed.`);
    await this.updateComplete;
    /** @type {HTMLElement | null} */ (this.querySelector('button.add'))?.focus();
  }

  #change(at, what) {
    this.rows = this.rows.map((each, place) => (place === at ? { ...each, ...what } : each));
  }

  #toggle(at, word, on) {
    const { gets } = this.rows[at];
    this.#change(at, { gets: ALL.filter((each) => (each === word ? on : gets.includes(each))) });
  }

  #row({ name, email, gets }, at) {
    const typed = ({ target }) => target.name && this.#change(at, { [target.name.split(' ')[2]]: target.value });
    const path = `contacts[${at}]`;
    return html`<fieldset class="contact">
      <legend>${name || `Contact ${at + 1}`}</legend>
      <div class="fields" @input=${typed}>
        ${field('Name', `contact ${at} name`, name, { errors: this.errors, path: `${path}.name`, maxlength: 200 })}
        ${field('Email', `contact ${at} email`, email, {
          errors: this.errors,
          path: `${path}.email`,
          type: 'email',
          required: Boolean(name.trim()),
        })}
      </div>
      <div class="row apart">
        <div class="row" role="group" aria-label="Gets">
          ${MAILS.map(
            ([word, text]) =>
              html`<label class="check"
                ><input
                  type="checkbox"
                  .checked=${gets.includes(word)}
                  @change=${({ target }) => this.#toggle(at, word, target.checked)}
                /><span>${text}</span></label
              >`,
          )}
        </div>
        <button
          type="button"
          class="plain"
          aria-label="Remove ${name || email || `contact ${at + 1}`}"
          @click=${() => this.#remove(at)}
        >
          Remove
        </button>
      </div>
    </fieldset>`;
  }

  render() {
    const most = this.rows.length >= MOST;
    return html`${this.rows.map((each, at) => this.#row(each, at))}
      <div class="row">
        <button type="button" class="add" ?disabled=${most} @click=${() => this.#add()}>Add a contact</button>
        ${most ? html`<small>A customer has at most ${MOST} contacts.</small>` : nothing}
      </div>`;
  }
}
customElements.define('contact-editor', ContactEditor);
