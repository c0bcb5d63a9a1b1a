// The dialog that corrects a time entry, or enters one by hand.
import { get, patch, post, remove } from '../core/api.js';
import { pastInstant, instant } from '../core/clock.js';
import { input, manner } from '../core/format.js';
import { instantsOf, localTime } from '../core/typed-time.js';
import { html, nothing } from '../vendor/lit.js';
import './customer-picker.js';
import './time-span.js';
import { readAmountIfAny, choice, field, problem } from './fields.js';
import { FormDialog } from './form-dialog.js';
import { actUnlessUndone, dataChanged } from './messages.js';
import { putAside, takeBack } from './put-aside.js';
import { elapsed } from './tables.js';

const RATES = {
  entry: 'Set on this time. Empty: the customer’s or the service’s rate',
  customer: 'The customer’s own rate',
  service: 'The service’s rate',
};

const HOUR = 3_600_000;
const TIMES = ['workedOn', 'startedAt', 'stoppedAt', 'minutes']; // the time's fields show what is wrong with it

class EntryDialog extends FormDialog {
  #services = [];
  #currency;
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
    const [{ services }, firm] = await Promise.all([get('/services'), get('/firm')]);
    this.#services = services.filter((service) => service.active || service.serviceId === about.serviceId);
    this.#currency = about.currency ?? firm.currency;
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
            ></customer-picker>`
      }
      ${choice(
        'Service',
        'serviceId',
        entry.serviceId,
        this.#services.map((each) => [each.serviceId, each.name]),
        { errors },
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
        hint: RATES[entry.rateSource] ?? 'Empty: the customer’s or the service’s rate',
      })}
      ${field('Note', 'note', entry.note, { errors, rows: 2, maxlength: 2000 })}`;
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
    if (entry.needsConfirmation) {
      body.needsConfirmation = false;
    }
    return Object.keys(body).length === 0 ? entry : patch(`/time-entries/${entry.timeEntryId}`, body, entry.version);
  }
}
customElements.define('entry-dialog', EntryDialog);
