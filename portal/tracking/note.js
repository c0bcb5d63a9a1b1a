// The note of the running timer while it is typed. It is kept on this device until the server has it: whatever happens
// to the page or the network, it is sent later, to the timer or to the time that the timer has become.
import { call, Offline } from '../core/api.js';
import { userId } from '../core/session.js';
import { timers } from './timers.js';

const PAUSE = 600; // after this long without a key it is sent: milliseconds
const key = () => `clockbill.note.${userId()}`;
/** @returns {{timerId: string, text: string} | null} */
const kept = () => JSON.parse(localStorage.getItem(key()) ?? 'null');

let waiting;
let sending;
/** What stands in the field: nothing overwrites it meanwhile. @type {{timerId: string, text: string} | null} */
let shown = null;

/** What is to be shown as the note of a timer. @param {{timerId: string | null, note: string}} timer */
export function noteOf({ timerId, note }) {
  return [shown, kept()].find((typed) => typed?.timerId === timerId)?.text ?? note;
}

/** Takes what stands in the field now, and sends it after a moment. @param {string} timerId @param {string} text */
export function typeNote(timerId, text) {
  shown = { timerId, text };
  localStorage.setItem(key(), JSON.stringify(shown));
  clearTimeout(waiting);
  waiting = setTimeout(() => sendNote().catch(() => {}), PAUSE);
}

/** Forgets what was typed for a timer that is discarded. */
export function dropNote() {
  clearTimeout(waiting);
  shown = null;
  localStorage.removeItem(key());
}

/**
 * Sends what was typed once the field is left: from then on it shows what the server has.
 *
 * @throws {Error} as `sendNote`
 */
export async function leaveNote() {
  const typed = shown;
  await sendNote();
  if (shown === typed) {
    shown = null;
  }
}

/**
 * Sends what was typed, if anything is left to be sent.
 *
 * @throws {Error} if it cannot be sent; what may still be sent later is kept
 */
export async function sendNote() {
  clearTimeout(waiting);
  sending = (sending ?? Promise.resolve()).catch(() => {}).then(sendKept);
  await sending;
}

async function sendKept() {
  const typed = kept();
  if (!typed) {
    return;
  }
  const { timerId, text } = typed;
  const body = { note: text.trim() };
  const toStopped = () => call('PATCH', `/time-entries/${timerId}`, { body });
  try {
    if (timers.timer?.timerId === timerId) {
      await timers.change(body).catch((failed) => {
        if (failed.status !== 404) {
          throw failed;
        }
        return toStopped(); // it was stopped while this was on its way
      });
    } else {
      await toStopped();
    }
  } catch (failed) {
    const stops = timers.waiting.some((each) => each.timerId === timerId);
    if (failed instanceof Offline || failed.temporary || (stops && failed.status === 404)) {
      throw failed;
    }
    forget(typed);
    throw failed;
  }
  forget(typed);
}

/** It has arrived, unless more was typed meanwhile. */
function forget({ timerId, text }) {
  const left = kept();
  if (left && left.timerId === timerId && left.text === text) {
    localStorage.removeItem(key());
  }
}

/** Sends it while the page is left: the request outlives the page, and its answer is heard by nobody. */
function sendLeaving() {
  const typed = kept();
  if (typed && timers.timer?.timerId === typed.timerId) {
    call('PATCH', `/timers/${typed.timerId}`, { body: { note: typed.text.trim() }, keepalive: true }).catch(() => {});
  }
}
addEventListener('pagehide', sendLeaving);
document.addEventListener('visibilitychange', () => document.hidden && sendLeaving()); // a phone may never say more
timers.addEventListener('read', () => {
  // While somebody types, the pause decides; what was left by an earlier page or a lost network goes now.
  if (kept() && !document.activeElement?.closest('.tracker')) {
    sendNote().catch(() => {});
  }
});
