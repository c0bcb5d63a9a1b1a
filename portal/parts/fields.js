// Form fields: a label, the control, and beside it what is wrong with its value.
/** @import {Errors, FieldOptions} from '../types/portal' */
import { amountTyped, input, money } from '../core/format.js';
import { html, nothing } from '../vendor/lit.js';

/**
 * A field for text, numbers, dates.
 *
 * @param {string} label
 * @param {string} name
 * @param {string | number | null | undefined} value
 * @param {FieldOptions} [options]
 */
export function field(
  label,
  name,
  value,
  {
    errors,
    path = name,
    type = 'text',
    hint,
    required,
    maxlength,
    min,
    max,
    step,
    inputmode,
    rows,
    readonly,
    autocomplete = 'off',
    placeholder,
  } = {},
) {
  const error = errors?.get(path);
  const id = `field-${name.replaceAll(/\W/g, '-')}`;
  const described = error ? `${id}-error` : hint ? `${id}-hint` : nothing;
  const invalid = error ? 'true' : nothing;
  const control = rows
    ? html`<textarea
        name=${name}
        rows=${rows}
        maxlength=${maxlength ?? nothing}
        ?required=${required}
        aria-invalid=${invalid}
        aria-describedby=${described}
        .value=${value ?? ''}
      ></textarea>`
    : html`<input
        name=${name}
        type=${type}
        .value=${String(value ?? '')}
        ?required=${required}
        ?readonly=${readonly}
        maxlength=${maxlength ?? nothing}
        min=${min ?? nothing}
        max=${max ?? nothing}
        step=${step ?? nothing}
        inputmode=${inputmode ?? nothing}
        placeholder=${placeholder ?? nothing}
        autocomplete=${autocomplete}
        aria-invalid=${invalid}
        aria-describedby=${described}
      />`;
  return html`<div class="field">
    <label class="field"><span>${label}</span>${control}</label> ${
      error
        ? html`<small class="problem" id="${id}-error">${error}</small>`
        : hint
          ? html`<small id="${id}-hint">${hint}</small>`
          : nothing
    }
  </div>`;
}

/**
 * A choice among a few options.
 *
 * @param {string} label
 * @param {string} name
 * @param {string | undefined} value
 * @param {string[][]} options pairs of value and text
 * @param {{errors?: Errors, path?: string}} [more] as those of `field`
 */
export const choice = (label, name, value, options, { errors, path = name } = {}) =>
  html`<label class="field"
    ><span>${label}</span>
    <select name=${name} aria-invalid=${errors?.has(path) ? 'true' : nothing}>
      ${options.map(([each, words]) => html`<option value=${each} ?selected=${each === value}>${words}</option>`)}
    </select>
    ${errors?.has(path) ? html`<small class="problem">${errors.get(path)}</small>` : nothing}</label
  >`;

/**
 * A checkbox.
 *
 * @param {string} label
 * @param {string} name
 * @param {boolean} checked
 * @param {string} [hint]
 */
export const check = (label, name, checked, hint) =>
  html`<div class="field">
    <label class="check"
      ><input
        type="checkbox"
        name=${name}
        ?checked=${checked}
        aria-describedby=${hint ? `field-${name}-hint` : nothing}
      />
      <span>${label}</span></label
    >
    ${hint ? html`<small id="field-${name}-hint">${hint}</small>` : nothing}
  </div>`;

/**
 * What is wrong with the form as a whole, unless its fields show all of it.
 *
 * @param {any} failed
 * @param {...string} shown the paths of the fields that show their own errors
 */
export function problem(failed, ...shown) {
  if (!failed) {
    return nothing;
  }
  const errors = [...(failed.errors ?? [])];
  const unseen = errors.filter(([path]) => !shown.includes(path));
  const words = errors.length ? [...new Set(unseen.map(([, message]) => message))] : [failed.message];
  return words.length ? html`<p class="problem" role="alert">${words.map((each) => html`${each} `)}</p>` : nothing;
}

