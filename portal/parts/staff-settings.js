// The settings of staff: who belongs to the firm, whose invitation is pending, whose access has ended.
/** @import {Me, StaffMember, Timer} from '../types/model' */
import { patch, post } from '../core/api.js';
import { dateTime, money } from '../core/format.js';
import { html, LitElement, nothing } from '../vendor/lit.js';
import { csvButton } from './filters.js';
import { openDialog } from './lazy.js';
import { dataChanged, showMessage, showMessageWithUndo, whileDisabled } from './messages.js';
import { inactivePill } from './states.js';
import { cell, emailText, hiddenName, num, table, toolButton, toolCell } from './tables.js';

class StaffSettings extends LitElement {
  static properties = {
    me: { attribute: false },
    staff: { attribute: false },
    timers: { attribute: false },
    currency: { attribute: false },
  };

  constructor() {
    super();
    /** @type {Me} */
    this.me;
    /** @type {StaffMember[]} */
    this.staff = [];
    /** The timers that are running in the firm. @type {Timer[]} */
    this.timers = [];
    /** The firm's. */
    this.currency = '';
  }

  createRenderRoot() {
    return this;
  }

  /** @param {StaffMember} member as it was read @param {boolean} active */
  async #active({ staffId, version }, active) {
    try {
      return await patch(`/staff/${staffId}`, { active }, version);
    } finally {
      await dataChanged(); // somebody else may have changed it
    }
  }

  #toggleActive(event, member) {
    whileDisabled(event, async () => {
      const changed = await this.#active(member, !member.active);
      const { running, firmEmail } = changed;
      const timer = running ? ` Their timer for ${running.customerName} still runs: see the hint.` : '';
      const mail = firmEmail ? ` The firm's mail goes to ${firmEmail} now.` : '';
      showMessageWithUndo(
        member.active ? `${member.name} can no longer log in.${timer}${mail}` : `${member.name} can log in again.`,
        () => this.#active(changed, member.active).catch((failed) => showMessage(failed.message)),
      );
    });
  }

  #inviteAgain(event, member) {
    whileDisabled(event, async () => {
      try {
        await post(`/staff/${member.staffId}/invite`, {}, { once: true });
        showMessage(`The invitation is on its way to ${member.email} again. It is good for seven days.`);
      } finally {
        await dataChanged(); // they may have logged in meanwhile
      }
    });
  }

  #open(member) {
    openDialog(
      this,
      'staff-dialog',
      () => import('./settings-dialogs.js'),
      () => member,
    );
  }

  /** Where somebody's access has ended, their timer is the owners' to stop. */
  #leftRunning() {
    const left = this.timers.filter((timer) =>
      this.staff.some((member) => member.staffId === timer.staffId && !member.active),
    );
    return left.map(
      (timer) =>
        html`<p class="hint">
          ${timer.staffName} can no longer log in, but their timer for
          <a href="#/customers/${timer.customerId}">${timer.customerName}</a> has been running since
          ${dateTime(timer.startedAt)}.
          ${
            this.me.role === 'owner'
              ? html`<a href="#/time">Stop, correct or discard it</a>`
              : 'An owner of the firm can stop it.'
          }
        </p>`,
    );
  }

  /** @param {StaffMember} member */
  #pending = ({ active, invitation }) => active && invitation === 'pending';

  /** @param {StaffMember} member */
  #email(member) {
    return this.#pending(member) && this.me.role === 'owner'
      ? html`${emailText(member.email)}<br />${toolButton('Send the invitation again', `to ${member.name}`, (event) =>
            this.#inviteAgain(event, member),
          )}`
      : emailText(member.email);
  }

  /** Their rate, and how many services have another one of theirs. @param {StaffMember} member */
  #rate({ hourlyRate, rates }) {
    const others = Object.keys(rates).length;
    return html`<span
      >${hourlyRate === null ? '' : money(hourlyRate, this.currency)}${
        others > 0
          ? html`${hourlyRate === null ? nothing : html`<br />`}<small
                >${others === 1 ? 'One rate' : `${others} rates`} by service</small
              >`
          : nothing
      }</span
    >`;
  }

  /** @param {StaffMember} member */
  #tools(member) {
    if (this.me.role !== 'owner') {
      return nothing;
    }
    const { name, active } = member;
    return [
      toolButton('Edit', name, () => this.#open(member)),
      member.staffId === this.me.staffId
        ? nothing
        : toolButton(active ? 'Deactivate' : 'Activate', name, (event) => this.#toggleActive(event, member)),
    ];
  }

  render() {
    return html`<div class="stack">
      ${this.#leftRunning()}
      ${table(
        'Members of staff',
        ['Name', 'Email', 'Role', num('Rate an hour'), hiddenName('Change')],
        this.staff.map(
          (member) =>
            html`<tr>
              <th scope="row">
                ${member.name}
                ${inactivePill(member, 'Deactivated')}${
                  this.#pending(member)
                    ? html`<span class="pill due" title="They have not logged in since they were invited"
                        >Invited</span
                      >`
                    : nothing
                }
              </th>
              ${cell('Email', this.#email(member), 'whole')}
              ${cell('Role', member.role === 'owner' ? 'Owner' : 'Staff')}
              ${cell('Rate an hour', this.#rate(member), 'num')} ${toolCell(this.#tools(member))}
            </tr>`,
        ),
        { seen: false },
      )}
      ${
        this.me.role === 'owner'
          ? html`<div class="actions">
              <button class="primary" @click=${() => this.#open({ role: 'staff' })}>Invite</button>
              ${csvButton('/staff', {}, 'staff')}
            </div>`
          : html`<p class="hint">Only an owner of the firm can change this.</p>`
      }
      <staff-dialog
        @saved=${(event) => {
          showMessage(event.target.about.staffId ? 'Saved' : 'Invited');
          event.done = dataChanged();
        }}
      ></staff-dialog>
    </div>`;
  }
}
customElements.define('staff-settings', StaffSettings);
