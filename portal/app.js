// The frame of the portal: who is logged in, the main menu, the page, the keyboard shortcuts, the tracker window.
/** @import {Firm, Me} from './types/model' */
/** @import {RoutedPlace} from './types/portal' */
import { address, go } from './core/address.js';
import { get, getOrRemembered, remembered } from './core/api.js';
import { useFirm } from './core/format.js';
import { onOtherPerson } from './core/session.js';
import { finishLogIn } from './core/token.js';
import { installWorker, wasRenewed } from './core/worker.js';
import { loadFile, MISSING } from './parts/lazy.js';
import { may } from './parts/may.js';
import { announce, dataChanged, finishPending, showMessage } from './parts/messages.js';
import { mayLeave } from './parts/unsaved.js';
import { currentPlace } from './routes.js';
import { timers } from './tracking/timers.js';
import { track } from './tracking/track.js';
import { stopTracking } from './tracking/tracker-window.js';
import { html, LitElement, nothing } from './vendor/lit.js';

const PLACES = [
  ['start', '/', 'Start'],
  ['customers', '/customers', 'Customers'],
  ['time', '/time', 'Time'],
  ['invoices', '/invoices', 'Invoices'],
  ['reports', '/reports', 'Reports'],
  ['settings', '/settings', 'Settings'],
];
const FIRM_AGES = 60_000; // after this long what is known of the firm is read again with the next page
const RELOADED = 'clockbill.reloaded'; // when the page was loaded anew because a file did not load
const RELOADED_AGAIN = 30_000; // it is not done again within this time: it has not helped
const LEFT = 3000; // a page that is loaded anew is gone within this time
const login = () => import('./core/login.js');

class PortalApp extends LitElement {
  static properties = { me: { state: true }, firm: { state: true }, place: { state: true }, failed: { state: true } };
  /** @type {HTMLElement & {trackable?: any} | null} */
  #page = null;
  #first = true; // no page was shown yet
  #firmRound = 0; // counts what became known of the firm
  #firmRead = 0; // when the firm was read last
  #asked = 0; // counts places that somebody went to: only the last one is shown
  #hash = location.hash; // of the place that is shown, or about to be
  #moved = false; // the address changed, and its page is not shown yet
  #goPressed = false; // the first key of "g then c"
  /** Whether the customer is to be tracked once shown. @type {'' | 'ask' | 'start'} */
  #trackWanted = ''; // `t` was pressed before the customer was shown, and Enter after it
  #searchWanted = false; // the search field gets the focus once there is one

  constructor() {
    super();
    /** @type {Me | undefined} */
    this.me = undefined;
    /** @type {Firm | undefined} */
    this.firm = undefined;
    /** @type {RoutedPlace | undefined} */
    this.place = undefined;
    /** @type {Error | undefined} */
    this.failed = undefined;
  }

  createRenderRoot() {
    this.replaceChildren(); // what the page shows while this file is on its way
    return this;
  }

