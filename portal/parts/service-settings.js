// The settings of paid services: what time is tracked for, and what it costs.
/** @import {Me, Service} from '../types/model' */
import { money } from '../core/format.js';
import { html, LitElement, nothing } from '../vendor/lit.js';
import { csvButton } from './filters.js';
import { openDialog } from './lazy.js';
import { dataChanged, showMessage } from './messages.js';
import { inactivePill } from './states.js';
import { cell, hiddenName, num, table, toolButton, toolCell } from './tables.js';

const OWNERS = html`<p class="hint">Only an owner of the firm can change this.</p>`;

class ServiceSettings extends LitElement {
  static properties = { me: { attribute: false }, services: { attribute: false }, currency: { attribute: false } };

  constructor() {
    super();
    /** @type {Me} */
    this.me;
    /** @type {Service[]} */
    this.services = [];
    /** The firm's. */
    this.currency = '';
  }

  createRenderRoot() {
    return this;
  }

  #open(about) {
    openDialog(
      this,
      'service-dialog',
      () => import('./settings-dialogs.js'),
      () => about,
    );
  }

  render() {
    const { services, currency } = this;
    const open = (service) => this.#open({ ...service, currency });
    const owner = this.me.role === 'owner';
    const add = html`<button class="primary" @click=${() => open({ active: true })}>Add a paid service</button>`;
    return html`<div class="stack">
      ${
        services.length
          ? table(
              'All paid services',
              ['Name', num('Rate an hour'), hiddenName('Change')],
              services.map(
                (service) =>
                  html`<tr>
                    <th scope="row">
                      ${service.name}
                      ${inactivePill(service, 'Retired')}${
                        service.billable ? nothing : html`<span class="pill quiet">Not billed</span>`
                      }${service.description ? html`<br /><small>${service.description}</small>` : nothing}
                    </th>
                    ${cell(
                      'Rate an hour',
                      service.kind === 'fixed'
                        ? html`<span>${money(service.fixedPrice ?? 0, currency)}<br /><small>fixed price</small></span>`
                        : money(service.hourlyRate, currency),
                      'num',
                    )}
                    ${toolCell(owner ? toolButton('Edit', service.name, () => open(service)) : nothing)}
                  </tr>`,
              ),
              { seen: false },
            )
          : html`<div class="empty">
              <p>
                No paid services yet. A service is what you track time for, such as Bookkeeping, with its hourly rate.
              </p>
              ${
                owner
                  ? html`<div class="row">${add}<a class="button" href="#/settings/import">Import services</a></div>`
                  : nothing
              }
            </div>`
      }
      ${
        owner
          ? services.length
            ? html`<div class="actions">${add}${csvButton('/services', {}, 'services')}</div>`
            : nothing
          : OWNERS
      }
      <service-dialog
        @saved=${(event) => {
          showMessage('Saved');
          event.done = dataChanged();
        }}
      ></service-dialog>
    </div>`;
  }
}
customElements.define('service-settings', ServiceSettings);
