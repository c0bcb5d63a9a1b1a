// Keeps the portal's own files, so that it opens without a network. Never an answer of the API, never a login.
//
// Each release has a store of its own, named by its hash, which is filled whole or not at all; a page takes all of its
// files from the release whose hash its addresses hold. So no page mixes two releases. The store of the release before
// is kept for windows that are still open with it.

const HASH = '{hash}';
/** @type {string[]} */
const FILES = JSON.parse('{files}');
const OF = 'clockbill.files.';
const STORE = OF + HASH;
const AT_ONCE = 6;
const SLOW = 4000; // a network that takes longer to give the page counts as none

/** @type {any} */
const worker = globalThis;

/** The stores of releases, the newest last. */
const stores = async () => (await caches.keys()).filter((name) => name.startsWith(OF));

async function install() {
  const store = await caches.open(STORE);
  const addresses = FILES.map((name) => `/assets/${HASH}/${name}`);
  while (addresses.length) {
    await store.addAll(addresses.splice(0, AT_ONCE)); // most come from what the browser has loaded already
  }
  const now = await fetch('/', { cache: 'no-cache' });
  if (!now.ok || !(await now.clone().text()).includes(`/assets/${HASH}/`)) {
    throw new Error('Another release is there already.'); // its own worker comes with it
  }
  await store.put('/', now);
  await worker.skipWaiting();
}

async function activate() {
  const names = await stores();
  const old = names.filter((name) => name !== STORE).slice(0, -1);
  await Promise.all(old.map((name) => caches.delete(name)));
  await worker.clients.claim();
}

/** The page: as it is now, or the one of the newest release that is here whole if there is no network, or no answer. */
async function page(request) {
  let answer;
  let missed;
  const late = new AbortController();
  const waits = setTimeout(() => late.abort(), SLOW);
  try {
    answer = await fetch(request, { signal: late.signal });
  } catch (failed) {
    missed = failed;
  }
  clearTimeout(waits); // an answer that has begun is not to be cut off
  if (answer && answer.status < 500) {
    return answer; // else who answers is asleep: the page that is here asks again
  }
  for (const name of (await stores()).reverse()) {
    const kept = await (await caches.open(name)).match('/');
    if (kept) {
      return kept;
    }
  }
  if (answer) {
    return answer;
  }
  throw missed;
}

/** A file, whose content belongs to its address for ever. */
async function file(request) {
  const [, , hash] = new URL(request.url).pathname.split('/');
  const kept = (await stores()).includes(OF + hash) && (await (await caches.open(OF + hash)).match(request));
  if (kept) {
    return kept;
  }
  const response = await fetch(request);
  if (response.ok && hash === HASH) {
    await keep(request, response.clone()).catch(() => {}); // where there is no room it is had all the same
  }
  return response;
}

/** Keeps a file beside those that all pages need, such as letters that are rare. */
async function keep(request, response) {
  const store = await caches.open(STORE);
  await store.put(request, response);
}

worker.addEventListener('install', (event) => event.waitUntil(install()));
worker.addEventListener('activate', (event) => event.waitUntil(activate()));
worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname, search } = new URL(request.url);
  if (origin !== location.origin || request.method !== 'GET') {
    return;
  }
  if (request.mode === 'navigate' && pathname === '/' && !search.includes('code=')) {
    event.respondWith(page(request));
  } else if (pathname.startsWith('/assets/')) {
    event.respondWith(file(request));
  }
});
