// What an hour of somebody's time costs, by the server's rule (timer/Work), so that it can be shown before the time is
// kept: of several rates the first one counts that is set, and zero is a rate.
import { money } from './format.js';

/** @typedef {{rates?: Record<string, number> | null}} HasRates */
/** @typedef {{hourlyRate: number, rateSource: 'entry' | 'customer' | 'staff' | 'service'}} Rate */

/**
 * The rate that counts for time on a service.
 *
 * @param {HasRates | null | undefined} customer
 * @param {{serviceId: string, hourlyRate: number}} service
 * @param {(HasRates & {hourlyRate?: number | null}) | null | undefined} person who works
 * @returns {Rate}
 */
export function rateOf(customer, { serviceId, hourlyRate }, person) {
  const levels = /** @type {const} */ ([
    ['customer', customer?.rates?.[serviceId]],
    ['staff', person?.rates?.[serviceId]],
    ['staff', person?.hourlyRate],
    ['service', hourlyRate],
  ]);
  const [rateSource, rate] = levels.find(([, each]) => each !== undefined && each !== null) ?? ['service', hourlyRate];
  return { hourlyRate: /** @type {number} */ (rate), rateSource };
}

/**
 * Whose rate it is, in words.
 *
 * @param {Rate['rateSource']} rateSource
 * @param {string} [name] of the person whose time it is, if that is not who looks
 */
export const whoseRate = (rateSource, name) =>
  ({
    entry: 'set on this time',
    customer: 'the customer’s rate',
    staff: name ? `the rate of ${name}` : 'your rate',
    service: 'the service’s rate',
  })[rateSource];

/**
 * The same in a word or two, where there is little room.
 *
 * @param {Rate['rateSource']} rateSource
 * @param {string} [name]
 */
export const whoseRateShort = (rateSource, name) =>
  rateSource === 'entry' ? 'set here' : whoseRate(rateSource, name).replace(/^the /, '');

/**
 * What an hour costs, and why: "$250.00 an hour, your rate".
 *
 * @param {Rate} rate
 * @param {string} currency
 * @param {string} [name] as above
 */
export const rateText = ({ hourlyRate, rateSource }, currency, name) =>
  `${money(hourlyRate, currency)} an hour, ${whoseRate(rateSource, name)}`;

/**
 * Whether time on a service is billed where nobody says otherwise.
 *
 * @param {{billable: boolean, kind: string}} service
 */
export const billsTime = ({ billable, kind }) => billable && kind === 'hourly';
