// What can begin before the portal's frame is there: the files of the page that the address names come together with
// those of the frame, and who is logged in is asked meanwhile. It needs no other file, so that it runs first.

const EARLY = 60_000; // as in core/token.js: a token that ends sooner is renewed first
const LONGEST = 10_000; // what nobody has taken by then is out of date

/** The name of the page's file. A thing has a page of its own, beside its list. */
function pageName() {
  const [, name, id] = location.hash.replace(/^#/, '').split('?')[0].split('/');
  return (id && { customers: 'customer', invoices: 'invoice' }[name]) || name || 'start';
}

function loadPage() {
  const { content } = /** @type {HTMLMetaElement} */ (document.querySelector('meta[name=pages]'));
  const pages = JSON.parse(content);
  for (const file of pages[pageName()] ?? pages.start) {
    const link = document.createElement('link');
    link.rel = 'modulepreload';
    link.href = new URL(file, import.meta.url).href;
    document.head.append(link);
  }
}

function ask() {
  const early = (globalThis.early ??= new Map());
  const session = JSON.parse(localStorage.getItem('clockbill.session') ?? 'null');
  if (session && session.until - EARLY > Date.now() && !location.search) {
    const headers = { authorization: `Bearer ${session.token}` };
    for (const path of ['/me', '/firm']) {
      const response = fetch(path, { headers });
      response.catch(() => {}); // who takes it hears of it
      early.set(path, { token: session.token, response });
      setTimeout(() => early.delete(path), LONGEST);
    }
  }
}

// Where all files are on the device the frame may be there first.
if (!customElements.get('portal-app')) {
  ask();
  loadPage();
}
