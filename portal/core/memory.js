// What was read last, kept on this device for its reader, so that it can be seen without a network. It is gone when
// they log out, or somebody else logs in. The service worker keeps the portal's own files; it keeps no answers.
const OF = 'clockbill.answers.';
const ANSWERED = ['clockbill.timer.', 'clockbill.known.']; // what is known of answers; the second by earlier releases
const GOES_ON = ['clockbill.paused.', 'clockbill.used.', 'clockbill.rows.'];
const MOST = 150;
const KEYS = /^(payUrl|.*[tT]oken)$/; // whoever has these needs no login: they are not kept

/** Keeps an answer. @param {string | undefined} who @param {string} path @param {unknown} content */
export async function remember(who, path, content) {
  try {
    const cache = await caches.open(OF + who);
    const text = JSON.stringify({ at: Date.now(), content }, (name, value) => (KEYS.test(name) ? undefined : value));
    await cache.put(path, new Response(text));
    const kept = await cache.keys();
    await Promise.all(kept.slice(0, Math.max(0, kept.length - MOST)).map((oldest) => cache.delete(oldest)));
  } catch {
    // There is no room, or the browser keeps nothing: then there is nothing to see without a network.
  }
}

/**
 * What was answered last, and when, in milliseconds; undefined if nothing was.
 *
 * @param {string | undefined} who
 * @param {string} path
 * @returns {Promise<{at: number, content: any} | undefined>}
 */
export async function recall(who, path) {
  try {
    return await (await (await caches.open(OF + who)).match(path))?.json();
  } catch {
    return undefined;
  }
}

/**
 * Forgets what was kept for anybody but this person. Without one, because somebody has logged out, theirs of what they
 * go on with stays until somebody else logs in. What is not saved yet stays for them in any case.
 *
 * @param {string} [who]
 */
export async function forgetOthers(who) {
  const kinds = [...ANSWERED, ...(who ? GOES_ON : [])];
  Object.keys(localStorage)
    .filter((key) => kinds.some((kind) => key.startsWith(kind) && key !== kind + who))
    .forEach((key) => localStorage.removeItem(key));
  try {
    const others = (await caches.keys()).filter((name) => name.startsWith(OF) && name !== OF + who);
    await Promise.all(others.map((name) => caches.delete(name)));
  } catch {
    // The browser keeps nothing.
  }
}
