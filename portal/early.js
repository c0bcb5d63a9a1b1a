// What can begin before the portal's frame is there: the files of the page that the address names come together with
// those of the frame, and who is logged in is asked meanwhile. It needs no other file, so that it runs first.

const EARLY = 60_000; // as in core/token.js: a token that ends sooner is renewed first
const LONGEST = 10_000; // what nobody has taken by then is out of date

const OTHERS = { '': 'start', timer: 'start' };
const ONES = { customers: 'customer', invoices: 'invoice' }; // a thing has a page of its own, beside its list

/** The name of the file of the page that a hash names. @param {string} hash */
function pageName(hash) {
  const [, name = '', id] = hash.replace(/^#/, '').split('?')[0].split('/');
  return (id && ONES[name]) || (OTHERS[name] ?? name);
}

/** @param {string[]} names of parts of the portal, as the page lists them */
function load(names) {
  const { content } = /** @type {HTMLMetaElement} */ (document.querySelector('meta[name=pages]'));
  const pages = JSON.parse(content);
  for (const file of names.flatMap((name) => pages[name] ?? [])) {
    const link = document.createElement('link');
    link.rel = 'modulepreload';
    link.href = new URL(file, import.meta.url).href;
    document.head.append(link);
  }
}

/** @param {string} token */
function ask(token) {
  const early = (globalThis.early ??= new Map());
  for (const path of ['/me', '/firm']) {
    const response = fetch(path, { headers: { authorization: `Bearer ${token}` } });
    response.catch(() => {}); // who takes it hears of it
    early.set(path, { token, response });
    setTimeout(() => early.delete(path), LONGEST);
  }
}

// The frame is not there though all has come that was to come: a file of it has failed. Once more may help.
addEventListener('load', () => {
  const [came] = /** @type {PerformanceNavigationTiming[]} */ (performance.getEntriesByType('navigation'));
  if (!customElements.get('portal-app') && came?.type === 'navigate') {
    location.reload();
  }
});
// Where all files are on the device the frame may be there first.
if (!customElements.get('portal-app')) {
  const session = JSON.parse(localStorage.getItem('clockbill.session') ?? 'null');
  const { place } = JSON.parse(sessionStorage.getItem('clockbill.login') ?? '{}'); // where they wanted to go
  const page = pageName(location.hash);
  if (location.search.includes('state=')) {
    load(['login', pageName(place ?? '')]); // the way back from the login
  } else if (session && session.until - EARLY > Date.now()) {
    ask(session.token);
    load([page]);
  } else {
    load(session ? ['login', page] : ['login']);
  }
}
