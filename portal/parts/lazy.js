// Loads files of the portal when they are first needed, which keeps pages light.
/** @import {FormDialog} from './form-dialog.js' */
import { address } from '../core/address.js';
import { finishPending } from './messages.js';

let asked = 0; // counts dialogs that somebody asked for: only the last one opens

/**
 * Loads a file. If it does not load, the frame finds out why, and this gives undefined.
 *
 * @template T
 * @param {HTMLElement} host
 * @param {() => Promise<T>} load imports the file
 */
export async function loadFile(host, load) {
  try {
    return await load();
  } catch {
    host.dispatchEvent(new Event('file-missing', { bubbles: true }));
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
