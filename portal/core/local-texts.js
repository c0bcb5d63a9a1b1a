// How people of a country write numbers, money, dates and times in English: the same table as the server's LocalTexts,
// and not the browser's own, whose versions differ from each other. Blanks are no-break spaces. A test holds both
// together; LocalTexts tells where the table comes from.
const BLANK = '\u00a0';
const words = (text) => new Set(text.split(' '));
/** @param {string} text @returns {Map<string, string>} */
const pairs = (text) => new Map(Array.from(text.matchAll(/(\S+) (\S+)/g), ([, one, two]) => [one, two]));

const COMMA_POINT = words('AT BE DE DK ES ID IT NL PL RO SI');
const COMMA_BLANK = words('CZ FI FR HU NO PT SE SK ZA');
const APOSTROPHE = words('CH LI');
const INDIAN = words('IN');
const SYMBOL_LAST = words('BE CZ DE DK ES FI FR HU IT NO PL PT RO SE SI SK');
const SYMBOL_APART = words('AT CH LI MV NL');
const PERCENT_APART = words('AT DE DK FI NO SE');
const MONTH_FIRST = words('AS BI CA CN GU JP KR MH MP PH PR TW UM US VI');
const DOLLARS = words('AS GU MH MP PH PR UM US VI');
const TWELVE_HOURS = words(
  'AE AG AS AU BB BD BH BM BS CA CY DM DO EG ER FJ FM GD GH GM GU GY HK IN JM JO KE KI KN KR KW KY LB LC LR LS MH MO ' +
    'MP MW MX MY NA NG NZ OM PG PH PK PR PW QA SA SB SD SG SL SS SZ TC TO TT UM US VC VG VI VU WS ZM',
);
const SYMBOLS = pairs(
  'AUD A$ BRL R$ CAD CA$ CNY CN¥ EUR € GBP £ HKD HK$ ILS ₪ INR ₹ JPY JP¥ KRW ₩ MXN MX$ NZD NZ$ PHP ₱ TWD NT$ USD US$ ' +
    'VND ₫ XCD EC$',
);
const OWN_SYMBOLS = pairs(
  'AUD $ BBD $ BMD $ BSD $ BWP P BZD $ CAD $ DKK kr. FJD $ FKP £ GHS GH₵ GIP £ GYD $ IDR Rp JMD $ JPY ¥ KES Ksh ' +
    'KYD $ LRD $ MUR Rs MWK MK MYR RM NAD $ NGN ₦ NOK kr NZD $ PGK K PKR Rs SBD $ SEK kr SGD $ TTD $ TZS TSh ' +
    'UGX USh USD $ ZAR R ZMW K',
);
const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

// Digits of minor units by ISO 4217, as the server counts them.
const ZERO =
  'ADP BEF BIF BYB BYR CLP DJF ESP GNF GRD ISK ITL JPY KMF KRW LUF MGF ' +
  'PTE PYG ROL RWF TPE TRL UGX UYI VND VUV XAF XOF XPF';
const THREE = 'BHD IQD JOD KWD LYD OMR TND';
const DECIMALS = new Map([
  ...ZERO.split(' ').map((code) => /** @type {const} */ ([code, 0])),
  ...THREE.split(' ').map((code) => /** @type {const} */ ([code, 3])),
  ['CLF', 4],
]);

/** How many decimals a currency has. @param {string} currency */
export const decimals = (currency) => DECIMALS.get(currency) ?? 2;

/**
 * Whole minor units as an exact decimal text: 123456 and 2 give "1234.56".
 *
 * @param {number} amount
 * @param {number} digits
 */
export function exact(amount, digits) {
  const sign = amount < 0 ? '-' : '';
  const all = String(Math.abs(amount)).padStart(digits + 1, '0');
  return digits === 0 ? sign + all : `${sign}${all.slice(0, -digits)}.${all.slice(-digits)}`;
}