  async connectedCallback() {
    super.connectedCallback();
    this.addEventListener('firm-changed', (event) => this.#useFirm(/** @type {CustomEvent} */ (event).detail));
    this.addEventListener('file-missing', (event) => {
      Object.assign(event, { why: this.#whyMissing() });
    });
    this.addEventListener('page-shown', () => this.#pageShown());
    addEventListener('hashchange', () => this.#goneTo());
    addEventListener('online', () => this.#again());
    addEventListener('click', (event) => {
      const link = /** @type {Element} */ (event.target).closest?.('a[href^="#"]');
      if (link?.getAttribute('href') === location.hash) {
        this.#again(); // the address does not change by it
      }
      this.#closeMenus(/** @type {Element} */ (event.target));
    });
    /** @type {HTMLElement} */ (document.querySelector('.skip')).addEventListener('click', (event) =>
      this.#skip(event),
    );
    addEventListener('keydown', (event) => this.#key(event));
    addEventListener('still-trying', (event) => {
      // A popover, so that it is seen above an open dialog as well.
      const words = /** @type {HTMLElement} */ (this.querySelector('.still-trying'));
      words.togglePopover(/** @type {CustomEvent<boolean>} */ (event).detail);
    });
    timers.addEventListener('refused', () =>
      showMessage('Time that waited for the network was refused. Enter it by hand, or drop it.'),
    );
    timers.addEventListener('sent', () => {
      announce('What waited for the network is sent');
      dataChanged();
    });
    timers.addEventListener('stopping', () => {
      if (!navigator.onLine) {
        return; // a file that has once not loaded may not be asked for again
      }
      // What it leads to comes meanwhile. If it does not, that shows when it is opened.
      import('./pages/invoice.js').catch(() => {});
      import('./parts/invoice-editor.js').catch(() => {});
    });
    timers.addEventListener('change', () => {
      if (timers.refused.length > 0) {
        import('./tracking/refused-time.js').catch(() => {}); // without a network it loads at the next change
      }
    });
    try {
      await finishLogIn();
      currentPlace()
        .route?.load()
        .catch(() => {}); // early; a failure shows when the page is opened
      const [me, firm] = await Promise.all([getOrRemembered('/me'), getOrRemembered('/firm')]);
      this.me = me;
      this.#useFirm(firm);
      await this.#showPlace();
      timers.begin();
      onOtherPerson(() => location.reload());
      setTimeout(() => this.#prepare(), 3000); // after the first screen
    } catch (failed) {
      await this.#fail(failed);
    }
  }

  /** Says why nothing can be shown. @param {any} failed */
  async #fail(failed) {
    this.failed = failed;
    await this.updateComplete;
    this.#pageShown();
  }

  /** Gets ready for the network to be away, or the release to be another. */
  async #prepare() {
    if (!(await installWorker())) {
      await login()
        .then(({ loadLibrary }) => loadLibrary())
        .catch(() => {}); // tokens are renewed even after a new release
    }
    if (!(await remembered('/services'))) {
      await get('/services').catch(() => {}); // Start asks for them
    }
  }

  /** Closes menus, unless somebody opens one or reads in it. @param {Element} [clicked] */
  #closeMenus(clicked) {
    this.querySelectorAll('details:has(> .menu)[open]').forEach((menu) => {
      if (!clicked || !menu.contains(clicked) || clicked.closest('.menu button')) {
        /** @type {HTMLDetailsElement} */ (menu).open = false;
        if (!clicked) {
          /** @type {HTMLElement} */ (menu.firstElementChild).focus();
        }
      }
    });
  }

  /** The address has changed. */
  #goneTo() {
    if (location.hash === this.#hash) {
      return;
    }
    if (!mayLeave()) {
      history.pushState(null, '', this.#hash || '#/');
      return;
    }
    this.#hash = location.hash;
    this.#closeDialogs();
    dispatchEvent(new Event('page-left'));
    if (wasRenewed() && this.place?.path !== address().path) {
      location.reload(); // the whole of another release, at the page that they go to; no search is interrupted by it
      return;
    }
    this.#showPlace();
    this.#firmAgain();
  }

  /**
   * Closes the dialogs of a page that is left. It stays in sight until the next one can be shown, and whoever is back
   * before that goes on with it: a dialog that they have left would keep them from all of it.
   */
  #closeDialogs() {
    if (this.place?.path !== address().path) {
      this.querySelectorAll('main dialog[open]').forEach((dialog) => /** @type {HTMLDialogElement} */ (dialog).close());
    }
  }

  /** Shows the place that the address names, if it could not be shown before. */
  #again() {
    if (this.place && this.place.path !== address().path) {
      this.#showPlace();
    }
  }

  #useFirm(firm) {
    this.#firmRound++;
    useFirm(firm);
    this.firm = firm;
    this.#firmRead = Date.now();
    if (this.#page) {
      Object.assign(this.#page, { firm });
    }
    if (firm.mail?.waiting) {
      import('./parts/mail-delivery.js').catch(() => {}); // only a hint
    }
  }

  /** Reads the firm in the background if that is a while ago: mails may wait since, or wait no more. */
  async #firmAgain() {
    if (!this.firm || Date.now() - this.#firmRead < FIRM_AGES) {
      return;
    }
    this.#firmRead = Date.now();
    const round = this.#firmRound;
    try {
      const firm = await get('/firm', { background: true });
      if (round === this.#firmRound) {
        this.#useFirm(firm); // else what was saved meanwhile is newer
      }
    } catch {
      // What is known stays.
    }
  }

  async #showPlace() {
    if (!this.me) {
      return; // it is shown once it is known who is there
    }
    const round = ++this.#asked;
    this.#hash = location.hash;
    const to = currentPlace();
    try {
      await to.route?.load();
    } catch {
      if (round === this.#asked) {
        const why = await this.#whyMissing();
        await (this.place ? showMessage(why) : this.#fail(new Error(why)));
      }
      return;
    }
    if (round !== this.#asked) {
      return; // they have gone on meanwhile
    }
    this.#trackWanted = '';
    this.#searchWanted &&= to.route?.tag === 'customers-page';
    const same = this.place?.route?.tag === to.route?.tag;
    this.place = to;
    this.failed = undefined; // what could not be shown before is left
    if (!same) {
      this.#page = to.route ? document.createElement(to.route.tag) : null;
      this.#first = this.#first && !this.querySelector('main h1');
    }
    if (this.#page) {
      Object.assign(this.#page, { me: this.me, firm: this.firm, place: to });
    }
    this.#moved = true;
    if (!this.#page) {
      await this.updateComplete;
      this.#pageShown();
    }
  }

  /**
   * A file of the portal did not load: there is no network, or a new release has moved the portal's files. Loads the
   * portal anew if that helps, and gives what to say if it does not.
   */
  async #whyMissing() {
    const script = /** @type {Element} */ (document.querySelector('script[src]')).getAttribute('src') ?? '';
    const page = await fetch('/', { cache: 'no-cache' })
      .then((response) => (response.ok ? response.text() : ''))
      .catch(() => '');
    const last = Number(sessionStorage.getItem(RELOADED));
    if (!page) {
      return 'There is no connection right now. Try again when it is back.';
    }
    if (page.includes(script) && Date.now() - last < RELOADED_AGAIN) {
      return MISSING;
    }
    sessionStorage.setItem(RELOADED, String(Date.now()));
    location.reload();
    await new Promise((resolve) => setTimeout(resolve, LEFT)); // whoever has something unsaved may stay
    return MISSING;
  }

  /** Moves the focus to the content. The link's own # would name another page. */
  #skip(event) {
    event.preventDefault();
    this.querySelector('main')?.focus();
  }

  /** A new page was shown: its heading names the document, and gets the focus for those who read by ear. */
  #pageShown() {
    const heading = /** @type {HTMLElement | null} */ (this.querySelector('main h1'));
    document.title = `${heading?.textContent.trim() ?? 'Clockbill'} · Clockbill`;
    if (
      this.#moved &&
      !this.#first &&
      heading &&
      !document.querySelector('dialog[open]') &&
      !this.querySelector('main')?.contains(document.activeElement)
    ) {
      heading.tabIndex = -1;
      heading.focus({ preventScroll: true });
      scrollTo(0, 0);
    }
    this.#focusSearch();
    const wanted = this.#trackWanted;
    this.#trackWanted = '';
    if (wanted && this.#page?.trackable) {
      track(this.#page.trackable, wanted === 'start');
    }
    this.#first = false;
    this.#moved = false;
  }

  #key(event) {
    if (this.#trackWanted && !this.querySelector('main h1') && ['Enter', 'Escape'].includes(event.key)) {
      this.#trackWanted = event.key === 'Enter' ? 'start' : '';
      event.preventDefault();
      return;
    }
    const typing = event.target.closest?.('input, textarea, select, [contenteditable]');
    if (typing || event.ctrlKey || event.metaKey || event.altKey || document.querySelector('dialog[open]')) {
      return;
    }
    if (this.#goPressed) {
      this.#goPressed = false;
      const to = { c: '/customers', i: '/invoices', t: '/time', r: '/reports' }[event.key];
      if (to) {
        go(to);
        event.preventDefault();
        return;
      }
    }
    const action = {
      t: () => this.#track(),
      s: () => timers.timer && stopTracking(),
      '/': () => this.#search(),
      g: () => {
        this.#goPressed = true;
      },
      '?': () => this.#showHelp(),
      Escape: () => this.#closeMenus(),
    }[event.key];
    if (action) {
      event.preventDefault();
      action();
    }
  }

