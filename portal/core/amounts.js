// Amounts, percentages and minutes as people type them. What can be read in two ways is not guessed: both are given.
/** @import {LocalTexts} from './local-texts.js' */
import { decimals } from './local-texts.js';

/** The highest amount that the API takes, in minor units. */
export const MOST = 1_000_000_000;

/**
 * What was typed: its amount, or in words what is wrong with it, with the amounts that it may mean.
 *
 * @typedef {{amount: number, problem?: undefined, readings?: undefined}
 *   | {amount?: undefined, problem: string, readings?: number[]}} Reading
 */

const MINUS = /^[-−–﹣-]|[-−–﹣-]$/g;
const BLANKS = /[\s\u00a0\u202f\u2007\u2009]+/g;
const DIRECTION = /[\u061c\u200b\u200e\u200f\u2066-\u2069\ufeff]/g;
const GROUPS = /^\d{1,3}(?:x\d{3})+$/;
const INDIAN_GROUPS = /^\d{1,2}(?:x\d{2})*x\d{3}$/;
const INDIA = ['IN', 'BD', 'LK', 'NP', 'PK'];

/**
 * Digits whose thousands are set apart, as minor units. Whether those of India are meant elsewhere, is asked.
 *
 * @param {string[]} parts
 * @param {string} rest
 * @param {number} digits
 * @param {LocalTexts} texts
 */
function grouped(parts, rest, digits, texts) {
  const form = parts.join('x');
  if (!GROUPS.test(form) && !INDIAN_GROUPS.test(form)) {
    return undefined;
  }
  const found = minor(parts.join(''), rest, digits);
  const asked = !GROUPS.test(form) && !INDIA.includes(texts.country);
  return Array.isArray(found) ? Object.assign(found, { asked }) : found;
}

/**
 * Reads an amount as people of a country write it, in minor units.
 *
 * @param {string} typed
 * @param {string} currency
 * @param {LocalTexts} texts
 * @param {{least?: number, most?: number}} [limits] minor units
 * @returns {Reading}
 */
export function readAmount(typed, currency, texts, { least = -MOST, most = MOST } = {}) {
  const example = texts.number(decimals(currency) ? 22_000 * 10 ** (decimals(currency) - 2) : 220, currency);
  const unreadable = { problem: `This is not an amount. Write it like ${example}.` };
  const bare = withoutCurrency(
    typed.normalize('NFKC').replaceAll(DIRECTION, '').replaceAll(BLANKS, ' ').trim(),
    currency,
    texts,
  );
  if (bare.other) {
    return { problem: `This is in ${currency}. Write the amount without ${bare.other}.` };
  }
  const { text, negative } = signed(bare.text);
  const found = numbers(text, decimals(currency), texts);
  if (found === undefined) {
    return unreadable;
  }
  if (typeof found === 'string') {
    return { problem: found.replace('{currency}', currency) };
  }
  const amounts = [...new Set(found.map((each) => (negative && each !== 0 ? -each : each)))];
  const within = amounts.filter((each) => each >= least && each <= most);
  if (within.length === 0) {
    return { problem: outside(amounts[0], currency, texts, least, most) };
  }
  if (amounts.length > 1 || found.asked) {
    return {
      problem:
        within.length === 1
          ? `Do you mean ${texts.money(within[0], currency)}? Write it like ${example}.`
          : `Do you mean ${within.map((each) => texts.money(each, currency)).join(' or ')}?`,
      readings: within,
    };
  }
  return { amount: within[0] };
}

function outside(amount, currency, texts, least, most) {
  const money = (each) => texts.money(each, currency);
  if (amount > most) {
    return `At most ${money(most)}.`;
  }
  return least === 0
    ? 'This cannot be below zero.'
    : least > 0
      ? `At least ${money(least)}.`
      : `At least ${money(least)}.`;
}

