// How often the server is asked what runs on other devices: quickly for a while after something has happened here, then
// ever more rarely the longer nobody touches the page. Whoever turns to it again after a while has it asked at once.
// What asking costs is computed by these numbers (units/Asking).

/** After something has happened: for so long it is asked so often. Milliseconds. */
const QUICK = { lasts: 30_000, every: 4000 };
/** Later: as long as the last touch is no longer ago, it is asked so often. Milliseconds. */
const SLOWER = [
  { lasts: 60_000, every: 8000 },
  { lasts: 180_000, every: 15_000 },
  { lasts: Infinity, every: 30_000 },
];
/** Who touches the page after so long without a touch turns to it. Milliseconds. */
const TURNS = 30_000;

/** When something has happened last, and when somebody has touched the page. Times are those of `moment`. */
export class Pace {
  #happened = -Infinity;
  #touched = -Infinity;

  /** Notes that something has happened: the page came in sight, or what runs has changed, here or elsewhere. */
  happened(now) {
    this.#happened = now;
  }

  /** Notes a key or a pointer. Gives whether somebody turns to the page by it. */
  touched(now) {
    const turned = this.#quiet(now) >= TURNS;
    this.#touched = now;
    if (turned) {
      this.#happened = now;
    }
    return turned;
  }

  /** Milliseconds after which it is asked again. */
  pause(now) {
    return now - this.#happened < QUICK.lasts
      ? QUICK.every
      : /** @type {{every: number}} */ (SLOWER.find(({ lasts }) => this.#quiet(now) <= lasts)).every;
  }

  #quiet(now) {
    return now - Math.max(this.#happened, this.#touched);
  }
}
