// Loads files of the portal when they are first needed, which keeps pages light.
/** @import {FormDialog} from './form-dialog.js' */
import { address } from '../core/address.js';
import { finishPending, showMessage } from './messages.js';

/** What to say of a file that does not load, unless more is known about it. */
export const MISSING = 'A part of Clockbill could not be loaded. Try again in a moment.';

/** A file did not load. A page may not ask again for one that has once failed: a page that is loaded anew does. */
export class Missing extends Error {}

let asked = 0; // counts dialogs that somebody asked for: only the last one opens

/**
 * Loads a file without which a page cannot be shown.
 *
 * @template T
 * @param {HTMLElement} host
 * @param {() => Promise<T>} load imports the file
 * @returns {Promise<T>}
 * @throws {Missing} if it does not load, with what the frame found out about it
 */
export async function needFile(host, load) {
  try {
    return await load();
  } catch {
    const event = Object.assign(new Event('file-missing', { bubbles: true }), { why: Promise.resolve(MISSING) });
    host.dispatchEvent(event);
    throw new Missing(await event.why);
  }
}

/**
 * Loads a file. If it does not load, that is said, and this gives undefined.
 *
 * @template T
 * @param {HTMLElement} host
 * @param {() => Promise<T>} load imports the file
 * @returns {Promise<T | undefined>}
 */
export async function loadFile(host, load) {
  try {
    return await needFile(host, load);
  } catch (failed) {
    showMessage(failed.message);
    return undefined;
  }
}

/**
 * Opens a dialog that a page has in its template; its file is loaded when it is first opened. What could still be
 * undone is final before: people go on from what the page shows, and the server has to know the same.
 *
 * @param {HTMLElement} host
 * @param {string} tag of the dialog
 * @param {() => Promise<unknown>} load imports the dialog's file
 * @param {() => any} about gives what the dialog is about
 */
export async function openDialog(host, tag, load, about) {
  const round = ++asked;
  const { path } = address();
  const ready = (await finishPending()) && (await loadFile(host, load));
  if (ready && round === asked && path === address().path) {
    /** @type {FormDialog | null} */ (host.querySelector(tag))?.open(about());
  }
}
