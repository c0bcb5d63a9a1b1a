// Opens a dialog of a page. The dialog's file is loaded when it is first opened, which keeps pages light.
/** @import {FormDialog} from './form-dialog.js' */

/**
 * Tells the frame that a file of the portal did not load: it finds out why.
 *
 * @param {HTMLElement} host
 */
export const fileMissing = (host) => host.dispatchEvent(new Event('file-missing', { bubbles: true }));

/**
 * @param {HTMLElement} host which has the dialog's element in its template
 * @param {string} tag of the dialog
 * @param {() => Promise<unknown>} load imports the dialog's file
 * @param {any} about what the dialog is about
 */
export async function openDialog(host, tag, load, about) {
  try {
    await load();
  } catch {
    fileMissing(host);
    return;
  }
  /** @type {FormDialog | null} */ (host.querySelector(tag))?.open(about);
}
