// How money, time and dates are written for people, by the language of their browser.
const locale = navigator.language;
let zone = 'UTC';

/** Dates and times are shown in the firm's zone. */
export function useZone(timeZone) {
  zone = timeZone;
}

// By ISO 4217, as the server counts minor units. Browsers know how people write amounts, which for some is without decimals.
const DECIMALS = new Map([
  [0, 'ADP BEF BIF BYB BYR CLP DJF ESP GNF GRD ISK ITL JPY KMF KRW LUF MGF PTE PYG ROL RWF TPE TRL UGX UYI VND VUV XAF XOF XPF'],
  [3, 'BHD IQD JOD KWD LYD OMR TND'],
  [4, 'CLF'],
].flatMap(([digits, codes]) => codes.split(' ').map((code) => [code, digits])));
const decimals = (currency) => DECIMALS.get(currency) ?? 2;

/** Whole minor units as an amount of money. */
export function money(amount, currency) {
  const digits = decimals(currency);
  return new Intl.NumberFormat(locale, {
    style: 'currency', currency, minimumFractionDigits: digits, maximumFractionDigits: digits,
  }).format(exact(amount, digits));
}

/** Whole minor units as a plain decimal text, exact: 123456 and 2 give "1234.56". */
function exact(amount, digits) {
  const sign = amount < 0 ? '-' : '';
  const all = String(Math.abs(amount)).padStart(digits + 1, '0');
  return digits === 0 ? sign + all : `${sign}${all.slice(0, -digits)}.${all.slice(-digits)}`;
}

/** An amount for an input field. */
export const input = (amount, currency) => exact(amount, decimals(currency));

/** What a person typed as an amount, in whole minor units; null if it is none. */
export function amountOf(typed, currency) {
  const digits = decimals(currency);
  const found = /^\s*(-?)(\d{1,10})(?:[.,](\d+))?\s*$/.exec(typed);
  if (!found || (found[3] ?? '').length > digits) {
    return null;
  }
  return Number(`${found[1]}${found[2]}${(found[3] ?? '').padEnd(digits, '0')}`);
}

/** Whole minutes as people say them: "1 h 05 min". */
export function minutes(whole) {
  const hours = Math.floor(whole / 60);
  const rest = whole % 60;
  return hours ? `${hours} h ${String(rest).padStart(2, '0')} min` : `${rest} min`;
}

/** Whole seconds as a clock shows them: "01:05:09". */
export function clock(seconds) {
  const two = (number) => String(number).padStart(2, '0');
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

/** A date such as 2026-11-22. */
export const date = (text) => text === null || text === undefined ? '' :
  new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' })
    .format(new Date(`${text}T00:00:00Z`));

/** An instant, in the firm's zone. */
export const moment = (text) => text === null || text === undefined ? '' :
  new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone: zone })
    .format(new Date(text));

/** From one instant to another, in the firm's zone. */
export const period = (from, to) =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone: zone }).formatRange(new Date(from), new Date(to));

/** An instant for an <input type="datetime-local">, in the firm's zone. */
export function localInput(text) {
  const parts = Object.fromEntries(new Intl.DateTimeFormat('en-CA', {
    timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit',
    hour: '2-digit', minute: '2-digit', second: '2-digit',
  }).formatToParts(new Date(text)).map((part) => [part.type, part.value]));
  return `${parts.year}-${parts.month}-${parts.day}T${parts.hour}:${parts.minute}:${parts.second}`;
}

/** The instant that a <input type="datetime-local"> means in the firm's zone, as the API writes it. */
export function instantOf(local) {
  const wanted = Date.parse(`${local}Z`);
  let guess = wanted;
  // The zone's offset at the guess moves the guess; twice is enough, also around a change of clocks.
  for (let round = 0; round < 2; round++) {
    guess += wanted - Date.parse(`${localInput(new Date(guess).toISOString())}Z`);
  }
  return `${new Date(guess).toISOString().slice(0, 19)}Z`;
}

/** Today in the firm's zone, as the API writes dates. */
export const today = (milliseconds) => localInput(new Date(milliseconds).toISOString()).slice(0, 10);
