// Going on with earlier work by one click: a paused timer, or any time in a list. A pause stops the timer, and its time
// is drafted like any other; what is kept on this device is only what to go on with.
import { userId } from '../core/session.js';
import { announce, showMessage } from '../parts/messages.js';
import { timers } from './timers.js';
import { usedNow } from './last-used.js';

/** @typedef {Pick<import('../types/model').TimeEntry, typeof FIELDS[number]>} Work */

const FIELDS = /** @type {const} */ (['customerId', 'customerName', 'serviceId', 'serviceName', 'note']);
const key = () => `clockbill.paused.${userId()}`;

/** What was paused and waits to be continued; null if nothing does. @returns {Work | null} */
export const paused = () => (timers.timer ? null : JSON.parse(localStorage.getItem(key()) ?? 'null'));

/** Keeps what is paused. @param {Work} work */
export const keepPaused = (work) =>
  localStorage.setItem(key(), JSON.stringify(Object.fromEntries(FIELDS.map((field) => [field, work[field]]))));

/** Forgets it. */
export const dropPaused = () => localStorage.removeItem(key());

let starting = false; // a second click is not to stop and draft the time that the first one has just begun

/**
 * Starts a timer for the same customer and service with the same note; a timer that runs is stopped first.
 *
 * @param {Work} work
 */
export async function continueWork({ customerId, customerName, serviceId, serviceName, note }) {
  if (starting) {
    return;
  }
  starting = true;
  try {
    await timers.start(
      { customerId, serviceId, note: note ?? '', onRunning: timers.timer ? 'stop' : undefined },
      { customerName, serviceName },
    );
    dropPaused();
    usedNow(customerId, serviceId);
    announce(`Tracking ${serviceName} for ${customerName} started`);
  } catch (failed) {
    showMessage(failed.message);
  } finally {
    starting = false;
  }
}
