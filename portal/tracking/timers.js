// The timer of the person who is logged in: the same in every tab and on every device, and kept without a network.
//
// The server's response is the truth. Other devices are noticed by asking the server while the page is in sight, as
// often as `Pace` says. One tab asks for all of a browser: tabs tell each other of answers and changes
// (BroadcastChannel). A start or stop pressed without a network is kept on this device with its instant and its
// idempotency key, and sent in order when the network is back, even after the tab was closed. Time that the server then
// refuses is kept until the person decides about it.
/** @import {TimeEntry} from '../types/model' */
/** @import {RefusedTime, ShownTimer, Waiting} from '../types/portal' */
import { call, Offline, post, remove } from '../core/api.js';
import { moment, synchronise, pastInstant } from '../core/clock.js';
import { userId } from '../core/session.js';
import { Pace } from './pace.js';

// Kept by person: someone else who logs in on this device sends nothing in another's name.
const WAITING = 'clockbill.waiting';
const REFUSED = 'clockbill.refused';
const SHOWN = 'clockbill.timer';
const ASKING = 'clockbill.asking'; // the lock of the tab that asks
const ANSWERED = 'answered'; // what it tells the other tabs: they need not ask for a while
const TOUCHES = ['pointerdown', 'pointermove', 'keydown', 'focus'];
const COMPARED = ['timerId', 'startedAt', 'note', 'customerId', 'customerName', 'serviceId', 'billable'];
const channel = new BroadcastChannel('clockbill.timer');

const read = (key, otherwise) => JSON.parse(localStorage.getItem(`${key}.${userId()}`) ?? 'null') ?? otherwise;
const write = (key, value) => localStorage.setItem(`${key}.${userId()}`, JSON.stringify(value));

class Timers extends EventTarget {
  /**
   * The person's running timer, or null; undefined until it is known.
   *
   * @type {ShownTimer | null | undefined}
   */
  timer;
  /** @type {Waiting[]} in the order in which it happened */
  waiting = [];
  /** @type {RefusedTime[]} */
  refused = [];
  #poll;
  #pace = new Pace();
  #sending;
  #round = 0; // counts actions: a response to a request of an earlier round is out of date
  #aside;
  #changing = Promise.resolve();

  constructor() {
    super();
    channel.addEventListener('message', ({ data }) => (data === ANSWERED ? this.#askAnew() : this.#recall()));
  }

  /** Shows what was kept for the person who is logged in, and asks the server from now on. */
  begin() {
    this.#recall();
    addEventListener('online', () => this.refresh());
    document.addEventListener('visibilitychange', () => (document.hidden ? this.#askLater() : this.#inSight()));
    TOUCHES.forEach((touch) => addEventListener(touch, () => this.#touched(), { passive: true }));
    this.#inSight();
  }

  #inSight() {
    this.#pace.happened(moment());
    this.refresh();
  }

  #touched() {
    if (this.#pace.touched(moment()) && !document.hidden) {
      this.refresh();
    }
  }

  /** Milliseconds until others are to be asked for again. */
  get pause() {
    return this.#pace.pause(moment());
  }

  #recall() {
    this.#happened();
    this.timer = this.#aside ? null : read(SHOWN, null);
    this.waiting = read(WAITING, []);
    this.refused = read(REFUSED, []);
    this.#changed();
  }

  #changed() {
    this.dispatchEvent(new Event('change'));
  }

  /** What runs has changed: what was asked before is out of date, and more may happen soon. */
  #happened() {
    this.#round++;
    this.#pace.happened(moment());
    this.#askAnew();
  }

  #show(timer, waiting = this.waiting) {
    this.#happened();
    this.timer = timer;
    this.waiting = waiting;
    write(SHOWN, timer);
    write(WAITING, waiting);
    channel.postMessage('changed');
    this.#changed();
  }

  /**
   * Asks the server now, and from then on again while the page is in sight.
   *
   * @param {boolean} [unlessAsked] whether the answer to another tab is enough, if one is asking
   */
  async refresh(unlessAsked = false) {
    this.#askLater();
    try {
      await this.#flush();
      await navigator.locks.request(ASKING, { ifAvailable: unlessAsked }, (mine) => mine && this.#ask());
    } catch (failed) {
      if (!(failed instanceof Offline)) {
        console.warn('the running timer could not be read:', failed.message);
      }
    } finally {
      this.#askLater();
    }
  }

  /** Waits anew, if it waits to ask. */
  #askAnew() {
    if (this.#poll) {
      this.#askLater();
    }
  }

  #askLater() {
    clearTimeout(this.#poll);
    this.#poll = document.hidden ? undefined : setTimeout(() => this.refresh(true), this.pause);
  }

