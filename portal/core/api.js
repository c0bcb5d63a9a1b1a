// Calls of Clockbill's API. Answers come as they are described in /openapi.yaml; what is refused is
// thrown as a Refusal, which holds the sentence to show.
import { expired, token } from './session.js';

/** A refused request: what to say to the person, and what to say beside which field. */
export class Refusal extends Error {
  constructor(status, problem) {
    super(problem.detail ?? (status < 500 ? 'That is not to be had here.' : 'Something failed on our side. Try again.'));
    this.status = status;
    this.word = (problem.type ?? '').split('/').pop();
    this.errors = new Map((problem.errors ?? []).map((each) => [each.field, each.message]));
    this.problem = problem;
  }

  /** Whether the same request may succeed later as it is. */
  get passes() { return this.status >= 500 || this.status === 429 || this.word === 'request-in-progress'; }
}

/** No answer came: the network is away. */
export class Offline extends Error {
  constructor() {
    super('There is no connection right now. Try again when it is back: nothing is done twice.');
  }
}

let underWay = 0;

/** The page shows that something is under way once it has taken a while. */
function busy(more) {
  underWay += more;
  document.documentElement.toggleAttribute('data-busy', underWay > 0);
}

/**
 * Makes one call.
 *
 * `key` makes a creating call safe to repeat; one is made up where none is given.
 * `version` is sent as If-Match. `file` gives the answer as it came, headers included.
 * `unseen` calls are not shown as progress.
 */
export async function call(method, path, more = {}) {
  if (more.unseen) {
    return made(method, path, more);
  }
  busy(1);
  try {
    return await made(method, path, more);
  } finally {
    busy(-1);
  }
}

async function made(method, path, { body, version, key, accept, keepalive, file }) {
  const headers = {};
  if (body !== undefined) {
    headers['content-type'] = typeof body === 'string' ? 'text/csv' : 'application/json';
  }
  if (version !== undefined) {
    headers['if-match'] = `"${version}"`;
  }
  if (method === 'POST') {
    headers['idempotency-key'] = key ?? crypto.randomUUID();
  }
  if (accept) {
    headers.accept = accept;
  }
  let answer;
  let content;
  try {
    headers.authorization = `Bearer ${await token()}`;
    answer = await fetch(path, {
      method, headers, keepalive,
      body: body === undefined || typeof body === 'string' ? body : JSON.stringify(body),
    });
    content = answer.status === 401 || (file && answer.ok) ? undefined : await contentOf(answer);
  } catch (failed) {
    throw failed instanceof TypeError ? new Offline() : failed; // so browsers say that there is no network
  }
  if (answer.status === 401) {
    return expired();
  }
  if (file && answer.ok) {
    return answer;
  }
  if (!answer.ok) {
    throw new Refusal(answer.status, typeof content === 'string' ? {} : content);
  }
  return content;
}

/** What an answer holds; the network may still go away while it comes. */
async function contentOf(answer) {
  const json = /json/.test(answer.headers.get('content-type') ?? '');
  return answer.status === 204 ? null : json ? answer.json() : answer.text();
}

export const get = (path, more) => call('GET', path, more);

// Keys of creating calls that may have arrived though no answer came back: made again, they make nothing twice.
// Whoever goes elsewhere sees what is there, and from then on means something new.
const unanswered = new Map();
addEventListener('hashchange', () => unanswered.clear());

export async function post(path, body = {}, more) {
  const same = path + JSON.stringify(body);
  const key = more?.key ?? unanswered.get(same) ?? crypto.randomUUID();
  unanswered.delete(same);
  try {
    return await call('POST', path, { ...more, key, body });
  } catch (failed) {
    if (!more?.key && (failed instanceof Offline || failed.passes)) {
      unanswered.set(same, key);
    }
    throw failed;
  }
}

export const patch = (path, body, version) => call('PATCH', path, { body, version });
export const remove = (path, more) => call('DELETE', path, more);

/** A query string of what is set, with its question mark. */
export function query(parameters) {
  const set = Object.entries(parameters).filter(([, value]) => value !== undefined && value !== '' && value !== null);
  return set.length ? `?${new URLSearchParams(set)}` : '';
}

/** Every page of a list, one after the other. */
export async function* pages(path, parameters = {}) {
  let cursor;
  do {
    const page = await get(path + query({ ...parameters, cursor }));
    yield page;
    cursor = page.next;
  } while (cursor);
}
