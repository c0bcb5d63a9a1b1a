// A mail as it looks, in a frame of its own: no script runs there, and nothing is loaded from anywhere.
import { html, LitElement } from '../vendor/lit.js';

const TAG = /<[a-z][^>]*>/gi;

/**
 * Mails carry their style in attributes, which the portal's Content-Security-Policy does not let any page of it parse:
 * they are set one by one instead. Links lead nowhere, and the only picture is the logo that the mail's HTML holds.
 *
 * @param {HTMLIFrameElement} frame
 * @param {string} page the mail's HTML, as the server wrote it
 */
function show(frame, page) {
  const doc = /** @type {Document} */ (frame.contentDocument);
  const view = /** @type {any} */ (frame.contentWindow);
  /** @type {string[]} */
  const sheets = [];
  const bare = page
    .replace(/<style[^>]*>([\s\S]*?)<\/style>/gi, (all, rules) => {
      sheets.push(rules);
      return '';
    })
    .replace(TAG, (tag) =>
      tag.replace(/ style="/gi, ' data-style="').replace(/ (href|src)="(?!data:image\/)[^"]*"/gi, ''),
    );
  const parsed = new DOMParser().parseFromString(bare, 'text/html');
  parsed.querySelectorAll('meta, base, link, script').forEach((each) => each.remove());
  doc.documentElement.replaceWith(doc.importNode(parsed.documentElement, true));
  doc.documentElement.lang = 'en';
  doc.querySelectorAll('[data-style]').forEach((each) => {
    /** @type {HTMLElement} */ (each).style.cssText = each.getAttribute('data-style') ?? '';
    each.removeAttribute('data-style');
  });
  doc.adoptedStyleSheets = sheets.map((rules) => {
    const sheet = new view.CSSStyleSheet();
    sheet.replaceSync(rules);
    return sheet;
  });
}

class MailPreview extends LitElement {
  static properties = { mail: { attribute: false } };

  constructor() {
    super();
    /** The mail: its subject, and its HTML. @type {{subject: string, html: string}} */
    this.mail;
  }

  createRenderRoot() {
    return this;
  }

  updated() {
    const frame = /** @type {HTMLIFrameElement} */ (this.querySelector('iframe'));
    if (frame.contentDocument) {
      show(frame, this.mail.html);
    }
  }

  render() {
    return html`<p class="subject"><small>Subject</small><b>${this.mail.subject}</b></p>
      <iframe title="Preview of the email" sandbox="allow-same-origin"></iframe>`;
  }
}
customElements.define('mail-preview', MailPreview);
