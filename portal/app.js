// The portal's frame: who is logged in, where one can go, the page, the tracker window.
import { get } from './core/api.js';
import { useZone } from './core/format.js';
import { known } from './core/known.js';
import { go, place } from './core/router.js';
import { logOut, prepare, takeUp, token } from './core/session.js';
import { timers } from './core/timers.js';
import { say, settled, show } from './parts/say.js';
import './parts/tracker-window.js';
import './parts/track-dialog.js';
import { html, LitElement, nothing } from './vendor/lit.js';

const PLACES = [['start', '/', 'Start'], ['customers', '/customers', 'Customers'], ['time', '/time', 'Time'],
  ['invoices', '/invoices', 'Invoices'],
  ['reports', '/reports', 'Reports'], ['settings', '/settings', 'Settings']];
const SHORTCUTS = [['t', 'Track the customer shown, or choose one'], ['s', 'Stop the timer'],
  ['/', 'Search customers'], ['g then c, t, i, r', 'Go to customers, time, invoices, reports'], ['?', 'This help']];

class PortalApp extends LitElement {
  static properties = { me: { state: true }, firm: { state: true }, place: { state: true }, failed: { state: true } };
  #page;
  #first = true;
  #goes = false;
  #searches = false;

  createRenderRoot() { return this; }

  async connectedCallback() {
    super.connectedCallback();
    this.addEventListener('track', (event) => this.querySelector('track-dialog').open(event.detail));
    this.addEventListener('stopped', (event) => this.#stopped(event.detail));
    this.addEventListener('firm-changed', (event) => this.#know(event.detail));
    this.addEventListener('lacking', () => this.#lacking());
    this.addEventListener('page-shown', () => this.#entered());
    addEventListener('hashchange', () => this.#go());
    document.querySelector('.skip').addEventListener('click', (event) => this.#skip(event));
    addEventListener('keydown', (event) => this.#key(event));
    timers.addEventListener('refused', () => show('Time that waited for the network was refused. Enter it by hand, or drop it.'));
    timers.addEventListener('sent', () => {
      say('What waited for the network is sent');
      dispatchEvent(new Event('settled')); // pages show it
    });
    timers.addEventListener('change', () => {
      if (timers.refused.length > 0) {
        import('./parts/refused-time.js').catch(() => {}); // without a network it comes with the next change
      }
      this.requestUpdate();
    });
    try {
      await takeUp();
      await token();
      place().route?.load().catch(() => {}); // meanwhile; going there says what is wrong
      const [me, firm] = await Promise.all([get('/me'), known('/firm')]);
      this.me = me;
      this.#know(firm);
      await this.#go();
      timers.begin();
      setTimeout(() => prepare().catch(() => {}), 5000); // after the first screen
    } catch (failed) {
      this.failed = failed;
    }
  }

  #know(firm) {
    useZone(firm.timeZone);
    this.firm = firm;
  }

  async #go() {
    const to = place();
    try {
      await to.route?.load();
    } catch {
      await this.#lacking();
      return;
    }
    this.#searches &&= to.route?.tag === 'customers-page';
    const same = this.place?.route?.tag === to.route?.tag;
    this.place = to;
    if (!same) {
      this.#page = to.route ? document.createElement(to.route.tag) : null;
      this.#first = this.#first && !this.querySelector('main h1');
    }
    if (this.#page) {
      Object.assign(this.#page, { me: this.me, firm: this.firm, place: to });
    }
    this.#moved = true;
  }

  /** A file of the portal did not come: the network is away, or Clockbill was renewed and its files have another address. */
  async #lacking() {
    const script = document.querySelector('script[src]').getAttribute('src');
    const page = await fetch('/', { cache: 'no-cache' }).then((answer) => answer.text()).catch(() => script);
    if (page.includes(script)) {
      show('There is no connection right now. Try again when it is back.');
    } else {
      location.reload();
    }
  }

  /** To the content; the address stays, for what is behind its # is the page. */
  #skip(event) {
    event.preventDefault();
    this.querySelector('main').focus();
  }

  #moved = false;

  /** A new page was shown: its heading names the document, and reading goes on from there. */
  #entered() {
    const heading = this.querySelector('main h1');
    document.title = `${heading?.textContent.trim() ?? 'Clockbill'} · Clockbill`;
    if (this.#moved && !this.#first && heading && !document.querySelector('dialog[open]')
        && !this.querySelector('main').contains(document.activeElement)) {
      heading.tabIndex = -1;
      heading.focus({ preventScroll: true });
      scrollTo(0, 0);
    }
    this.#toSearch();
    this.#first = false;
    this.#moved = false;
  }

  #stopped(entry) {
    if (!entry) {
      show('Stopped. The time is kept on this device and sent when the network is back.');
      return;
    }
    this.#toInvoice(entry);
  }

  /**
   * The draft is there within a moment: asked for a few times, then the customer's page will do. Whoever went
   * elsewhere meanwhile stays there.
   */
  async #toInvoice({ timeEntryId, customerId }) {
    const here = location.hash;
    let invoiceId;
    for (let wait = 150; !invoiceId && wait < 5000; wait *= 1.6) {
      ({ invoiceId } = await get(`/time-entries/${timeEntryId}`).catch(() => ({})));
      if (!invoiceId) {
        await new Promise((done) => { setTimeout(done, wait); });
      }
    }
    if (!invoiceId) {
      show('Stopped. The invoice is being made and will be on the customer\u2019s page.');
    }
    if (location.hash === here) {
      go(invoiceId ? `/invoices/${invoiceId}` : `/customers/${customerId}`);
    }
  }

  #key(event) {
    const typing = event.target.closest?.('input, textarea, select, [contenteditable]');
    if (typing || event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]')) {
      return;
    }
    if (this.#goes) {
      this.#goes = false;
      const to = { c: '/customers', i: '/invoices', t: '/time', r: '/reports' }[event.key];
      if (to) {
        go(to);
        event.preventDefault();
        return;
      }
    }
    const action = {
      t: () => this.#track(),
      s: () => timers.timer && this.querySelector('tracker-window').stop(),
      '/': () => this.#search(),
      g: () => { this.#goes = true; },
      '?': () => this.querySelector('#help').showModal(),
    }[event.key];
    if (action) {
      event.preventDefault();
      action();
    }
  }

