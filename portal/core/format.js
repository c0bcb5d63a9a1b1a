// How money, times and dates are written: as in the firm's locale, and in its time zone.
import { exact, decimals, LocalTexts } from './local-texts.js';
import { zoneTime } from './zone-time.js';

// Until the firm is known, the browser tells.
let tag = /^en-|-(?=[A-Z]{2}$)/.test(navigator.language) ? navigator.language : 'en-001';
let texts = new LocalTexts(tag);
let zone = 'UTC';

/** Sets how all is written: as the firm writes it. @param {{locale?: string, timeZone: string}} firm */
export function useFirm({ locale, timeZone }) {
  tag = locale ?? tag;
  texts = new LocalTexts(tag);
  zone = timeZone;
}

/** In which language, and by which clocks, dates and times are written: a BCP 47 tag and a time zone. */
export const manner = () => ({ locale: tag, zone });

/** How all is written. */
export const localTexts = () => texts;

/** Whole minor units as an amount of money. @param {number} amount @param {string} currency */
export const money = (amount, currency) => texts.money(amount, currency);

/** Whole minor units for an input field. @param {number} amount @param {string} currency */
export const input = (amount, currency) =>
  Math.abs(amount) < 1000 * 10 ** decimals(currency)
    ? exact(amount, decimals(currency)).replace('.', texts.decimalPoint)
    : texts.number(amount, currency);

/** A percentage, such as "8.25%". @param {string} plain as the API has it */
export const percent = (plain) => texts.percent(plain);

/** Whole minutes as people say them: "1 h 05 min". @param {number} whole */
export function minutes(whole) {
  const hours = Math.floor(whole / 60);
  const rest = whole % 60;
  return hours ? `${hours} h ${String(rest).padStart(2, '0')} min` : `${rest} min`;
}

/** Whole seconds as a clock shows them: "01:05:09". @param {number} seconds */
export function clock(seconds) {
  const two = (number) => String(number).padStart(2, '0');
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

/** A date such as 2026-11-22; empty if there is none. @param {string | null} [day] */
export const date = (day) => (day ? texts.date(day) : '');

/** From one date to another, both such as 2026-11-22. @param {string} from @param {string} to */
export const dateRange = (from, to) => `${date(from)} – ${date(to)}`;

const local = (instant) => zoneTime(Date.parse(instant), zone);

/** Date and time of an instant; empty if there is none. @param {string | null} [instant] */
export function dateTime(instant) {
  if (!instant) {
    return '';
  }
  const { day, time } = local(instant);
  return `${texts.date(day)}, ${texts.time(time)}`;
}

const timeOfDay = (instant) => texts.time(local(instant).time);
const until = (from, to) => (local(from).day === local(to).day ? timeOfDay(to) : dateTime(to));

/** From one instant to another. @param {string} from @param {string} to */
export const period = (from, to) => `${dateTime(from)} – ${until(from, to)}`;

/** The same on a day that is known. @param {string} from @param {string} to */
export const hours = (from, to) => `${timeOfDay(from)} – ${until(from, to)}`;

/** The day at an instant in milliseconds, as the API writes dates. @param {number} milliseconds */
export const today = (milliseconds) => zoneTime(milliseconds, zone).day;
