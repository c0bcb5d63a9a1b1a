// Ready to bill: what is unbilled up to a day, the drafts that a billing run makes of it, and sending them together.
/** @import {BillingDraft, BillingRun, BillingRunSummary, UnbilledCustomer} from '../types/model' */
/** @import {Place} from '../types/portal' */
import { get, post, queryString } from '../core/api.js';
import { filter } from '../core/address.js';
import { date, dateTime, minutes, money, today } from '../core/format.js';
import { openDialog } from '../parts/lazy.js';
import { may } from '../parts/may.js';
import { announce, showMessage, whileDisabled } from '../parts/messages.js';
import { Page } from '../parts/page.js';
import { firstPage, moreButton } from '../parts/paged-list.js';
import { cell, hiddenName, num, sums, table } from '../parts/tables.js';
import { html, nothing } from '../vendor/lit.js';

/** How long until a run that is under way is asked for again, in milliseconds; each time a little longer. */
const FIRST_WAIT = 700;
const LONGEST_WAIT = 4000;

/** How many runs are listed at once. */
const LISTED = 6;

const several = (count, one) => (count === 1 ? `1 ${one}` : `${count} ${one}s`);

const underWay = ({ state }) => state === 'preparing' || state === 'sending';

/** What stands in the way of sending a draft: the words, how grave it is, and where it is mended. */
const PROBLEMS = {
  'time-unconfirmed': ['Time to confirm', 'due', ({ invoiceId }) => `#/invoices/${invoiceId}`],
  'timer-running': ['Timer running', 'due', () => '#/timer'],
  overlaps: ['Overlapping time', 'quiet', ({ invoiceId }) => `#/invoices/${invoiceId}`],
  'due-date-passed': ['Due date has passed', 'due', ({ invoiceId }) => `#/invoices/${invoiceId}`],
  'payments-setup-incomplete': ['Payments not set up', 'due', () => '#/settings/payments'],
  'nothing-to-bill': ['Nothing to bill', 'due', ({ invoiceId }) => `#/invoices/${invoiceId}`],
};

const problemLink = (draft, word) => {
  const [words, kind, href] = PROBLEMS[word] ?? ['Needs a look', 'due', ({ invoiceId }) => `#/invoices/${invoiceId}`];
  return html`<a class="pill ${kind}" href=${href(draft)}>${words}</a> `;
};

/** How far a run has come, as a list says it. */
const STATES = { preparing: 'Making drafts', ready: 'Ready', sending: 'Sending', done: 'Done' };

/** Whether Send would take a draft as it is. @param {BillingDraft} draft */
const sendable = ({ fate, problems }) => fate !== 'sent' && problems.every((word) => word === 'overlaps');

