// Calls of Clockbill's API. Responses have the shapes of /openapi.yaml; a refused request is thrown as a
/** @import {CallOptions, Query} from '../types/portal' */
// Refusal, which holds the sentence to show.
import { forgetOthers, recall, remember } from './memory.js';
import { userId } from './session.js';
import { expired, token } from './token.js';

/** What to say of what would be done twice if it were asked for again. */
const LOOK_FIRST = 'It may have been done all the same: look first, then try again.';

/** What to say where the response says nothing: it is the gateway's. @param {number} status @param {boolean} [once] */
function wordsFor(status, once) {
  if (status === 429) {
    return 'Too much is asked for at once right now. Try again in a moment.';
  }
  if (once && status >= 500) {
    return `${status === 503 ? 'Clockbill cannot answer right now' : 'Something failed on our side'}. ${LOOK_FIRST}`;
  }
  if (status === 503) {
    return 'Clockbill cannot answer right now. Try again in a moment: nothing is done twice.';
  }
  return status < 500 ? 'That is not to be had here.' : 'Something failed on our side. Try again.';
}

/** A refused request: what to tell the person, and which field is wrong and why. */
export class Refusal extends Error {
  /**
   * @param {number} status
   * @param {{type?: string, detail?: string, errors?: {field: string, message: string}[], running?: any}} problem
   * @param {boolean} [once] whether it would be done twice if it were asked for again
   * @param {typeof import('./refusal-words.js')} [words] for what is wrong with fields
   */
  constructor(status, problem, once, words) {
    const { errors = [] } = problem;
    super(errors.length && words ? words.sentenceOf(errors) : (problem.detail ?? wordsFor(status, once)));
    this.status = status;
    /** The last part of the problem's type, such as `timer-already-running`. */
    this.word = (problem.type ?? '').split('/').pop();
    /** What is wrong, by the path of the field. @type {Map<string, string>} */
    this.errors = words?.errorsInWords(errors) ?? new Map(errors.map(({ field, message }) => [field, message]));
    this.problem = problem;
  }

  /** Whether the same request may succeed later without a change. */
  get temporary() {
    return this.status >= 500 || this.status === 429 || this.word === 'request-in-progress';
  }
}

/** No response came: there is no network. */
export class Offline extends Error {
  /** @param {boolean} [once] whether it would be done twice if it were asked for again */
  constructor(once) {
    super(
      once
        ? `There is no connection right now. ${LOOK_FIRST}`
        : 'There is no connection right now. Try again when it is back: nothing is done twice.',
    );
  }
}

let pending = 0;

/** Marks the page as busy while calls are pending; the stylesheet shows it once that takes a while. */
function busy(more) {
  pending += more;
  document.documentElement.toggleAttribute('data-busy', pending > 0);
}

/**
 * Makes one call and gives the content of the response.
 *
 * @param {string} method
 * @param {string} path
 * @param {CallOptions} [options]
 * @returns {Promise<any>}
 * @throws {Refusal | Offline}
 */
export async function call(method, path, options = {}) {
  if (options.background) {
    return send(method, path, options);
  }
  busy(1);
  try {
    return await send(method, path, options);
  } finally {
    busy(-1);
  }
}

// What the gateway answers itself, without a word of ours, may be over in a moment: a function that nobody has called
// for a fortnight wakes up, or one that fails is replaced. That takes a minute at times, so calls are repeated for a
// little longer. What we say ourselves is the answer. Reading again does no harm; neither does a POST with the same
// key, a DELETE of what is gone, nor a PATCH with a version, which at worst meets its own. A PATCH without one could
// overwrite what others have written meanwhile: it is repeated only in the first moment.
const AGAIN_AFTER = [400, 1600, 4000, 8000, 15_000, 20_000, 25_000];
const SAID_FROM = 2; // repetitions that take no longer are not worth a word
const TIMED_OUT = 8000; // a function that is put aside fails sooner; the shortest time-out is ten seconds

// The page that is shown, until it is left. What a person asked for on a page is not done once they look at another:
// they may ask for it there again, in other words. Who is asked whether to lose what they typed, and stays, has not
// left.
let shown = new AbortController();
addEventListener('page-left', () => {
  shown.abort();
  shown = new AbortController();
});