/** The texts of one country. */
export class LocalTexts {
  /** @param {string} tag a BCP 47 tag of English, such as `en-US` or `en-150` */
  constructor(tag) {
    this.country = tag.split('-').pop() ?? '';
    const comma = COMMA_POINT.has(this.country) || COMMA_BLANK.has(this.country);
    this.decimalPoint = comma ? ',' : '.';
    this.grouping = COMMA_POINT.has(this.country)
      ? '.'
      : COMMA_BLANK.has(this.country)
        ? BLANK
        : APOSTROPHE.has(this.country)
          ? '’'
          : ',';
  }

  /** A decimal text such as "1234.5" with its thousands apart. @param {string} plain */
  #digits(plain) {
    const [whole, rest] = plain.split('.');
    const thousands = INDIAN.has(this.country) ? /\B(?=(\d\d)*\d{3}$)/g : /\B(?=(\d{3})+$)/g;
    const grouped = whole.replaceAll(thousands, this.grouping);
    return rest === undefined ? grouped : grouped + this.decimalPoint + rest;
  }

  /** @param {string} currency */
  symbol(currency) {
    const here = currency.startsWith(this.country) || (currency === 'USD' && DOLLARS.has(this.country));
    return (here && OWN_SYMBOLS.get(currency)) || (SYMBOLS.get(currency) ?? currency);
  }

  /** The symbols by which people here may name a currency, and its code. @param {string} currency */
  names(currency) {
    const all = [currency, SYMBOLS.get(currency), OWN_SYMBOLS.get(currency)];
    return /** @type {string[]} */ (all.filter(Boolean));
  }

  /** Whole minor units as an amount of money. @param {number} amount @param {string} currency */
  money(amount, currency) {
    const digits = this.#digits(exact(Math.abs(amount), decimals(currency)));
    const symbol = this.symbol(currency);
    const sign = amount < 0 ? '-' : '';
    if (SYMBOL_LAST.has(this.country)) {
      return sign + digits + BLANK + symbol;
    }
    const apart = SYMBOL_APART.has(this.country) || /\p{L}$/u.test(symbol);
    return sign + symbol + (apart ? BLANK : '') + digits;
  }

  /** The same for an input field: without its currency. @param {number} amount @param {string} currency */
  number(amount, currency) {
    const digits = this.#digits(exact(Math.abs(amount), decimals(currency)));
    return amount < 0 ? `-${digits}` : digits;
  }

  /** A number, such as "1250.5", as the API has it. @param {string} plain */
  quantity(plain) {
    return this.#digits(plain);
  }

  /** A percentage, such as "8.25", without zeros at its end. @param {string} percent as the API has it */
  percent(percent) {
    const shortest = percent.includes('.') ? percent.replace(/\.?0+$/, '') : percent;
    return `${this.#digits(shortest)}${PERCENT_APART.has(this.country) ? BLANK : ''}%`;
  }

  /** A day such as 2026-11-22, which nobody can misread. @param {string} day */
  date(day) {
    const [year, month, date] = day.split('-');
    const name = MONTHS[Number(month) - 1];
    return MONTH_FIRST.has(this.country)
      ? `${name} ${Number(date)}, ${Number(year)}`
      : `${Number(date)} ${name} ${Number(year)}`;
  }

  /** Whether dates begin with the month. */
  get monthFirst() {
    return MONTH_FIRST.has(this.country);
  }

  /** Whether times of day are written by twelve hours. */
  get twelveHours() {
    return TWELVE_HOURS.has(this.country);
  }

  /** A time of day such as 18:05. @param {string} time hours and minutes, with whatever follows */
  time(time) {
    const [hour, minute] = time.split(':');
    if (!this.twelveHours) {
      return `${hour}:${minute}`;
    }
    const half = Number(hour) < 12 ? 'am' : 'pm';
    return `${Number(hour) % 12 || 12}:${minute}${BLANK}${MONTH_FIRST.has(this.country) ? half.toUpperCase() : half}`;
  }
}