/** Takes off the currency's code or symbol, before or after. @returns {{text: string, other?: string}} */
function withoutCurrency(text, currency, texts) {
  const parts =
    /^([-−–(]?)\s*([\p{L}\p{Sc}][\p{L}\p{Sc}.]*)?\s*(.*?)\s*([\p{L}\p{Sc}][\p{L}\p{Sc}.]*)?\s*([-−–)]?)$/u.exec(text);
  const [, open = '', before, number = '', after, close = ''] = parts ?? ['', '', undefined, text, undefined, ''];
  const name = before ?? after;
  const known = texts.names(currency).map((each) => each.toUpperCase());
  const other = [before, after].find((each) => each && !known.includes(each.toUpperCase()));
  if (other !== undefined) {
    // Letters that name no currency are no amount at all.
    return /\d/.test(number) && /\p{Sc}|^[a-z]{3}$/iu.test(other) ? { text, other } : { text };
  }
  return { text: name ? open + number + close : text };
}

/** @param {string} text @returns {{text: string, negative: boolean}} */
function signed(text) {
  const inner = /^\((.+)\)$/.exec(text)?.[1];
  const bare = (inner ?? text).replaceAll(MINUS, '').trim();
  return { text: bare, negative: inner !== undefined || bare !== (inner ?? text).trim() };
}

/**
 * The minor units that digits with separators may mean. Undefined: it is no number. A text: what is wrong with it.
 *
 * @param {string} text
 * @param {number} digits
 * @param {LocalTexts} texts
 * @returns {(number[] & {asked?: boolean}) | string | undefined}
 */
function numbers(text, digits, texts) {
  if (!/^(?=.*\d)[\d.,'’ ]+$/.test(text) || /^[ '’]|[.,'’ ]{2}|[ '’]$/.test(text)) {
    return undefined;
  }
  const marks = [...text.replaceAll(/\d/g, '')];
  const kinds = [...new Set(marks)];
  const last = marks.at(-1);
  if (last === undefined) {
    return minor(text, '', digits);
  }
  if (kinds.length > 2) {
    return undefined;
  }
  const lastOnly = marks.filter((mark) => mark === last).length === 1;
  const [whole, rest] = [text.slice(0, text.lastIndexOf(last)), text.slice(text.lastIndexOf(last) + 1)];
  if (kinds.length === 2) {
    // The last one is the decimal point, the other sets thousands apart.
    const parts = whole.split(/\D/);
    return lastOnly && '.,'.includes(last) && marks.slice(0, -1).every((mark) => mark === kinds[0])
      ? grouped(parts, rest, digits, texts)
      : undefined;
  }
  const parts = text.split(last);
  if (!lastOnly || !'.,'.includes(last)) {
    return grouped(parts, '', digits, texts);
  }
  return oneMark(whole, rest, last, digits, texts);
}

/** One point or comma: it may be the decimal point or set thousands apart. */
function oneMark(whole, rest, mark, digits, texts) {
  const asDecimal = minor(whole || '0', rest, digits);
  if (!/^[1-9]\d{0,2}$/.test(whole) || rest.length !== 3) {
    // No thousand is written so; and nobody writes that many zeros after a mark of elsewhere.
    return rest.length > digits && digits > 0 && mark !== texts.decimalPoint ? undefined : asDecimal;
  }
  const asThousands = minor(whole + rest, '', digits);
  const decimalHere = mark === texts.decimalPoint;
  if (digits === 3 ? decimalHere : mark === texts.grouping) {
    return digits === 3 ? asDecimal : asThousands;
  }
  // Somebody from elsewhere may write so, or a digit is too many.
  const shortened = digits === 3 ? asDecimal : minorOf(whole, rest.slice(0, digits), digits, rest.slice(digits));
  const both = [asThousands, shortened].flatMap((each) => (Array.isArray(each) ? each : []));
  return Object.assign(both, { asked: true });
}

/** With too many decimals, only if those are zeros. */
const minorOf = (whole, rest, digits, more) => (/^0*$/.test(more) ? minor(whole, rest, digits) : []);

