// The caller's timer: the same in every tab and on every device, and kept when the network is away.
//
// The server's answer is the truth. Tabs tell each other at once (BroadcastChannel); other devices
// are asked every few seconds while the page is seen. A start or stop pressed without a network is
// kept on this device with its instant and its idempotency key, in order, and sent when the network
// is back, also after the tab was closed. What is refused then stays until a person decides about it.
import { call, Offline, post, remove } from './api.js';
import { learn, passed } from './clock.js';
import { who } from './session.js';

// Kept for each person: whoever logs in next on this device sends nothing in another's name.
const WAITING = 'clockbill.waiting';
const REFUSED = 'clockbill.refused';
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
  /** Time that waited for the network and was refused: whose, which service, from when, perhaps until when, and why. */
  refused = [];
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
    this.refused = read(REFUSED, []);
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
    const body = { customerId, serviceId, ...(note && { note }) };
    this.#round++;
    if (this.waiting.length === 0) {
      try {
        this.#show(await post('/timers', { ...body, ...(onRunning && { onRunning }) }, { key }));
        return;
      } catch (failed) {
        if (!(failed instanceof Offline)) {
          throw failed;
        }
      }
    }
    const startedAt = passed();
    // What runs ends where this begins, however late the server hears of both.
    const stop = this.timer ? [this.#stopOf(this.timer, startedAt)] : [];
    this.#show(
      { ...body, ...names, timerId: null, startedAt, note: note ?? '', waiting: true },
      [...this.waiting, ...stop, { kind: 'start', key, body: { ...body, startedAt }, names }]);
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
    this.#show(null, [...this.waiting, this.#stopOf(timer, stoppedAt ?? passed())]);
    return null;
  }

  /** A stop that waits for the network. */
  #stopOf(timer, stoppedAt) {
    const { timerId, startedAt } = timer;
    return { kind: 'stop', timerId, body: { stoppedAt: startedAt > stoppedAt ? startedAt : stoppedAt }, names: timer };
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
      undo: () => {
        if (this.#aside) {
          this.#aside = undefined;
          this.#show(timer);
          this.refresh();
        }
      },
      discard: async (leaving = false) => {
        if (this.#aside) {
          this.#aside = undefined;
          try {
            await remove(`/timers/${timer.timerId}`, { keepalive: leaving });
            this.#show(null);
          } catch (failed) {
            this.#show(timer); // it runs on
            throw failed;
          } finally {
            this.refresh();
          }
        }
      },
    };
    return this.#aside;
  }

  /** Keeps time that was refused. */
  refuse(time) { this.#decided([...read(REFUSED, []), time]); }

  /** Forgets time that was refused: it was entered, or is not wanted. */
  drop(time) { this.#decided(read(REFUSED, []).filter((each) => JSON.stringify(each) !== JSON.stringify(time))); }

  #decided(refused) {
    write(REFUSED, refused);
    channel.postMessage('changed');
    this.#recall();
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
    this.#sending ??= navigator.locks.request('clockbill.waiting', async () => {
      const told = new Set();
      try {
        for (let next = read(WAITING, [])[0]; next; next = read(WAITING, [])[0]) {
          told.add(await this.#sent(next));
        }
      } finally {
        ['sent', 'refused'].filter((each) => told.has(each)).forEach((each) => this.dispatchEvent(new Event(each)));
      }
    }).finally(() => { this.#sending = undefined; });
    await this.#sending;
  }

  /** Sends the first of what waits; answers whether it was sent or refused. */
  async #sent(next) {
    const rest = () => read(WAITING, []).slice(1);
    // The stop of a start waits behind it.
    const stopIn = (those) => next.kind === 'start' ? those.findIndex((each) => each.kind === 'stop' && each.timerId === null) : -1;
    try {
      if (next.kind === 'start') {
        const started = await this.#startedLate(next);
        const then = rest();
        const stop = then[stopIn(then)];
        if (stop) {
          stop.timerId = started.timerId;
        }
        this.#show(stop ? this.timer : started, then);
      } else {
        await (next.kind === 'stop' ? post(`/timers/${next.timerId}/stop`, next.body)
          : post('/time-entries', next.body, { key: next.key }));
        this.#show(this.timer, rest());
      }
      return 'sent';
    } catch (failed) {
      if (failed instanceof Offline || failed.passes) {
        throw failed;
      }
      const then = rest();
      const at = stopIn(then);
      const [stop] = at < 0 ? [] : then.splice(at, 1);
      if (stop && failed.word === 'timer-already-running') {
        // Another device was quicker. The time was worked all the same: it is entered whole.
        const entry = { kind: 'entry', key: crypto.randomUUID(), names: next.names, body: { ...next.body, ...stop.body } };
        this.#show(this.timer, [entry, ...then]);
        return 'changed';
      }
      const { customerId, customerName, serviceId, serviceName, note, startedAt, stoppedAt } = { ...next.names, ...next.body, ...stop?.body };
      this.refuse({ customerId, customerName, serviceId, serviceName, note, startedAt, stoppedAt, why: failed.message });
      this.#show(next.kind === 'start' && !stop ? null : this.timer, then);
      return 'refused';
    }
  }
}

export const timers = new Timers();
