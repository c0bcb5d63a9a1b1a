// Why the firm's mails wait, and how an invoice's mail fares with each of its recipients.
import { dateTime } from '../core/format.js';
import { html, LitElement, nothing } from '../vendor/lit.js';
import { deliveryText } from './states.js';

const NOTES = {
  delayed: 'their server cannot be reached; it is tried again by itself',
  temporary: 'an automatic answer came back, or the mailbox is full',
  suppressed: 'nothing was sent: an earlier mail came back. Correct the address, or mail it again to try this one',
  rejected: 'the mail service refused it for its content, and sent nothing',
};
const REASONS = {
  paused: 'sending is paused',
  suspended: 'the account is closed',
  unverified: 'an address is not confirmed there yet',
  quota: 'the mails of today are used up',
};

/** @param {{reason: string | null, since: string | null}} mail */
const whyMailsWait = ({ reason, since }) =>
  `Mails wait${since ? ` since ${dateTime(since)}` : ''}: at the mail service ${
    REASONS[reason ?? ''] ?? 'something is not set up'
  }. They go out by themselves when that is over, each once.`;

class MailDelivery extends LitElement {
  static properties = { recipients: { attribute: false }, mail: { attribute: false } };

  constructor() {
    super();
    /** @type {any[]} */
    this.recipients = [];
    /** Whether mails wait, and why. @type {any} */
    this.mail = undefined;
  }

  createRenderRoot() {
    return this;
  }

  render() {
    return html`${this.mail?.waiting ? html`<p class="hint">${whyMailsWait(this.mail)}</p>` : nothing}
    ${
      this.recipients.length
        ? html`<ul class="plain">
            ${this.recipients.map(
              (each) =>
                html`<li>
                  <small>${each.email}: ${deliveryText(each)}${each.note ? `, ${NOTES[each.note]}` : ''}</small>
                </li>`,
            )}
          </ul>`
        : nothing
    }`;
  }
}
customElements.define('mail-delivery', MailDelivery);
