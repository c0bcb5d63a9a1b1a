// What is wrong with fields, as it is said beside them or above all, and how the first of them is led to.
import { input, money } from '../core/format.js';
import { html, nothing } from '../vendor/lit.js';

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
function typeInto({ target }, text) {
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
