// The server's time, however wrong this device's clock is, and even if somebody sets it while the page is open.
//
// Times from the server are cut to the second. When one arrives, the server's clock shows something between that time
// and one second more. So each response gives a lower and an upper bound for the difference between the two clocks,
// and all responses together narrow it down. What is known is kept on the device: after a reload, time is right before
// the first response.
const KEPT = 'clockbill.clock';
const AGES = 30 * 24 * 3_600_000; // clocks of devices drift: what is known for longer counts no more
const ASLEEP = 2000; // a difference that is no matter of chance: milliseconds

const origin = Date.now() - performance.now();

/** The milliseconds that have passed, on a clock that nobody sets. */
export const moment = () => origin + performance.now();

// How far the server's clock is ahead of `moment`.
let least = -Infinity;
let most = Infinity;
let apart = 0; // how far this device's clock was ahead of `moment` when that was learned

const first = Promise.withResolvers();
let known = recall();

/** Fulfilled once the server's time is known, or after three seconds without it: until then `now` is this device's. */
export const synchronised = Promise.race([first.promise, new Promise((done) => setTimeout(done, 3000))]);
synchronised.then(() => {
  known = true;
});

/** Whether `now` is the server's time, or there is no better time to be had. */
export const timeIsKnown = () => known;

/** Takes what was learned before the page was loaded. */
function recall() {
  const kept = JSON.parse(localStorage.getItem(KEPT) ?? 'null');
  if (!kept || Math.abs(Date.now() - kept.at) > AGES) {
    return false;
  }
  const ahead = Date.now() - moment();
  least = kept.least + ahead;
  most = kept.most + ahead;
  apart = ahead;
  return true;
}

/**
 * Learns from a response's time.
 *
 * @param {string} serverTime as the API writes it
 * @param {number} sent the `moment` when it was asked for
 * @param {number} received the `moment` when it arrived
 */
export function synchronise(serverTime, sent, received) {
  const served = Date.parse(serverTime);
  const low = served - received;
  const high = served + 1000 - sent;
  // Bounds that contradict the earlier ones mean that one of the clocks was set: only the new ones count.
  const agree = low <= most && high >= least;
  least = agree ? Math.max(least, low) : low;
  most = agree ? Math.min(most, high) : high;
  apart = Date.now() - moment();
  localStorage.setItem(KEPT, JSON.stringify({ least: least - apart, most: most - apart, at: Date.now() }));
  first.resolve(undefined);
}

/**
 * How long the device slept since the server was heard: some browsers' own clock stands still meanwhile. A clock that
 * somebody sets looks the same, so that this counts only without a network; else the next response tells.
 */
function slept() {
  const jumped = Date.now() - moment() - apart;
  return !navigator.onLine && jumped > ASLEEP ? jumped : 0;
}

const ahead = (bound) => moment() + slept() + (Number.isFinite(bound) ? bound : Date.now() - moment());

/** Now, by the server's clock, in milliseconds. */
export const now = () => ahead((least + most) / 2);

/** The latest instant that is certainly past on the server too, which refuses times in the future. */
export const pastInstant = () => instant(ahead(least));

/** An instant as the API writes it. @param {number} milliseconds */
export const instant = (milliseconds) => `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
