// The caller's timer: the same in every tab and on every device, and kept when the network is away.
//
// The server's answer is the truth. Tabs tell each other at once (BroadcastChannel); other devices
// are asked every few seconds while the page is seen. A start or stop pressed without a network is
// kept on this device with its instant and its idempotency key, in order, and sent when the network
// is back, also after the tab was closed.
import { call, Offline, post, remove } from './api.js';
import { learn, passed } from './clock.js';
import { who } from './session.js';

// Kept for each person: whoever logs in next on this device sends nothing in another's name.
const WAITING = 'clockbill.waiting';
const SHOWN = 'clockbill.timer';
const EVERY = 4000;
const SEEN = ['timerId', 'startedAt', 'note', 'customerId', 'customerName', 'serviceId'];
const channel = new BroadcastChannel('clockbill.timer');

const read = (key, otherwise) => JSON.parse(localStorage.getItem(`${key}.${who()}`) ?? 'null') ?? otherwise;
const write = (key, value) => localStorage.setItem(`${key}.${who()}`, JSON.stringify(value));

class Timers extends EventTarget {
  /** The timer that runs for the caller, or null; undefined until it is known. */
  timer;
  /** What waits for the network, in order. */
  waiting = [];
  #poll;
  #sending;
  #round = 0; // what was asked in an earlier one has been overtaken
  #aside;
  #changing = Promise.resolve();

  constructor() {
    super();
    channel.addEventListener('message', () => this.#recall());
  }

  /** From now on, for whoever is logged in: shows what was kept and asks the server. */
  begin() {
    this.#recall();
    addEventListener('online', () => this.refresh());
    document.addEventListener('visibilitychange', () => document.hidden || this.refresh());
    this.refresh();
  }

  #recall() {
    this.#round++;
    this.timer = this.#aside ? null : read(SHOWN, null);
    this.waiting = read(WAITING, []);
    this.#changed();
  }

  #changed() {
    this.dispatchEvent(new Event('change'));
  }

  #show(timer, waiting = this.waiting) {
    this.#round++;
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
      const answer = await call('GET', '/timers/running', { unseen: true });
      learn(answer.serverTime, sent, Date.now());
      // An answer that a later action has overtaken says nothing.
      if (round === this.#round && this.waiting.length === 0 && !this.#aside
          && SEEN.some((field) => answer.timer?.[field] !== this.timer?.[field])) {
        this.#show(answer.timer);
      }
    } catch (failed) {
      if (!(failed instanceof Offline)) {
        console.warn('the running timer could not be read:', failed.message);
      }
    } finally {
      clearTimeout(this.#poll); // another call may have set it meanwhile
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
    await this.#aside?.discard();
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
      const startedAt = passed();
      this.#show(
        { ...body, ...names, timerId: null, startedAt, note: note ?? '', waiting: true },
        [...this.waiting, { kind: 'start', key, body: { ...body, startedAt }, names }]);
    }
  }

  /** Stops the timer, now or at a moment that is past; answers its time entry, or null where that has to wait for the network. */
  async stop(stoppedAt) {
    const { timer } = this;
    this.#round++;
    if (this.waiting.length === 0) {
      try {
        const { timeEntry } = await post(`/timers/${timer.timerId}/stop`, stoppedAt && { stoppedAt });
        this.#show(null);
        return timeEntry;
      } catch (failed) {
        if (!(failed instanceof Offline)) {
          throw failed;
        }
      }
    }
    this.#show(null, [...this.waiting,
      { kind: 'stop', timerId: timer.timerId, body: { stoppedAt: stoppedAt ?? (timer.startedAt > passed() ? timer.startedAt : passed()) }, names: timer }]);
    return null;
  }

  /** Changes the note, the start, the customer or the service of the timer that runs, one change after the other. */
  change(body) {
    const { timerId } = this.timer;
    const changed = this.#changing.then(async () => {
      this.#round++;
      this.#show(await call('PATCH', `/timers/${timerId}`, { body }));
    });
    this.#changing = changed.catch(() => {});
    return changed;
  }

  /** Hides the timer at once; what it gives back takes that back, or discards it for good. */
  setAside() {
    const { timer } = this;
    this.#round++;
    clearTimeout(this.#poll);
    this.timer = null;
    this.#changed();
    this.#aside = {
      undo: () => { this.#aside = undefined; this.#show(timer); this.refresh(); },
      discard: async (leaving = false) => {
        if (this.#aside) {
          this.#aside = undefined;
          await remove(`/timers/${timer.timerId}`, { keepalive: leaving });
          this.#show(null);
          this.refresh();
        }
      },
    };
    return this.#aside;
  }

  /** Starts what waited. If the server took it the first time and only its answer was lost, that timer runs. */
  async #startedLate({ body, key }) {
    try {
      return await post('/timers', body, { key });
    } catch (failed) {
      const { timer } = failed.word === 'idempotency-key-reused' ? await call('GET', '/timers/running') : {};
      if (!timer) {
        throw failed;
      }
      return timer;
    }
  }

  /** Sends what waited, one after the other; whoever holds the lock does it for all tabs. */
  async #flush() {
    const some = read(WAITING, []).length;
    this.#sending ??= navigator.locks.request('clockbill.waiting', async () => {
      for (let next = read(WAITING, [])[0]; next; next = read(WAITING, [])[0]) {
        try {
          if (next.kind === 'start') {
            const started = await this.#startedLate(next);
            // A stop that waits behind it stops this one.
            const rest = read(WAITING, []).slice(1);
            const stop = rest.find((each) => each.kind === 'stop' && each.timerId === null);
            if (stop) {
              stop.timerId = started.timerId;
            }
            this.#show(stop ? null : started, rest);
          } else {
            await (next.kind === 'stop' ? post(`/timers/${next.timerId}/stop`, next.body)
              : post('/time-entries', next.body, { key: next.key }));
            this.#show(this.timer, read(WAITING, []).slice(1));
          }
        } catch (failed) {
          if (failed instanceof Offline || failed.passes) {
            throw failed;
          }
          const rest = read(WAITING, []).slice(1);
          const stop = next.kind === 'start' && rest.findIndex((each) => each.kind === 'stop' && each.timerId === null);
          if (next.kind === 'start' && stop >= 0 && failed.word === 'timer-already-running') {
            // Another device was quicker. The time was worked all the same: it is entered whole.
            const { customerId, serviceId, startedAt, note } = next.body;
            write(WAITING, [{ kind: 'entry', key: crypto.randomUUID(), names: next.names,
              body: { customerId, serviceId, startedAt, stoppedAt: rest[stop].body.stoppedAt, ...(note && { note }) } },
            ...rest.toSpliced(stop, 1)]);
            continue;
          }
          // Refused for good: say so, and let the others go on.
          this.#show(this.timer?.waiting ? null : this.timer, stop >= 0 ? rest.toSpliced(stop, 1) : rest);
          this.dispatchEvent(new CustomEvent('refused', { detail: { waited: next, failed } }));
        }
      }
    }).finally(() => { this.#sending = undefined; });
    await this.#sending;
    if (some) {
      this.dispatchEvent(new Event('sent'));
    }
  }
}

export const timers = new Timers();