/** @param {string} method @param {string} path @param {CallOptions} options */
async function send(method, path, options) {
  const brief = options.background || (method === 'PATCH' && options.version === undefined);
  const pauses = options.once ? [] : brief ? AGAIN_AFTER.slice(0, SAID_FROM) : AGAIN_AFTER;
  const { signal } = shown;
  let said = false;
  try {
    for (let tried = 0; ; tried++) {
      let lost;
      const began = performance.now();
      try {
        return await sendOnce(method, path, options);
      } catch (failed) {
        if (tried > 0 && method === 'DELETE' && failed.status === 404) {
          return null; // an earlier try did it, and only the gateway did not know
        }
        if (tried === pauses.length || !(failed instanceof Refusal && failed.status >= 500 && !failed.word)) {
          throw failed;
        }
        if (options.costly && performance.now() - began > TIMED_OUT) {
          throw failed; // it would take as long again
        }
        lost = failed;
      }
      if (tried === SAID_FROM) {
        said = true;
        stillTrying(1);
      }
      await new Promise((resolve) => {
        setTimeout(resolve, pauses[tried]);
        if (method === 'POST') {
          signal.addEventListener('abort', resolve);
        }
      });
      if (method === 'POST' && signal.aborted) {
        throw lost;
      }
    }
  } finally {
    if (said) {
      stillTrying(-1);
    }
  }
}

const SOON = 3000; // what was asked for early and not taken by then is out of date

let trying = 0;

/** Says that calls are tried again for a while, or that none is any more. */
function stillTrying(more) {
  trying += more;
  dispatchEvent(new CustomEvent('still-trying', { detail: trying > 0 }));
}

/** @param {string} method @param {string} path @param {CallOptions} options */
async function sendOnce(method, path, options) {
  const { body, version, key, accept, keepalive, file, once } = options;
  /** @type {Record<string, string>} */
  const headers = {};
  const raw = body === undefined || typeof body === 'string' || body instanceof Blob;
  if (body !== undefined) {
    headers['content-type'] = body instanceof Blob ? body.type : raw ? 'text/csv' : 'application/json';
  }
  if (version !== undefined) {
    headers['if-match'] = `"${version}"`;
  }
  if (key) {
    headers['idempotency-key'] = key;
  }
  if (accept) {
    headers.accept = accept;
  }
  let used;
  let response;
  let content;
  try {
    used = await token();
    headers.authorization = `Bearer ${used}`;
    response = await (begun(method, path, used) ??
      fetch(path, {
        method,
        headers,
        keepalive,
        body: raw ? body : JSON.stringify(body),
      }));
    content = file && response.ok ? undefined : await contentOf(response);
  } catch (failed) {
    // A TypeError is how fetch reports a missing network.
    throw failed instanceof TypeError ? new Offline(once) : failed;
  }
  if (response.status === 401 && !content?.type) {
    // The gateway's own answer; a problem of ours says that the person's access has ended.
    await expired(used);
    return sendOnce(method, path, options);
  }
  if (file && response.ok) {
    return response;
  }
  if (!response.ok) {
    const problem = typeof content === 'string' ? {} : content;
    const words = problem.errors?.length ? await import('./refusal-words.js').catch(() => undefined) : undefined;
    throw new Refusal(response.status, problem, once, words);
  }
  return content;
}

/** What was asked for before it is needed. */
const early = (globalThis.early ??= new Map());

/** The response that was asked for early with this token, if one was. Each is taken once. */
function begun(method, path, used) {
  const found = method === 'GET' ? early.get(path) : undefined;
  early.delete(path);
  return found?.token === used ? found?.response : undefined;
}

/** Asks for what is about to be read on the page that somebody is led to: who reads it soon takes that response. */
export async function askEarly(path) {
  const used = await token();
  const response = fetch(path, { headers: { authorization: `Bearer ${used}` } });
  response.catch(() => {}); // who takes it hears of it
  early.set(path, { token: used, response });
  setTimeout(() => early.delete(path), SOON);
}