  #track() {
    const customer = this.#page?.trackable;
    if (customer) {
      this.querySelector('track-dialog').open(customer);
    } else {
      this.#search();
      say('Choose the customer to track');
    }
  }

  #search() {
    this.#searches = true;
    if (!this.#toSearch()) {
      go('/customers');
    }
  }

  /** To the field that searches, for whoever wants to search, once it is there. */
  #toSearch() {
    const field = this.#searches && this.querySelector('main input[type=search]');
    if (field) {
      this.#searches = false;
      field.focus();
    }
    return field;
  }

  /** Logs out, once nothing is left that would be lost with the session. */
  async #leave() {
    const waits = 'Time on this device waits for the network. It is kept, and sent when you log in here again. Log out now?';
    if (timers.waiting.length > 0 && !confirm(waits)) {
      return;
    }
    try {
      if (await settled()) {
        await logOut();
      }
    } catch {
      show('There is no connection right now, so you are still logged in. Log out when it is back.');
    }
  }

  #header() {
    return html`<header class="bar">
      <a class="brand" href="#/">Clockbill</a>
      <nav aria-label="Main">${PLACES.map(([name, path, words]) =>
        html`<a href="#${path}" aria-current=${this.place?.route?.nav === name ? 'page' : nothing}>${words}</a>`)}</nav>
      ${this.me ? html`<details class="who"><summary>${this.me.name}<span class="firm"> · ${this.firm.name}</span></summary>
        <div class="menu"><p>${this.me.email}<br>${this.me.role === 'owner' ? 'Owner' : 'Staff'}</p>
        <button @click=${() => this.querySelector('#help').showModal()}>Keyboard shortcuts</button>
        <button @click=${() => this.#leave()}>Log out</button></div></details>` : nothing}
    </header>`;
  }

  render() {
    return html`${this.#header()}<div class="progress under-way" role="presentation"></div>
      <main id="main" tabindex="-1">${this.me ? html`<refused-time></refused-time>` : nothing}${this.failed
        ? html`<div class="card empty" role="alert"><h1>Clockbill cannot be reached</h1><p>${this.failed.message}</p>
            <button @click=${() => location.reload()}>Try again</button></div>`
        : !this.place ? html`<p class="progress" role="progressbar" aria-label="Loading"></p>`
        : this.#page ?? html`<div class="card empty"><h1>Not here</h1><p>There is no such page.</p>
            <p><a href="#/">Go to the start page</a></p></div>`}</main>
      ${this.me ? html`<track-dialog .running=${timers.timer}></track-dialog><tracker-window></tracker-window>` : nothing}
      <say-area></say-area>
      <dialog id="help" aria-labelledby="help-title"><form method="dialog"><h2 id="help-title">Keyboard shortcuts</h2>
        <dl class="keys">${SHORTCUTS.map(([key, does]) => html`<div><dt><kbd>${key}</kbd></dt><dd>${does}</dd></div>`)}</dl>
        <div class="actions"><button>Close</button></div></form></dialog>`;
  }
}
customElements.define('portal-app', PortalApp);
