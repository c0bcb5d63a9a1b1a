// Why the firm's mails wait, and how an invoice's mail fares with each of its recipients.
import { dateTime } from '../core/format.js';
import { html, LitElement, nothing } from '../vendor/lit.js';
import { deliveryText } from './states.js';

const NOTES = {
  delayed: 'their server cannot be reached; it is retried automatically',
  temporary: 'an automatic reply came back, or the mailbox is full',
  suppressed: 'not sent, since an earlier email bounced. Correct the address, or resend to try this one',
  unwanted: 'so nothing was sent. Talk to them, and resend only if they want it',
  rejected: 'the email service refused it for its content and sent nothing',
};
/** As the server's own mails and logs say it. */
const REASONS = {
  paused: 'sending is paused at the mail service',
  suspended: 'the mail service has closed the account',
  unverified: 'the mail service has not verified the sender yet',
  quota: 'the mails that may be sent in a day are used up',
  configuration: 'the mail service is not set up completely',
  access: 'Clockbill has no access to the mail service',
  other: 'the mail service takes no mails at present',
};

/** Of all mails, as the frame says it. @param {{reason: string | null, since: string | null}} mail */
const whyMailsWait = ({ reason, since }) =>
  `Mails have been waiting${since ? ` since ${dateTime(since)}` : ''}: ${
    REASONS[reason ?? 'other']
  }. They go out by themselves when that is over, each once.`;

/** Of the mail of one invoice. @param {{reason: string | null}} mail */
const whyItWaits = ({ reason }) =>
  `It waits: ${REASONS[reason ?? 'other']}. It goes out automatically when that is over; then it can be resent.`;

/** What is known of a recipient beside the status. @param {any} recipient */
const noteOn = ({ status, note }) =>
  note ? `, ${NOTES[status === 'complained' && note === 'suppressed' ? 'unwanted' : note]}` : '';

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
    const why = this.recipients.length ? whyItWaits : whyMailsWait;
    return html`${this.mail?.waiting ? html`<p class="hint">${why(this.mail)}</p>` : nothing}
    ${
      this.recipients.length
        ? html`<ul class="plain">
            ${this.recipients.map(
              (each) => html`<li><small>${each.email}: ${deliveryText(each)}${noteOn(each)}</small></li>`,
            )}
          </ul>`
        : nothing
    }`;
  }
}
customElements.define('mail-delivery', MailDelivery);
