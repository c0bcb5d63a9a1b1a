// How money, times and dates are written and read, by the language of the browser and the time zone of the firm.
const locale = navigator.language;
let zone = 'UTC';

/** Sets the time zone in which dates and times are shown: the firm's. @param {string} timeZone */
export function useZone(timeZone) {
  zone = timeZone;
}

/** In which language, and by which clocks, dates and times are written: a BCP 47 tag and a time zone. */
export const manner = () => ({ locale, zone });

// Digits of minor units by ISO 4217, as the server counts them. Browsers know how people write amounts, which for some
// currencies is without decimals.
const ZERO =
  'ADP BEF BIF BYB BYR CLP DJF ESP GNF GRD ISK ITL JPY KMF KRW LUF MGF ' +
  'PTE PYG ROL RWF TPE TRL UGX UYI VND VUV XAF XOF XPF';
const THREE = 'BHD IQD JOD KWD LYD OMR TND';
const DECIMALS = new Map([
  ...ZERO.split(' ').map((code) => /** @type {const} */ ([code, 0])),
  ...THREE.split(' ').map((code) => /** @type {const} */ ([code, 3])),
  ['CLF', 4],
]);
const decimals = (currency) => DECIMALS.get(currency) ?? 2;

/** Whole minor units as an amount of money. @param {number} amount @param {string} currency */
export function money(amount, currency) {
  const digits = decimals(currency);
  /** @type {Intl.NumberFormatOptions} */
  const style = { style: 'currency', currency, minimumFractionDigits: digits, maximumFractionDigits: digits };
  const text = /** @type {`${number}`} */ (exact(amount, digits));
  return new Intl.NumberFormat(locale, style).format(text);
}

/** Whole minor units as an exact decimal text: 123456 and 2 give "1234.56". */
function exact(amount, digits) {
  const sign = amount < 0 ? '-' : '';
  const all = String(Math.abs(amount)).padStart(digits + 1, '0');
  return digits === 0 ? sign + all : `${sign}${all.slice(0, -digits)}.${all.slice(-digits)}`;
}

/** Whole minor units for an input field. @param {number} amount @param {string} currency */
export const input = (amount, currency) => exact(amount, decimals(currency));

/**
 * Whole minor units from what a person typed; null if that is not an amount.
 *
 * @param {string} typed
 * @param {string} currency
 */
export function amountOf(typed, currency) {
  const digits = decimals(currency);
  const found = /^\s*(-?)(\d{1,10})(?:[.,](\d+))?\s*$/.exec(typed);
  if (!found || (found[3] ?? '').length > digits) {
    return null;
  }
  return Number(`${found[1]}${found[2]}${(found[3] ?? '').padEnd(digits, '0')}`);
}

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
export const date = (day) =>
  day
    ? new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`))
    : '';

/** From one date to another, both such as 2026-11-22. @param {string} from @param {string} to */
export const dateRange = (from, to) =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).formatRange(
    new Date(`${from}T00:00:00Z`),
    new Date(`${to}T00:00:00Z`),
  );

const dateTimes = () => new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone: zone });

/** Date and time of an instant; empty if there is none. @param {string | null} [instant] */
export const dateTime = (instant) => (instant ? dateTimes().format(new Date(instant)) : '');

/** From one instant to another. @param {string} from @param {string} to */
export const period = (from, to) => dateTimes().formatRange(new Date(from), new Date(to));

/** An instant for an <input type="datetime-local">. @param {string} instant */
export function toLocalInput(instant) {
  const parts = Object.fromEntries(
    new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    })
      .formatToParts(new Date(instant))
      .map((part) => [part.type, part.value]),
  );
  return `${parts.year}-${parts.month}-${parts.day}T${parts.hour}:${parts.minute}:${parts.second}`;
}

/** The day at an instant in milliseconds, as the API writes dates. @param {number} milliseconds */
export const today = (milliseconds) => toLocalInput(new Date(milliseconds).toISOString()).slice(0, 10);
