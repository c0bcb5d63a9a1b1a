// Form fields: a label, the control, and beside it what is wrong with its value.
/** @import {Errors, FieldOptions} from '../types/portal' */
import { amountTyped } from '../core/typed-amounts.js';
import { html, nothing } from '../vendor/lit.js';
import { amountProblem, refuse } from './problems.js';

export { amountProblem, explainConflict, focusFirstError, problem, refuse } from './problems.js';

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
 * @param {{errors?: Errors, path?: string, chosen?: (value: string) => void}} [more] as those of `field`, and who hears
 *   of another choice
 */
export const choice = (label, name, value, options, { errors, path = name, chosen } = {}) =>
  html`<label class="field"
    ><span>${label}</span>
    <select
      name=${name}
      aria-invalid=${errors?.has(path) ? 'true' : nothing}
      @change=${chosen ? (event) => chosen(event.target.value) : nothing}
    >
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
 * @param {boolean} [disabled]
 */
export const check = (label, name, checked, hint, disabled = false) =>
  html`<div class="field">
    <label class="check"
      ><input
        type="checkbox"
        name=${name}
        ?checked=${checked}
        ?disabled=${disabled}
        aria-describedby=${hint ? `field-${name}-hint` : nothing}
      />
      <span>${label}</span></label
    >
    ${hint ? html`<small id="field-${name}-hint">${hint}</small>` : nothing}
  </div>`;

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

/**
 * The setting of a firm or a customer to send invoices without a look at them.
 *
 * @param {boolean} checked
 * @param {boolean} [may] whether the person may change it
 */
export const sendAutomatically = (checked, may = true) =>
  check(
    'Send invoices as soon as they are drafted',
    'sendAutomatically',
    checked,
    may
      ? 'Stopped time is sent at once, on an invoice of its own. ' +
          'What Send would refuse waits as a draft, and the owner gets an email.'
      : 'Only the owners of your firm send invoices, so only they can change this.',
    !may,
  );
