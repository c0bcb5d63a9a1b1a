// The server's time, however wrong this device's clock is.
//
// Times from the server are cut to the second. When one arrives, the server's clock shows something between that time
// and one second more. So each response gives a lower and an upper bound for the difference between the two clocks,
// and all responses together narrow it down.
let least = -Infinity;
let most = Infinity;

const first = Promise.withResolvers();

/** Fulfilled once the server's time is known, or after three seconds without it: until then `now` is this device's. */
export const synchronised = Promise.race([first.promise, new Promise((done) => setTimeout(done, 3000))]);

/**
 * Learns from a response's time.
 *
 * @param {string} serverTime as the API writes it
 * @param {number} sent when it was asked for, in milliseconds by this device
 * @param {number} received when it arrived, in milliseconds by this device
 */
export function synchronise(serverTime, sent, received) {
  const served = Date.parse(serverTime);
  const low = served - received;
  const high = served + 1000 - sent;
  // Bounds that contradict the earlier ones mean that one of the clocks was set: only the new ones count.
  const agree = low <= most && high >= least;
  least = agree ? Math.max(least, low) : low;
  most = agree ? Math.min(most, high) : high;
  first.resolve(undefined);
}

/** Now, by the server's clock, in milliseconds. */
export const now = () => Date.now() + (Number.isFinite(least) ? (least + most) / 2 : 0);

/** The latest instant that is certainly past on the server too, which refuses times in the future. */
export const pastInstant = () => instant(Date.now() + (Number.isFinite(least) ? least : 0));

/** An instant as the API writes it. @param {number} milliseconds */
export const instant = (milliseconds) => `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