/** The content of a response. The network may still be lost while it arrives. */
async function contentOf(response) {
  const json = /json/.test(response.headers.get('content-type') ?? '');
  return response.status === 204 ? null : json ? response.json() : response.text();
}

/** Of when what is read meanwhile from this device's memory is. @type {{at: number} | undefined} */
let remembering;

/** @param {string} path @param {CallOptions} [options] */
export async function get(path, options = {}) {
  const who = userId();
  if (options.background || options.file) {
    return call('GET', path, options);
  }
  if (remembering) {
    const last = await recall(who, path);
    if (last) {
      remembering.at = Math.min(remembering.at, last.at);
      return last.content;
    }
    throw new Offline();
  }
  const content = await call('GET', path, options);
  remember(who, path, content).then(() => {
    if (userId() !== who) {
      forgetOthers(userId()); // they have logged out meanwhile
    }
  });
  return content;
}

/** What a path answered last on this device; null if it was never asked. @param {string} path */
export const remembered = async (path) => (await recall(userId(), path))?.content ?? null;

/**
 * Gets a path; without a network, gives what it answered last on this device.
 *
 * @param {string} path
 */
export async function getOrRemembered(path) {
  try {
    return await get(path);
  } catch (failed) {
    const last = failed instanceof Offline && (await recall(userId(), path));
    if (!last) {
      throw failed;
    }
    return last.content;
  }
}

/**
 * Reads as `read` does, but only what was answered last on this device. Gives that, and of when the oldest of it is, in
 * milliseconds.
 *
 * @template T
 * @param {() => Promise<T>} read
 * @returns {Promise<{content: T, at: number}>}
 * @throws {Offline} if some of it was never read
 */
export async function readRemembered(read) {
  const mine = { at: Date.now() };
  remembering = mine;
  try {
    return { content: await read(), at: mine.at };
  } finally {
    if (remembering === mine) {
      remembering = undefined;
    }
  }
}

// Keys of POST requests that have got no response, though they may have arrived: sent again with the same key, they
// create nothing twice. On another page the person sees what exists, so the same request is a new one, unless the
// earlier one is still under way.
/** @type {Map<string, {key: string, underWay: number, signal: AbortSignal}>} */
const unanswered = new Map();
addEventListener('hashchange', () => {
  unanswered.forEach(({ underWay }, request) => underWay || unanswered.delete(request));
});

/**
 * Makes a call that creates something. Safe to repeat: see `unanswered`.
 *
 * @param {string} path
 * @param {unknown} [body]
 * @param {CallOptions} [options]
 */
export async function post(path, body = {}, options) {
  if (options?.key) {
    return call('POST', path, { ...options, body });
  }
  const request = path + JSON.stringify(body);
  const { signal } = shown;
  const kept = unanswered.get(request) ?? { key: crypto.randomUUID(), underWay: 0, signal };
  unanswered.set(request, Object.assign(kept, { underWay: kept.underWay + 1, signal }));
  let answered = true;
  try {
    return await call('POST', path, { ...options, key: kept.key, body });
  } catch (failed) {
    answered = !(failed instanceof Offline || failed.temporary);
    throw failed;
  } finally {
    kept.underWay--;
    // Whoever asked last, on the page that is shown, has the answer or may still ask for it.
    if ((answered && kept.signal === signal) || (kept.signal.aborted && !kept.underWay)) {
      unanswered.delete(request);
    }
  }
}

/** @param {string} path @param {unknown} body @param {number} [version] */
export const patch = (path, body, version) => call('PATCH', path, { body, version });
/** @param {string} path @param {CallOptions} [options] */
export const remove = (path, options) => call('DELETE', path, options);

/** A query string with its question mark; what is empty is left out. @param {Query} parameters */
export function queryString(parameters) {
  const set = Object.entries(parameters).filter(([, value]) => value !== undefined && value !== '' && value !== null);
  return set.length ? `?${new URLSearchParams(/** @type {[string, string][]} */ (set))}` : '';
}

/** Every page of a list, one after the other. @param {string} path @param {Query} [parameters] */
export async function* pages(path, parameters = {}) {
  let cursor;
  do {
    const page = await get(path + queryString({ ...parameters, cursor }));
    yield page;
    cursor = page.next;
  } while (cursor);
}