/** Whether somebody else has saved since; if so, the error's message tells how to go on. @param {any} failed */
export function explainConflict(failed) {
  if (failed.status === 412) {
    failed.message =
      'Somebody else changed this meanwhile. Save again to keep yours, or load the page again to see theirs.';
  }
  return failed.status === 412;
}

/** Moves the focus to the first field that is wrong. @param {HTMLElement} form */
export function focusFirstError(form) {
  /** @type {HTMLElement | null} */ (form.querySelector('[aria-invalid=true]'))?.focus();
}

/**
 * Does something with what a form holds. Until that has ended it cannot be sent again, and nothing can be typed into
 * it: that would not be saved, and be lost once what was saved is shown.
 *
 * @param {HTMLFormElement} form
 * @param {() => Promise<unknown>} act
 */
export async function whileSent(form, act) {
  const had = /** @type {HTMLElement | null} */ (document.activeElement);
  form.inert = true;
  try {
    await act();
  } finally {
    form.inert = false;
    if (document.activeElement?.contains(form)) {
      had?.focus({ preventScroll: true }); // a second click meanwhile has moved it to what is around the form
    }
  }
}

/** Refuses a form as the server would do it. @param {string} path @param {unknown} words a sentence, or a template */
export function refuse(path, words) {
  return Object.assign(new Error('Correct the field that is marked.'), { errors: new Map([[path, words]]) });
}

/**
 * Puts a text into the field that a button stands at, as if it had been typed.
 *
 * @param {Event} event
 * @param {string} text
 */
export function typeInto({ target }, text) {
  const around = /** @type {HTMLElement} */ (target).closest('div.field, span.field');
  const control = around?.querySelector('input');
  if (control) {
    control.value = text;
    control.dispatchEvent(new Event('input', { bubbles: true }));
    control.dispatchEvent(new Event('change', { bubbles: true }));
    control.focus();
  }
}

/**
 * What is wrong with a typed amount. Where it may be read in two ways, buttons beside the field take one of them, and
 * the form hears by `answered` that this path is no longer wrong.
 *
 * @param {{problem: string, readings?: number[]}} reading
 * @param {string} currency
 * @param {string} [path]
 */
export const amountProblem = ({ problem: words, readings }, currency, path) =>
  readings
    ? html`${words}
      ${readings.map(
        (amount) =>
          html`<button
            type="button"
            class="plain"
            @click=${(event) => {
              typeInto(event, input(amount, currency));
              event.target.dispatchEvent(new CustomEvent('answered', { detail: path, bubbles: true }));
            }}
          >
            ${money(amount, currency)}
          </button> `,
      )}`
    : words;

/**
 * The amount typed into a field, in minor units. What is not an amount is refused as the server would do it, and so are
 * blanks, which a browser takes for an answer: the server may take an absent amount for all there is.
 *
 * @param {FormData} form
 * @param {string} name
 * @param {string} currency
 * @param {string} [path] the API's name of the field, if it is not the control's
 * @param {{least?: number}} [limits] minor units; by default not below zero
 */
export function readAmount(form, name, currency, path = name, limits = { least: 0 }) {
  const reading = amountTyped(String(form.get(name) ?? ''), currency, limits);
  if (reading.problem !== undefined) {
    throw refuse(path, amountProblem(reading, currency, path));
  }
  return reading.amount;
}

/**
 * Likewise for a field that may be left empty, which means something of its own; undefined if it was.
 *
 * @param {FormData} form
 * @param {string} name
 * @param {string} currency
 * @param {string} [path]
 */
export const readAmountIfAny = (form, name, currency, path) =>
  String(form.get(name) ?? '').trim() === '' ? undefined : readAmount(form, name, currency, path);

/** The setting of a firm or a customer to send invoices without a look at them. @param {boolean} checked */
export const sendAutomatically = (checked) =>
  check(
    'Send invoices as soon as they are drafted',
    'sendAutomatically',
    checked,
    'Stopped time is sent at once, on an invoice of its own. ' +
      'What Send would refuse waits as a draft, and the owner gets a mail.',
  );
