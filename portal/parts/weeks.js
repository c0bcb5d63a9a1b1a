// Weeks as the week view shows them, and what is worked in them.
/** @import {TimeEntry} from '../types/model' */
/** @import {WeekRow} from '../types/portal' */
import { pages } from '../core/api.js';
import { daysAfter } from '../core/days.js';
import { shown } from './put-aside.js';

/** The weekday, 0 for Sunday, with which weeks begin in a locale. @param {string} locale */
function firstWeekday(locale) {
  const known = /** @type {any} */ (new Intl.Locale(locale));
  return ((known.getWeekInfo?.() ?? known.weekInfo)?.firstDay ?? 1) % 7;
}

/** The seven days of the week that holds a day. @param {string} day @param {string} locale */
export function weekOf(day, locale) {
  const back = (new Date(`${day}T00:00:00Z`).getUTCDay() - firstWeekday(locale) + 7) % 7;
  return Array.from({ length: 7 }, (_, at) => daysAfter(day, at - back));
}

/**
 * All time of a person from one day to another.
 *
 * @param {string} staffId
 * @param {string} from
 * @param {string} to
 * @returns {Promise<TimeEntry[]>}
 */
export async function timeOf(staffId, from, to) {
  /** @type {TimeEntry[]} */
  const entries = [];
  for await (const page of pages('/time-entries', { staffId, from, to, limit: 100 })) {
    entries.push(...shown(page.timeEntries));
  }
  return entries;
}

/** What tells rows apart. @param {{customerId: string, serviceId: string}} row */
export const rowKey = ({ customerId, serviceId }) => `${customerId} ${serviceId}`;

/**
 * The rows of a week: one for each customer and service, by their names.
 *
 * @param {TimeEntry[]} entries
 * @param {WeekRow[]} added rows without time
 * @returns {WeekRow[]}
 */
export function rowsOf(entries, added) {
  const rows = new Map();
  for (const each of [...entries, ...added]) {
    const { customerId, customerName, serviceId, serviceName, note } = each;
    const key = rowKey(each);
    if (!rows.has(key)) {
      rows.set(key, { customerId, customerName, serviceId, serviceName, note });
    }
  }
  return [...rows.values()].sort(
    (one, other) =>
      one.customerName.localeCompare(other.customerName) || one.serviceName.localeCompare(other.serviceName),
  );
}

/** Measured minutes of some time. @param {TimeEntry[]} entries */
export const minutesOf = (entries) =>
  Math.floor(entries.reduce((sum, { measuredSeconds }) => sum + measuredSeconds, 0) / 60);
