// The taxes of a firm as they are typed into a form of its settings.
import { percentTyped } from '../core/typed-amounts.js';
import { refuse } from './problems.js';

/**
 * The taxes typed into a form. None is left out because half of it is missing.
 *
 * @param {FormData} form
 * @param {number} count
 */
export function taxesOf(form, count) {
  const taxes = [];
  for (let at = 0; at < count; at++) {
    const name = String(form.get(`tax ${at} name`)).trim();
    const typed = String(form.get(`tax ${at} rate`)).trim();
    if (!name && typed && at === count - 1) {
      throw refuse(`invoicing.taxes[${at}].name`, 'Name this tax, or clear its percentage.');
    }
    if (name) {
      const { percent: ratePercent, problem: words } = percentTyped(typed);
      if (words !== undefined) {
        throw refuse(`invoicing.taxes[${at}].ratePercent`, words);
      }
      taxes.push({ name, ratePercent });
    }
  }
  return taxes;
}
