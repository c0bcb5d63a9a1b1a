// What was typed into a form and is not saved yet: nobody loses it without being asked. A form is watched from the
// first focus in it on, if it has the attribute `data-asks`.

/** What each watched form held when its fields were as saved. @type {Map<HTMLFormElement, string>} */
const held = new Map();
/** Those into which somebody typed since. @type {WeakSet<HTMLFormElement>} */
const typedInto = new WeakSet();
const WORDS = 'Leave without saving what you typed?';

const content = (form) =>
  JSON.stringify([...new FormData(form)].map(([name, value]) => [name, value instanceof File ? value.name : value]));

/** Takes what a form holds now as saved. @param {HTMLFormElement} form */
export function saved(form) {
  held.set(form, content(form));
  typedInto.delete(form);
}

/** Whether something was typed that is not saved: into this form, or into any. @param {HTMLFormElement} [only] */
export function holdsUnsaved(only) {
  for (const form of held.keys()) {
    if (!form.isConnected) {
      held.delete(form);
    }
  }
  return [...held].some(
    ([form, before]) =>
      (!only || form === only) && typedInto.has(form) && form.checkVisibility() && content(form) !== before,
  );
}

/** Whether somebody who leaves a form, or all, loses nothing or wants to. @param {HTMLFormElement} [form] */
export const mayLeave = (form) => !holdsUnsaved(form) || confirm(WORDS);

/** Forgets what was typed into a form, which is closed. @param {HTMLFormElement} form */
export const forget = (form) => held.delete(form);

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

document.addEventListener('focusin', ({ target }) => {
  const form = /** @type {HTMLElement} */ (target).closest('form');
  if (form?.hasAttribute('data-asks') && !held.has(form)) {
    saved(form);
  }
});
document.addEventListener('input', ({ target }) => {
  const form = /** @type {HTMLElement} */ (target).closest('form');
  if (form) {
    typedInto.add(form);
  }
});
addEventListener('beforeunload', (event) => {
  if (holdsUnsaved()) {
    event.preventDefault(); // the browser asks
  }
});
