// Rates for single services, as customers and members of staff have them: their fields, and what is read of them.
/** @import {Service} from '../types/model' */
/** @import {Errors} from '../types/portal' */
import { input, money } from '../core/format.js';
import { html, nothing } from '../vendor/lit.js';
import { field, readAmountIfAny } from './fields.js';

/** The services that have a field: those that can be tracked, and those with a rate already. */
export const withRates = (/** @type {Service[]} */ services, rates) =>
  services.filter((service) => service.active || rates?.[service.serviceId] !== undefined);

/** The paths of the fields, for what the server refuses. @param {Service[]} services */
export const ratePaths = (services) => services.map(({ serviceId }) => `rates.${serviceId}`);

/**
 * The fields, folded away where none is filled in.
 *
 * @param {Service[]} services
 * @param {Record<string, number> | undefined} rates
 * @param {string} currency
 * @param {Errors | undefined} errors
 * @param {string} words what they are
 */
export function rateFields(services, rates = {}, currency, errors, words = 'Rates of their own') {
  const open = Object.keys(rates ?? {}).length > 0 || ratePaths(services).some((path) => errors?.has(path));
  return services.length
    ? html`<details ?open=${open}>
        <summary>${words}</summary>
        <div class="fields">
          ${services.map((service) =>
            field(
              service.name,
              `rate ${service.serviceId}`,
              rates?.[service.serviceId] === undefined ? '' : input(rates[service.serviceId], currency),
              {
                errors,
                path: `rates.${service.serviceId}`,
                inputmode: 'decimal',
                placeholder: `${money(service.hourlyRate, currency)} an hour`,
              },
            ),
          )}
        </div>
      </details>`
    : nothing;
}

/**
 * The change of rates that was typed: null takes one off.
 *
 * @param {FormData} form
 * @param {Service[]} services
 * @param {Record<string, number> | undefined} before
 * @param {string} currency
 * @returns {Record<string, number | null>}
 */
export function readRates(form, services, before, currency) {
  /** @type {Record<string, number | null>} */
  const rates = {};
  for (const { serviceId } of services) {
    const amount = readAmountIfAny(form, `rate ${serviceId}`, currency, `rates.${serviceId}`);
    if (amount !== undefined) {
      rates[serviceId] = amount;
    } else if (before?.[serviceId] !== undefined) {
      rates[serviceId] = null;
    }
  }
  return rates;
}