/** @param {string} whole @param {string} rest @param {number} digits @returns {number[] | string} */
function minor(whole, rest, digits) {
  const used = rest.replace(/0+$/, '');
  if (used.length > digits) {
    return digits === 0 ? 'Write whole {currency}, without decimals.' : `Write at most ${digits} decimals.`;
  }
  const amount = Number(whole + used.padEnd(digits, '0'));
  return [Number.isSafeInteger(amount) ? amount : Number.MAX_SAFE_INTEGER];
}

/**
 * Reads a percentage: its plain decimal text, or what is wrong with it.
 *
 * @param {string} typed with or without its sign
 * @param {{most?: number, digits?: number}} [limits]
 * @returns {{percent: string, problem?: undefined} | {percent?: undefined, problem: string}}
 */
export function readPercent(typed, { most = 100, digits = 4 } = {}) {
  const found = /^(\d{1,3})(?:[.,](\d*))?%?$/.exec(
    typed.normalize('NFKC').replaceAll(DIRECTION, '').replaceAll(BLANKS, ''),
  );
  if (!found) {
    return { problem: 'This is not a percentage. Write it like 8.25.' };
  }
  const [, whole, rest = ''] = found;
  const used = rest.replace(/0+$/, '');
  if (used.length > digits) {
    return { problem: `Write at most ${digits} decimals.` };
  }
  const percent = `${Number(whole)}${used && `.${used}`}`;
  return Number(percent) > most ? { problem: `At most ${most}%.` } : { percent };
}

/**
 * Reads a quantity above zero: its plain decimal text, or what is wrong with it. The point has to be that of the
 * country: 1,250 may be one and a quarter.
 *
 * @param {string} typed
 * @param {LocalTexts} texts
 * @returns {{quantity: string, problem?: undefined} | {quantity?: undefined, problem: string}}
 */
export function readQuantity(typed, texts) {
  const [whole, rest = '', ...more] = typed
    .normalize('NFKC')
    .replaceAll(DIRECTION, '')
    .replaceAll(BLANKS, '')
    .split(texts.decimalPoint);
  const used = rest.replace(/0+$/, '');
  if (more.length || !/^\d{1,9}$/.test(whole) || !/^\d{0,3}$/.test(used) || !Number(whole + used)) {
    return { problem: `Write a number above zero, such as 1${texts.decimalPoint}5, with at most 3 decimals.` };
  }
  const quantity = `${Number(whole)}${used && `.${used}`}`;
  return Number(quantity) > 1_000_000 ? { problem: 'At most 1,000,000.' } : { quantity };
}

/**
 * Reads a discount: a percentage, if it has that sign, or an amount.
 *
 * @param {string} typed
 * @param {string} currency
 * @param {LocalTexts} texts
 * @returns {{discount: {percent: string} | {amount: number} | null} | {problem: string, readings?: number[]}}
 */
export function readDiscount(typed, currency, texts) {
  if (typed.trim() === '') {
    return { discount: null };
  }
  if (/[%％]/.test(typed)) {
    const { percent, problem } = readPercent(typed);
    return problem === undefined ? { discount: { percent } } : { problem };
  }
  const { amount, problem, readings } = readAmount(typed, currency, texts, { least: 0 });
  return problem === undefined ? { discount: { amount } } : { problem, readings };
}

/**
 * Reads a whole number between limits.
 *
 * @param {string} typed
 * @param {{least?: number, most?: number, unit?: string}} [limits]
 * @returns {{number: number, problem?: undefined} | {number?: undefined, problem: string}}
 */
export function readWhole(typed, { least = 0, most = 100_000, unit = '' } = {}) {
  const bare = typed.normalize('NFKC').replaceAll(DIRECTION, '').trim();
  if (!/^-?\d{1,15}$/.test(bare)) {
    return { problem: `Write a whole number${unit && ` of ${unit}`}.` };
  }
  const number = Number(bare);
  if (number < least) {
    return { problem: least === 0 ? 'This cannot be below zero.' : `At least ${least}.` };
  }
  return number > most ? { problem: `At most ${most}.` } : { number };
}
