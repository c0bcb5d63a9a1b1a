// Which services were tracked last on this device: the likeliest ones are offered first.
import { userId } from '../core/session.js';

const MOST = 60;
const key = () => `clockbill.used.${userId()}`;

/** @returns {[string, string][]} pairs of customer and service, the latest first */
const used = () => JSON.parse(localStorage.getItem(key()) ?? '[]');

/** Notes that a service is tracked for a customer. @param {string} customerId @param {string} serviceId */
export function usedNow(customerId, serviceId) {
  const others = used().filter(([customer, service]) => customer !== customerId || service !== serviceId);
  localStorage.setItem(key(), JSON.stringify([[customerId, serviceId], ...others].slice(0, MOST)));
}

/**
 * Services in the order in which a customer's are offered: those last used for the customer, then those last used for
 * others, then the rest as it was.
 *
 * @template {{serviceId: string}} S
 * @param {S[]} services
 * @param {string} customerId
 * @returns {S[]}
 */
export function likeliestFirst(services, customerId) {
  const all = used();
  const order = [...all.filter(([customer]) => customer === customerId), ...all].map(([, service]) => service);
  const rank = ({ serviceId }) => (order.includes(serviceId) ? order.indexOf(serviceId) : order.length);
  return services.toSorted((one, other) => rank(one) - rank(other));
}
