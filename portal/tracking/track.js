// Track: asks which service to track for a customer. Pages on which no customer is tracked load the dialog's file when
// somebody does so all the same.
/** @import {Customer} from '../types/model' */
import { address } from '../core/address.js';
import { loadFile } from '../parts/lazy.js';

let asked = 0; // counts how often somebody asked: only the last one is shown, where it was asked for

/**
 * Opens the dialog in which the service is chosen. Enter and Escape that are pressed while it is on its way count.
 *
 * @param {Customer} customer
 * @param {boolean} [startNow] starts the first service that is offered, without another question
 */
export async function track(customer, startNow = false) {
  const round = ++asked;
  const { path } = address();
  const dialog = /** @type {any} */ (document.querySelector('track-dialog'));
  let pressed = startNow ? 'Enter' : '';
  const press = (event) => {
    if (['Enter', 'Escape'].includes(event.key)) {
      pressed = event.key;
      event.preventDefault();
      event.stopPropagation();
    }
  };
  addEventListener('keydown', press, true);
  const ready = await loadFile(dialog, () => import('./track-dialog.js'));
  removeEventListener('keydown', press, true);
  if (ready && round === asked && path === address().path && pressed !== 'Escape') {
    await dialog.updateComplete;
    dialog.open(customer, pressed === 'Enter');
  }
}
