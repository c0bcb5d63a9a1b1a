// The dialog that corrects a time entry, or enters one by hand.
import { get, patch, post, remove } from '../core/api.js';
import { pastInstant, instant } from '../core/clock.js';
import { input, manner } from '../core/format.js';
import { billsTime, whoseRate } from '../core/rates.js';
import { instantsOf, localTime } from '../core/typed-time.js';
import { html, nothing } from '../vendor/lit.js';
import './customer-picker.js';
import './rate-shown.js';
import './time-span.js';
import { check, readAmountIfAny, choice, field, problem } from './fields.js';
import { FormDialog } from './form-dialog.js';
import { actUnlessUndone, dataChanged } from './messages.js';
import { putAside, takeBack } from './put-aside.js';
import { elapsed } from './tables.js';

const HOUR = 3_600_000;
const TIMES = ['workedOn', 'startedAt', 'stoppedAt', 'minutes']; // the time's fields show what is wrong with it

class EntryDialog extends FormDialog {
  static properties = { ...FormDialog.properties, chosen: { state: true }, billed: { state: true } };
  #services = [];
  #currency;
  #me;
  #span;
  #byDay = false;

  async prepare(about) {
    // Computed once: the form renders again, which must not overwrite what was typed. What is new is whole minutes.
    const minute = Math.floor(Date.parse(pastInstant()) / 60_000) * 60_000;
    const end = about.stoppedAt ?? instant(Math.max(minute, Date.parse(about.startedAt ?? instant(minute))));
    this.#span = { end, begin: about.startedAt ?? instant(Date.parse(end) - HOUR) };
    const { zone } = manner();
    const begin = localTime(Date.parse(this.#span.begin), zone);
    const [then] = about.on && about.on < begin.day ? instantsOf(about.on, begin.seconds, zone) : [];
    if (then) {
      this.#span = { begin: instant(then), end: instant(then + HOUR) };
    }
    this.#byDay = about.byDay === true;
    const [{ services }, firm, me] = await Promise.all([get('/services'), get('/firm'), get('/me')]);
    this.#me = me;
    this.#services = services.filter((service) => service.active || service.serviceId === about.serviceId);
    this.#currency = about.currency ?? firm.currency;
    // Which customer and service the rate that is shown is for.
    this.chosen = { customerId: about.customerId, serviceId: about.serviceId ?? this.#services[0]?.serviceId };
    /** What the person says of the time; undefined where they leave it as it is. @type {boolean | undefined} */
    this.billed = about.timeEntryId ? undefined : about.billable;
  }

  heading(entry) {
    return entry.timeEntryId ? 'Edit tracked time' : 'Add time by hand';
  }

  fields(entry) {
    const { errors } = this;
    const { begin, end } = this.#span;
    return html`${problem(this.failed, 'customerId', 'serviceId', ...TIMES, 'hourlyRate', 'note')}
      ${
        entry.needsConfirmation
          ? html`<p class="hint">This time is unusually long. Correct it, or save it as it is to confirm it.</p>`
          : nothing
      }
      ${
        entry.overlaps?.length
          ? html`<p class="hint">
              ${entry.staffName} has other time at the same hours. If it is billed twice, your customer will ask why.
            </p>`
          : nothing
      }
      ${
        entry.original
          ? html`<p class="muted">Measured by the clock: ${elapsed(entry.original.measuredSeconds)}</p>`
          : nothing
      }
      ${
        entry.customerId && !entry.timeEntryId
          ? nothing
          : html`<customer-picker
              .error=${errors?.get('customerId')}
              .customerId=${entry.customerId}
              .called=${entry.customerName}
              @chosen=${(event) => this.#choose({ customerId: event.detail.customerId })}
            ></customer-picker>`
      }
      ${choice(
        'Service',
        'serviceId',
        entry.serviceId,
        this.#services.map((each) => [each.serviceId, each.name]),
        { errors, chosen: (serviceId) => this.#choose({ serviceId }) },
      )}
      <time-span
        ?fresh=${!entry.stoppedAt}
        .begin=${begin}
        .end=${end}
        .byDay=${this.#byDay}
        .errors=${errors}
      ></time-span>
      ${field('Rate an hour', 'hourlyRate', entry.timeEntryId ? input(entry.hourlyRate, entry.currency) : '', {
        errors,
        inputmode: 'decimal',
        hint:
          this.#asKept(entry) && entry.rateSource !== 'entry'
            ? `This is ${this.#source(entry)}.`
            : html`<rate-shown
                .lead=${this.#lead(entry)}
                .customerId=${this.chosen.customerId}
                .serviceId=${this.chosen.serviceId}
                .staffId=${entry.staffId}
              ></rate-shown>`,
      })}
      ${this.#bills(entry)} ${field('Note', 'note', entry.note, { errors, rows: 2, maxlength: 2000 })}`;
  }

  #choose(change) {
    this.chosen = { ...this.chosen, ...change };
  }

  /** Whether an entry is still for the customer and the service for which its rate was found. */
  #asKept({ timeEntryId, customerId, serviceId }) {
    return timeEntryId && customerId === this.chosen.customerId && serviceId === this.chosen.serviceId;
  }

  /** What stands before the rate that would count. */
  #lead(entry) {
    if (!entry.timeEntryId) {
      return 'Empty: ';
    }
    return entry.rateSource === 'entry' ? 'Set on this time. Empty: ' : 'Unless you change it: ';
  }