  async #ask() {
    const round = ++this.#round;
    const sent = moment();
    const { timer, serverTime } = await call('GET', '/timers/running', { background: true });
    synchronise(serverTime, sent, moment());
    channel.postMessage(ANSWERED);
    this.dispatchEvent(new Event('read'));
    if (
      round === this.#round &&
      this.waiting.length === 0 &&
      !this.#aside &&
      COMPARED.some((field) => timer?.[field] !== this.timer?.[field])
    ) {
      this.#show(timer);
    }
  }

  /**
   * Starts a timer. Without a network the start is kept, and counts from now.
   *
   * @param {{customerId: string, serviceId: string, note?: string, billable?: boolean, onRunning?: 'stop'}} wanted
   * @param {{customerName: string, serviceName: string, billable?: boolean}} names are shown until the server has
   *   responded
   */
  async start({ customerId, serviceId, note, billable, onRunning }, names) {
    await this.#aside?.discard();
    const key = crypto.randomUUID();
    const body = { customerId, serviceId, ...(note && { note }), ...(billable !== undefined && { billable }) };
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
    const startedAt = pastInstant();
    // The running timer ends when this one begins, however late the server hears of both.
    const stop = this.timer ? [this.#stopOf(this.timer, startedAt)] : [];
    this.#show({ billable: true, ...body, ...names, timerId: null, startedAt, note: note ?? '', waiting: true }, [
      ...this.waiting,
      ...stop,
      { kind: 'start', key, body: { ...body, startedAt }, names },
    ]);
  }

  /**
   * Stops the timer, now or at an instant in the past. Gives its time entry, or null if the stop waits for the network.
   *
   * @param {string} [stoppedAt]
   * @returns {Promise<TimeEntry | null>}
   */
  async stop(stoppedAt) {
    const timer = /** @type {ShownTimer} */ (this.timer);
    this.#round++;
    this.dispatchEvent(new Event('stopping'));
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
    this.#show(null, [...this.waiting, this.#stopOf(timer, stoppedAt ?? pastInstant())]);
    return null;
  }

  /** A stop that waits for the network. @returns {Waiting} */
  #stopOf(timer, stoppedAt) {
    const { timerId, startedAt } = timer;
    return { kind: 'stop', timerId, body: { stoppedAt: startedAt > stoppedAt ? startedAt : stoppedAt }, names: timer };
  }

  /**
   * Changes the note, start, customer or service of the running timer, or whether it is billed; changes are sent one
   * after the other.
   *
   * @param {{note?: string, startedAt?: string, customerId?: string, serviceId?: string, billable?: boolean}} body
   */
  change(body) {
    const { timerId } = /** @type {ShownTimer} */ (this.timer);
    const changed = this.#changing.then(async () => {
      this.#round++;
      const timer = await call('PATCH', `/timers/${timerId}`, { body });
      if (this.timer?.timerId === timerId) {
        this.#show(timer); // it may have been stopped meanwhile
      }
    });
    this.#changing = changed.catch(() => {});
    return changed;
  }

  /** Hides the timer at once. Gives two functions: one shows it again, the other discards it for good. */
  setAside() {
    const timer = /** @type {ShownTimer} */ (this.timer);
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

  /** Keeps time that was refused. @param {RefusedTime} time */
  refuse(time) {
    this.#writeRefused([...read(REFUSED, []), time]);
  }

  /** Forgets time that was refused: it was entered by hand, or is not wanted. @param {RefusedTime} time */
  drop(time) {
    this.#writeRefused(read(REFUSED, []).filter((each) => JSON.stringify(each) !== JSON.stringify(time)));
  }

  #writeRefused(refused) {
    write(REFUSED, refused);
    channel.postMessage('changed');
    this.#recall();
  }

  /** Sends a start that waited. If it had arrived the first time and only the response was lost, that timer runs. */
  async #sendStart({ body, key }) {
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

  /** Sends what waits, in order; the tab that holds the lock does it for all tabs. */
  async #flush() {
    this.#sending ??= navigator.locks
      .request('clockbill.waiting', async () => {
        const outcomes = new Set();
        try {
          for (let next = read(WAITING, [])[0]; next; next = read(WAITING, [])[0]) {
            outcomes.add(await this.#send(next));
          }
        } finally {
          ['sent', 'refused']
            .filter((each) => outcomes.has(each))
            .forEach((each) => this.dispatchEvent(new Event(each)));
        }
      })
      .finally(() => {
        this.#sending = undefined;
      });
    await this.#sending;
  }

  /** Sends the first of what waits, and gives what came of it: `sent`, `refused` or `changed`. */
  async #send(next) {
    const rest = () => read(WAITING, []).slice(1);
    // The stop of a start that waits has no timer id yet.
    const stopIn = (those) =>
      next.kind === 'start' ? those.findIndex((each) => each.kind === 'stop' && each.timerId === null) : -1;
    try {
      if (next.kind === 'start') {
        const started = await this.#sendStart(next);
        const then = rest();
        const stop = then[stopIn(then)];
        if (stop) {
          stop.timerId = started.timerId;
        }
        this.#show(stop ? this.timer : started, then);
      } else {
        await (next.kind === 'stop'
          ? post(`/timers/${next.timerId}/stop`, next.body)
          : post('/time-entries', next.body, { key: next.key }));
        this.#show(this.timer, rest());
      }
      return 'sent';
    } catch (failed) {
      if (failed instanceof Offline || failed.temporary) {
        throw failed;
      }
      const then = rest();
      const at = stopIn(then);
      const [stop] = at < 0 ? [] : then.splice(at, 1);
      if (stop && failed.word === 'timer-already-running') {
        // Another device started a timer first. The time was worked all the same: it becomes a whole time entry.
        const entry = {
          kind: 'entry',
          key: crypto.randomUUID(),
          names: next.names,
          body: { ...next.body, ...stop.body },
        };
        this.#show(this.timer, [entry, ...then]);
        return 'changed';
      }
      const { customerId, customerName, serviceId, serviceName, note, billable, startedAt, stoppedAt } = {
        ...next.names,
        ...next.body,
        ...stop?.body,
      };
      this.refuse({
        customerId,
        customerName,
        serviceId,
        serviceName,
        note,
        billable,
        startedAt,
        stoppedAt,
        why: failed.message,
      });
      this.#show(next.kind === 'start' && !stop ? null : this.timer, then);
      return 'refused';
    }
  }
}

export const timers = new Timers();

/**
 * Renders a component again whenever the timer changes, as long as the component is on the page.
 *
 * @param {import('../vendor/lit.js').LitElement} host
 */
export function updateWithTimers(host) {
  const update = () => host.requestUpdate();
  host.addController({
    hostConnected: () => timers.addEventListener('change', update),
    hostDisconnected: () => timers.removeEventListener('change', update),
  });
}
