// The caller's timer: the same in every tab and on every device, and kept when the network is away.
//
// The server's answer is the truth. Tabs tell each other at once (BroadcastChannel); other devices
// are asked every few seconds while the page is seen. A start or stop pressed without a network is
// kept on this device with its instant and its idempotency key, in order, and sent when the network
// is back, also after the tab was closed.
import { call, Offline, post, remove } from './api.js';
import { learn, nowText } from './clock.js';

const WAITING = 'clockbill.waiting';
const SHOWN = 'clockbill.timer';
const EVERY = 4000;
const channel = new BroadcastChannel('clockbill.timer');

const read = (key, otherwise) => JSON.parse(localStorage.getItem(key) ?? 'null') ?? otherwise;
const write = (key, value) => localStorage.setItem(key, JSON.stringify(value));

class Timers extends EventTarget {
  /** The timer that runs for the caller, or null; undefined until it is known. */
  timer = read(SHOWN, undefined);
  /** What waits for the network, in order. */
  waiting = read(WAITING, []);
  #poll;
  #sending;
  #round = 0;

  constructor() {
    super();
    channel.addEventListener('message', () => {
      this.timer = read(SHOWN, null);
      this.waiting = read(WAITING, []);
      this.#changed();
    });
    addEventListener('online', () => this.refresh());
    document.addEventListener('visibilitychange', () => document.hidden || this.refresh());
  }

  #changed() {
    this.dispatchEvent(new Event('change'));
  }

  #show(timer, waiting = this.waiting) {
    this.timer = timer;
    this.waiting = waiting;
    write(SHOWN, timer);
    write(WAITING, waiting);
    channel.postMessage('changed');
    this.#changed();
  }

  /** Asks the server now, and from then on every few seconds while the page is seen. */
  async refresh() {
    clearTimeout(this.#poll);
    try {
      await this.#flush();
      const round = ++this.#round;
      const sent = Date.now();
      const answer = await call('GET', '/timers/running');
      learn(answer.serverTime, sent, Date.now());
      // An answer that a later action has overtaken says nothing.
      if (round === this.#round && this.waiting.length === 0
          && JSON.stringify(answer.timer?.timerId + answer.timer?.startedAt + answer.timer?.note + answer.timer?.customerId + answer.timer?.serviceId)
            !== JSON.stringify(this.timer?.timerId + this.timer?.startedAt + this.timer?.note + this.timer?.customerId + this.timer?.serviceId)) {
        this.#show(answer.timer);
      }
    } catch (failed) {
      if (!(failed instanceof Offline)) {
        console.warn('the running timer could not be read:', failed.message);
      }
    } finally {
      if (!document.hidden) {
        this.#poll = setTimeout(() => this.refresh(), EVERY);
      }
    }
  }

  /**
   * Starts a timer. `names` are shown until the server has answered.
   * Without a network it is kept, and counts from now.
   */
  async start({ customerId, serviceId, note, onRunning }, names) {
    const key = crypto.randomUUID();
    const body = { customerId, serviceId, ...(note && { note }), ...(onRunning && { onRunning }) };
    this.#round++;
    try {
      const timer = await post('/timers', body, { key });
      this.#show(timer);
    } catch (failed) {
      if (!(failed instanceof Offline)) {
        throw failed;
      }
      const startedAt = nowText();
      this.#show(
        { ...body, ...names, timerId: null, startedAt, note: note ?? '', waiting: true },
        [...this.waiting, { kind: 'start', key, body: { ...body, startedAt }, names }]);
    }
  }

  /** Stops the timer; answers its time entry, or null where that has to wait for the network. */
  async stop() {
    const { timer } = this;
    this.#round++;
    if (this.waiting.length === 0) {
      try {
        const { timeEntry } = await post(`/timers/${timer.timerId}/stop`);
        this.#show(null);
        return timeEntry;
      } catch (failed) {
        if (!(failed instanceof Offline)) {
          throw failed;
        }
      }
    }
    this.#show(null, [...this.waiting,
      { kind: 'stop', timerId: timer.timerId, body: { stoppedAt: nowText() }, names: timer }]);
    return null;
  }

  /** Changes the note, the start, the customer or the service of the timer that runs. */
  async change(body) {
    this.#round++;
    this.#show(await call('PATCH', `/timers/${this.timer.timerId}`, { body }));
  }

  /** Hides the timer at once; what it gives back takes that back, or discards it for good. */
  setAside() {
    const { timer } = this;
    this.#round++;
    clearTimeout(this.#poll);
    this.timer = null;
    this.#changed();
    return {
      undo: () => { this.#show(timer); this.refresh(); },
      discard: async (leaving = false) => {
        await remove(`/timers/${timer.timerId}`, { keepalive: leaving });
        this.#show(null);
        this.refresh();
      },
    };
  }

  /** Sends what waited, one after the other; whoever holds the lock does it for all tabs. */
  async #flush() {
    this.#sending ??= navigator.locks.request('clockbill.waiting', async () => {
      let started;
      for (let next = read(WAITING, [])[0]; next; next = read(WAITING, [])[0]) {
        try {
          if (next.kind === 'start') {
            started = await post('/timers', next.body, { key: next.key });
            // A stop that waits behind it stops this one.
            const rest = read(WAITING, []).slice(1);
            const stop = rest.find((each) => each.kind === 'stop' && each.timerId === null);
            if (stop) {
              stop.timerId = started.timerId;
            }
            this.#show(stop ? null : started, rest);
          } else {
            await post(`/timers/${next.timerId}/stop`, next.body);
            this.#show(this.timer, read(WAITING, []).slice(1));
          }
        } catch (failed) {
          if (failed instanceof Offline) {
            throw failed;
          }
          // Refused for good: say so, and let the others go on.
          this.#show(this.timer?.waiting ? null : this.timer, read(WAITING, []).slice(1));
          this.dispatchEvent(new CustomEvent('refused', { detail: { waited: next, failed } }));
        }
      }
    }).finally(() => { this.#sending = undefined; });
    return this.#sending;
  }
}

export const timers = new Timers();