class BillingPage extends Page {
  /** The customers and the drafts that are not wanted; everything else is. @type {Set<string>} */
  #leftOut = new Set();
  #timeout;
  #wait = FIRST_WAIT;

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.#timeout);
  }

  /** @param {Place} place */
  async read({ parameters: { runId }, query: { upTo } }) {
    const day = upTo || today(Date.now());
    if (runId) {
      return { run: this.#poll(await get(`/billing-runs/${runId}`)), day };
    }
    const [unbilled, runs] = await Promise.all([
      get(`/billing-runs/unbilled${queryString({ upTo: day })}`),
      firstPage('/billing-runs', 'billingRuns', { drafts: 'false', limit: LISTED }),
    ]);
    const [newest] = runs.items;
    const run = newest ? await get(`/billing-runs/${newest.runId}`) : null;
    return { unbilled, runs, run: this.#poll(run), day };
  }

  /** Asks how far a run has come, again and again while it is under way. @param {BillingRun | null} run */
  #poll(run) {
    clearTimeout(this.#timeout);
    if (run && underWay(run)) {
      this.#timeout = setTimeout(() => this.#again(run), this.#wait);
      this.#wait = Math.min(LONGEST_WAIT, this.#wait * 1.3);
    } else {
      this.#wait = FIRST_WAIT;
    }
    return run;
  }

  /** @param {BillingRun} before */
  async #again(before) {
    const path = `/billing-runs/${before.runId}?drafts=false`;
    const now = await get(path, { background: true }).catch(() => before);
    if (!this.isConnected || this.state?.run?.runId !== now.runId) {
      return;
    }
    if (underWay(now)) {
      this.state = { ...this.state, run: this.#poll({ ...before, ...now }) };
      return;
    }
    await this.load(true);
    const read = this.state?.run;
    if (read === before) {
      this.#poll(before); // it could not be read; the message says why
    } else if (read?.runId === before.runId && !underWay(read)) {
      announce(this.#told(read));
    }
  }

  #told({ state, drafts }) {
    if (state === 'ready') {
      return `${several(drafts.length, 'draft')} ready`;
    }
    const sent = drafts.filter(({ fate }) => fate === 'sent').length;
    const refused = drafts.filter(({ fate }) => fate === 'refused').length;
    return `${several(sent, 'invoice')} sent${refused ? `, ${refused} not sent` : ''}`;
  }

  #choose(ids, on) {
    for (const id of ids) {
      if (on) {
        this.#leftOut.delete(id);
      } else {
        this.#leftOut.add(id);
      }
    }
    this.requestUpdate();
  }

  #box(id, name) {
    return html`<td class="box">
      <input
        type="checkbox"
        .checked=${!this.#leftOut.has(id)}
        aria-label="Select ${name}"
        @change=${(event) => this.#choose([id], event.target.checked)}
      />
    </td>`;
  }

  #allBox(ids, what) {
    const chosen = ids.filter((id) => !this.#leftOut.has(id)).length;
    return {
      ...hiddenName('Selected'),
      content: html`<input
        type="checkbox"
        .checked=${chosen === ids.length}
        .indeterminate=${chosen > 0 && chosen < ids.length}
        aria-label="Select all ${several(ids.length, what)}"
        @change=${(event) => this.#choose(ids, event.target.checked)}
      />`,
    };
  }

  /** Makes drafts of the chosen customers' time. */
  #make(event, { customers }, day) {
    const chosen = customers.filter(({ customerId }) => !this.#leftOut.has(customerId));
    const body = {
      upTo: day,
      ...(chosen.length < customers.length && { customerIds: chosen.map(({ customerId }) => customerId) }),
    };
    whileDisabled(event, async () => {
      try {
        const { runId } = await post('/billing-runs', body);
        this.#leftOut.clear();
        this.#wait = FIRST_WAIT;
        this.state = { ...this.state, run: await get(`/billing-runs/${runId}`) };
        announce('Making the drafts');
        if (underWay(this.state.run)) {
          this.#poll(this.state.run);
        } else {
          await this.load(true);
        }
      } catch (failed) {
        showMessage(failed.message);
      }
    });
  }

  #send(run, drafts) {
    openDialog(
      this,
      'send-run-dialog',
      () => import('../parts/send-run-dialog.js'),
      () => ({ runId: run.runId, drafts }),
    );
  }

  #asked = (event) => {
    event.done = this.load(true);
    this.#wait = FIRST_WAIT;
  };

  #unbilledRow(/** @type {UnbilledCustomer} */ customer) {
    const { customerId, customerName, active, entries, billedMinutes, amounts, unconfirmed, overlapping } = customer;
    const spans = entries === 1 ? '1 entry' : `${entries} entries`;
    const time = `#/time?state=unbilled&customerId=${customerId}`;
    return html`<tr>
      ${this.#box(customerId, customerName)}
      <th scope="row"><a href="#/customers/${customerId}">${customerName}</a></th>
      ${cell('Time', html`${minutes(billedMinutes)} <small class="muted">${spans}</small>`)}
      ${cell(
        'To check',
        unconfirmed || overlapping || customer.running || !active
          ? html`${unconfirmed ? html`<a class="pill due" href=${time}>${unconfirmed} to confirm</a> ` : nothing}
            ${overlapping ? html`<a class="pill quiet" href=${time}>${overlapping} overlapping</a> ` : nothing}
            ${customer.running ? html`<a class="pill due" href="#/timer">Timer running</a> ` : nothing}
            ${active ? nothing : html`<span class="pill quiet">Inactive</span>`}`
          : '',
      )}
      ${cell('Total', amounts.map(({ amount, currency }) => money(amount, currency)).join(' + '), 'num')}
    </tr>`;
  }

  #unbilled({ unbilled, day, run }) {
    const { customers, complete } = unbilled;
    const chosen = customers.filter(({ customerId }) => !this.#leftOut.has(customerId));
    const amounts = chosen.flatMap((customer) => customer.amounts);
    return html`<section class="card stack" aria-label="Unbilled time">
      <div class="row apart">
        <h2>Unbilled time</h2>
        <label class="field side"
          ><span>Up to</span>
          <input type="date" .value=${day} @change=${({ target }) => target.value && filter({ upTo: target.value })}
        /></label>
      </div>
      ${
        customers.length
          ? html`${table(
                `Unbilled time up to ${date(day)}`,
                [
                  this.#allBox(
                    customers.map(({ customerId }) => customerId),
                    'customer',
                  ),
                  'Customer',
                  'Time',
                  'To check',
                  num('Total'),
                ],
                customers.map((customer) => this.#unbilledRow(customer)),
                { seen: false },
              )}
              ${complete ? nothing : html`<p class="hint">More is unbilled than one run takes. Bill this first.</p>`}
              <div class="bulk" role="group" aria-label="With the selected customers">
                <span
                  ><strong>${several(chosen.length, 'customer')}</strong>
                  <span class="muted">${sums(amounts, ({ amount }) => amount)}</span></span
                >
                <button
                  class=${run && this.#waiting(run).length ? '' : 'primary'}
                  ?disabled=${!chosen.length || (run && underWay(run))}
                  @click=${(event) => this.#make(event, unbilled, day)}
                >
                  Make drafts
                </button>
              </div>`
          : html`<div class="empty">
              <p>Nothing is unbilled up to ${date(day)}.</p>
              <p class="muted">
                Time that is collected waits here until you bill it. Which time that is, you choose under
                <a href="#/settings/invoices">Settings, Invoices</a> or for single customers.
              </p>
            </div>`
      }
    </section>`;
  }

  #waiting(/** @type {BillingRun} */ run) {
    return run.drafts.filter(({ fate }) => fate !== 'sent');
  }

  #fate(/** @type {BillingDraft} */ draft) {
    if (draft.fate === 'sent') {
      return html`<span class="pill ok">Sent${draft.number ? ` as ${draft.number}` : ''}</span>`;
    }
    return draft.fate === 'refused'
      ? html`<span class="pill bad">Not sent</span> <small>${draft.refusal?.detail}</small>`
      : html`<span class="pill quiet">Draft</span>`;
  }

  #draftRow(/** @type {BillingRun} */ run, /** @type {BillingDraft} */ draft) {
    const { invoiceId, customerName, total, currency, lines, problems, fate } = draft;
    const selectable = fate !== 'sent' && run.state !== 'preparing' && may(this, 'staffSend');
    return html`<tr>
      ${selectable ? this.#box(invoiceId, customerName) : html`<td class="box"></td>`}
      <th scope="row"><a href="#/invoices/${invoiceId}">${customerName}</a></th>
      ${cell('State', this.#fate(draft))}
      ${cell('To check', problems.length ? problems.map((word) => problemLink(draft, word)) : '')}
      ${cell('Lines', lines, 'num')} ${cell('Total', money(total, currency), 'num')}
    </tr>`;
  }

  #progress({ state, progress: { done, of } }) {
    const words = state === 'preparing' ? 'Making the drafts' : 'Sending';
    return html`<div class="stack" role="status">
      <label class="run-progress"
        ><span>${words} … ${of ? `${done} of ${of}` : ''}</span>
        <progress max=${of || 1} value=${of ? done : nothing}></progress
      ></label>
    </div>`;
  }

  #run(/** @type {BillingRun} */ run) {
    const sends = may(this, 'staffSend');
    const waiting = this.#waiting(run);
    const chosen = waiting.filter(({ invoiceId }) => !this.#leftOut.has(invoiceId));
    const ready = chosen.filter(sendable);
    return html`<section class="card stack" aria-label="Drafts">
      <div class="row apart">
        <h2>Drafts up to ${date(run.upTo)}</h2>
        <span class="muted">${run.monthly ? 'Made on your billing day' : `Made for ${run.askedBy}`}</span>
      </div>
      ${underWay(run) ? this.#progress(run) : nothing}
      ${
        run.drafts.length
          ? table(
              `Drafts of time up to ${date(run.upTo)}`,
              [
                run.state === 'preparing' || !waiting.length || !sends
                  ? hiddenName('Selected')
                  : this.#allBox(
                      waiting.map(({ invoiceId }) => invoiceId),
                      'draft',
                    ),
                'Customer',
                'State',
                'To check',
                num('Lines'),
                num('Total'),
              ],
              run.drafts.map((draft) => this.#draftRow(run, draft)),
              {
                seen: false,
                foot: html`<tr>
                  <th scope="row" colspan="5">${several(run.drafts.length, 'draft')}</th>
                  <td class="num">${sums(run.drafts, ({ total }) => total)}</td>
                </tr>`,
              },
            )
          : underWay(run)
            ? nothing
            : html`<p class="muted">No drafts are left of this run.</p>`
      }
      ${run.complete ? nothing : html`<p class="hint">More was unbilled than one run takes. Bill the rest below.</p>`}
      ${waiting.length && !sends ? html`<p class="hint">Only an owner sends drafts in this firm.</p>` : nothing}
      ${
        waiting.length && !underWay(run) && sends
          ? html`<div class="bulk" role="group" aria-label="With the selected drafts">
              <span
                ><strong>${chosen.length} selected</strong>
                <span class="muted">${sums(chosen, ({ total }) => total)}</span></span
              >
              ${
                ready.length < chosen.length
                  ? html`<small>${chosen.length - ready.length} cannot be sent yet: see “To check”.</small>`
                  : nothing
              }
              <button class="primary" ?disabled=${!ready.length} @click=${() => this.#send(run, ready)}>
                Send ${several(ready.length, 'invoice')}
              </button>
            </div>`
          : nothing
      }
    </section>`;
  }

  #earlierRow(/** @type {BillingRunSummary} */ { runId, upTo, askedAt, askedBy, monthly, state, count, totals }) {
    return html`<tr>
      <th scope="row"><a href="#/billing/${runId}">Up to ${date(upTo)}</a></th>
      ${cell('Made', html`${dateTime(askedAt)} <small class="muted">${monthly ? 'Billing day' : askedBy}</small>`)}
      ${cell('State', html`<span class="pill quiet">${STATES[state]}</span>`)} ${cell('Drafts', count, 'num')}
      ${cell(
        'Came to',
        sums(totals, ({ amount }) => amount),
        'num',
      )}
    </tr>`;
  }

  /** The runs beside the one that is shown. */
  #earlier(runs, shown) {
    const earlier = runs.items.filter(({ runId }) => runId !== shown?.runId);
    return earlier.length
      ? html`<section class="card stack">
          ${table(
            'Earlier runs',
            ['Run', 'Made', 'State', num('Drafts'), num('Came to')],
            earlier.map((each) => this.#earlierRow(each)),
            { lead: true },
          )}
          ${moreButton(runs, (longer) => (this.state = { ...this.state, runs: longer }))}
        </section>`
      : nothing;
  }

  content({ unbilled, runs, run, day }) {
    const alone = Boolean(this.place.parameters.runId);
    const shown = run && (alone || underWay(run) || run.drafts.length) ? run : null;
    return html`<div class="head">
        <h1>${alone ? 'Billing run' : 'Ready to bill'}</h1>
        ${
          alone
            ? html`<a class="button" href="#/billing">Ready to bill</a>`
            : html`<a class="button" href="#/invoices">All invoices</a>`
        }
      </div>
      <div class="stack">
        ${shown ? this.#run(shown) : nothing}
        ${alone ? nothing : html`${this.#unbilled({ unbilled, day, run })} ${this.#earlier(runs, shown)}`}
      </div>
      <send-run-dialog @saved=${this.#asked}></send-run-dialog>`;
  }
}
customElements.define('billing-page', BillingPage);