  #source({ rateSource, staffId, staffName }) {
    return whoseRate(rateSource, staffId === this.#me.staffId ? undefined : staffName);
  }

  /** Whether the time is billed without a word of the person: as it is, or as its service says. */
  #usual(entry) {
    const service = this.#services.find(({ serviceId }) => serviceId === this.chosen.serviceId);
    return this.#asKept(entry) || !service ? (entry.billable ?? true) : billsTime(service);
  }

  #bills(entry) {
    const usual = this.#usual(entry);
    const billed = this.billed ?? usual;
    return html`<div
      @change=${(event) => {
        this.billed = event.target.checked === usual ? undefined : event.target.checked;
      }}
    >
      ${check(
        'Bill this time',
        'billable',
        billed,
        billed
          ? entry.timeEntryId && !entry.billable
            ? 'It waits under Time until you put it on an invoice.'
            : undefined
          : entry.invoiceId
            ? 'It is kept, and leaves its draft.'
            : 'It is kept, and goes on no invoice.',
      )}
    </div>`;
  }

  extra(entry) {
    return entry.timeEntryId
      ? html`<button type="button" class="plain danger" ?disabled=${this.busy} @click=${() => this.#remove(entry)}>
          Delete this time
        </button>`
      : nothing;
  }

  #remove({ timeEntryId }) {
    const showAgain = () => {
      takeBack(timeEntryId);
      return dataChanged();
    };
    this.close();
    putAside(timeEntryId);
    dataChanged();
    actUnlessUndone(
      'The time is deleted.',
      (leaving) =>
        remove(`/time-entries/${timeEntryId}`, { keepalive: leaving }).catch((failed) => {
          takeBack(timeEntryId);
          throw failed;
        }),
      showAgain,
    );
  }

  async save(form, entry) {
    const time = /** @type {any} */ (this.querySelector('time-span')?.read());
    const hourlyRate = readAmountIfAny(form, 'hourlyRate', this.#currency);
    const note = form.get('note').trim();
    if (!entry.timeEntryId) {
      return post('/time-entries', {
        customerId: entry.customerId ?? form.get('customerId'),
        serviceId: form.get('serviceId'),
        ...time,
        note,
        ...(this.billed !== undefined && { billable: this.billed }),
        ...(hourlyRate !== undefined && { hourlyRate }),
      });
    }
    const body = {};
    if (form.get('customerId') !== entry.customerId) {
      body.customerId = form.get('customerId');
    }
    if (time.minutes !== undefined) {
      if (time.workedOn !== entry.workedOn || time.minutes * 60 !== entry.measuredSeconds) {
        Object.assign(body, time);
      }
    } else {
      for (const end of ['startedAt', 'stoppedAt'].filter((each) => time[each] !== entry[each])) {
        body[end] = time[end];
      }
    }
    if (form.get('serviceId') !== entry.serviceId) {
      body.serviceId = form.get('serviceId');
    }
    if (hourlyRate === undefined ? entry.rateSource === 'entry' : hourlyRate !== entry.hourlyRate) {
      body.hourlyRate = hourlyRate ?? null;
    }
    if (note !== entry.note) {
      body.note = note;
    }
    if (this.billed !== undefined) {
      body.billable = this.billed;
    }
    if (entry.needsConfirmation) {
      body.needsConfirmation = false;
    }
    return Object.keys(body).length === 0 ? entry : patch(`/time-entries/${entry.timeEntryId}`, body, entry.version);
  }
}
customElements.define('entry-dialog', EntryDialog);