  #track() {
    const customer = this.#page?.trackable;
    if (!customer && this.place?.route?.tag === 'customer-page' && !this.querySelector('main h1')) {
      this.#trackWanted = 'ask'; // the customer is not shown yet
    } else if (customer) {
      track(customer);
    } else {
      this.#search();
      announce('Choose the customer to track');
    }
  }

  #search() {
    this.#searchWanted = true;
    if (!this.#focusSearch()) {
      go('/customers');
    }
  }

  /** Moves the focus to the search field if that is wanted and the field is there. */
  #focusSearch() {
    const field = /** @type {HTMLElement | null} */ (this.querySelector('main input[type=search]'));
    if (this.#searchWanted && field) {
      this.#searchWanted = false;
      field.focus();
      return true;
    }
    return false;
  }

  /** Logs out, once nothing is left that would be lost with the session. */
  async #leave() {
    const waits =
      'Time on this device waits for the network. It is kept, and sent when you log in here again. Log out now?';
    if (timers.waiting.length > 0 && !confirm(waits)) {
      return;
    }
    if (await finishPending()) {
      await this.#logOut();
    }
  }

  async #logOut() {
    try {
      await (await login()).logOut();
    } catch {
      showMessage('There is no connection right now, so you are still logged in. Log out when it is back.');
    }
  }

  async #showHelp() {
    if (await loadFile(this, () => import('./parts/help-dialog.js'))) {
      /** @type {any} */ (this.querySelector('help-dialog')).open();
    }
  }

  #header() {
    return html`<header class="bar">
      <a class="brand" href="#/">Clockbill</a>
      <nav aria-label="Main" ?hidden=${this.failed}>
        ${PLACES.filter(([name]) => name !== 'reports' || may(this, 'staffReports')).map(
          ([name, path, words]) =>
            html`<a href="#${path}" aria-current=${this.place?.route?.nav === name ? 'page' : nothing}>${words}</a>`,
        )}
      </nav>
      ${
        this.me
          ? html`<details class="who">
              <summary>${this.me.name}<span class="firm"> · ${this.firm?.name}</span></summary>
              <div class="menu">
                <p>${this.me.email}<br />${this.me.role === 'owner' ? 'Owner' : 'Staff'}</p>
                <button @click=${() => this.#showHelp()}>Keyboard shortcuts</button>
                <button @click=${() => this.#leave()}>Log out</button>
              </div>
            </details>`
          : nothing
      }
    </header>`;
  }

  /** @param {any} failed */
  #failure({ word, message }) {
    // Another try helps nobody who is refused as a person: they log out, and in again as somebody else or later.
    const refused = { 'access-ended': 'Your access has ended', 'no-firm': 'No firm has invited you yet' }[word];
    return html`<div class="card empty" role="alert">
      <h1>${refused ?? 'Clockbill cannot be reached'}</h1>
      <p>${message}</p>
      <button class="primary" @click=${() => (refused ? this.#logOut() : location.reload())}>
        ${refused ? 'Log out' : 'Try again'}
      </button>
    </div>`;
  }

  render() {
    return html`${this.#header()}
      <div class="progress under-way" role="presentation"></div>
      <p class="still-trying" popover="manual" role="status">
        Still trying: Clockbill takes a moment to wake up. Nothing is lost, and nothing is done twice.
      </p>
      <main id="main" tabindex="-1">
        ${this.me ? html`<refused-time></refused-time>` : nothing}${
          this.firm?.mail?.waiting ? html`<mail-delivery .mail=${this.firm.mail}></mail-delivery>` : nothing
        }${
          this.failed
            ? this.#failure(this.failed)
            : !this.place
              ? html`<p class="progress" role="progressbar" aria-label="Loading"></p>`
              : (this.#page ??
                html`<div class="card empty">
                  <h1>Not found</h1>
                  <p>There is no such page.</p>
                  <a class="button" href="#/">Go to the start page</a>
                </div>`)
        }
      </main>
      ${this.me ? html`<track-dialog></track-dialog><tracker-window></tracker-window>` : nothing}
      <say-area></say-area>
      <help-dialog></help-dialog>`;
  }
}
customElements.define('portal-app', PortalApp);
