// What can be changed of the running timer in the tracker window.
/** @import {Service} from '../types/model' */
import '../parts/customer-picker.js';
import '../parts/rate-shown.js';
import '../parts/time-span.js';
import { html } from '../vendor/lit.js';
import { noteOf } from './note.js';

/**
 * @param {any} timer
 * @param {Service[]} services
 * @param {{noted: (event: any) => void, leftNote: () => void, retimed: () => void, change: (body: object) => void,
 *   discard: () => void}} does what the tracker does about it
 */
export const timerFields = (timer, services, { noted, leftNote, retimed, change, discard }) =>
  html`<div class="edit">
    <label class="field"
      ><span>Note</span><input .value=${noteOf(timer)} maxlength="2000" @input=${noted} @change=${leftNote}
    /></label>
    <time-span open .begin=${timer.startedAt} .errors=${undefined} @retimed=${retimed}></time-span>
    <small>Leave “To” empty while the work goes on.</small>
    <label class="field"
      ><span>Service</span
      ><select @change=${(event) => change({ serviceId: event.target.value })}>
        ${services
          .filter((service) => service.active || service.serviceId === timer.serviceId)
          .map(
            (service) =>
              html`<option value=${service.serviceId} ?selected=${service.serviceId === timer.serviceId}>
                ${service.name}
              </option>`,
          )}
      </select></label
    >
    <small><rate-shown .customerId=${timer.customerId} .serviceId=${timer.serviceId}></rate-shown></small>
    <label class="check"
      ><input
        type="checkbox"
        .checked=${timer.billable}
        @change=${(event) => change({ billable: event.target.checked })}
      />
      <span>Bill this time</span></label
    >
    <customer-picker
      .customerId=${timer.customerId}
      .called=${timer.customerName}
      @chosen=${(event) => change({ customerId: event.detail.customerId })}
    ></customer-picker>
    <button class="plain danger" @click=${discard}>Discard</button>
  </div>`;
