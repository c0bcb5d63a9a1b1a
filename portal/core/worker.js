// The service worker: with it the portal opens without a network, and as an app. What it keeps is in service-worker.js.

const EVERY = 3_600_000; // a release is asked for this often while the portal is open
const FILES_OF = 'clockbill.files.'; // the stores of the service worker, the newest last, each with a release's hash
let asked = 0;
/** @type {ServiceWorkerRegistration | undefined} */
let registration;
let renewed = false;

// Browsers look for a new release by themselves with each page that is loaded: this listens from the start. The first
// worker, which comes without another before it, belongs to the release that is shown.
let earlier = Boolean(navigator.serviceWorker?.controller);
navigator.serviceWorker?.addEventListener('controllerchange', async () => {
  renewed = earlier;
  earlier = true;
  const names = await caches.keys().catch(() => []);
  const newest = names.findLast((name) => name.startsWith(FILES_OF));
  // This page may be of that release already: it comes from the network, ahead of its worker.
  renewed &&= !newest || !import.meta.url.includes(`/${newest.slice(FILES_OF.length)}/`);
});

/** Installs it, or the one of a new release. Gives whether this browser has one at all. */
export async function installWorker() {
  try {
    asked = Date.now();
    registration = await navigator.serviceWorker?.register('/service-worker.js');
    return Boolean(registration);
  } catch {
    return false; // there is no network, or the browser allows none
  }
}

/** Whether Clockbill was renewed since this page was loaded. Asks now and then. */
export function wasRenewed() {
  if (registration && Date.now() - asked > EVERY) {
    asked = Date.now();
    registration.update().catch(() => {}); // without a network it is asked for later
  }
  return renewed;
}
