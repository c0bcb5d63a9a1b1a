// The server's time, however wrong this device's clock is.
//
// A served time is cut to the second. So when it arrives, the server's clock shows something between
// it and one second more, and that narrows down how far the two clocks are apart: each answer gives
// the difference a lower and an upper bound, and all of them together pin it down.
let least = -Infinity;
let most = Infinity;

const first = Promise.withResolvers();

/** Fulfilled once the server has told its time, or had long enough to: before it did, `now` is this device's. */
export const told = Promise.race([first.promise, new Promise((done) => { setTimeout(done, 3000); })]);

/** Learns from an answer's `serverTime`, asked for at `sent` and received at `received` (ms). */
export function learn(serverTime, sent, received) {
  const served = Date.parse(serverTime);
  const low = served - received;
  const high = served + 1000 - sent;
  // Bounds that contradict what was known mean that a clock was set: start anew.
  const agree = low <= most && high >= least;
  least = agree ? Math.max(least, low) : low;
  most = agree ? Math.min(most, high) : high;
  first.resolve();
}

/** Now, in the server's time (ms). */
export const now = () => Date.now() + (Number.isFinite(least) ? (least + most) / 2 : 0);

/** An instant that has certainly passed for the server too, as the API writes it: it takes none from the future. */
export const passed = () => text(Date.now() + (Number.isFinite(least) ? least : 0));

/** An instant as the API writes it. */
export const text = (milliseconds) => `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
