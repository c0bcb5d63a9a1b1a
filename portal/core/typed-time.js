// Times as people type them: a day, a time of day, a duration, and what follows from one for the others. Pure: nothing
// here knows the page. What could mean two things is never guessed: it is asked, with the answers to choose from.
/** @import {Asked, Span, TimeContext, TypedField} from '../types/portal' */
import { daysAfter, isoDay } from './days.js';
import { durationsOf, durationText, durationWords, plain } from './durations.js';
import { LocalTexts } from './local-texts.js';
import { zoneTime } from './zone-time.js';

const MINUTE = 60_000;
const DAY = 24 * 60;
/** Time that is longer than this is asked about: milliseconds. */
const LONG = DAY * MINUTE;
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

/** @type {Map<string, LocalTexts>} */
const textsByLocale = new Map();

function textsOf(locale) {
  const written = textsByLocale.get(locale) ?? new LocalTexts(locale);
  textsByLocale.set(locale, written);
  return written;
}

/** Whether a locale has clocks of twelve hours. @param {string} locale */
export const twelveHours = (locale) => textsOf(locale).twelveHours;

/**
 * What a typed time of day may mean, in minutes since midnight: nothing where it is no time, and two times where a
 * clock of twelve hours leaves open which half of the day is meant. From 7 to 11 that is the morning.
 *
 * @param {string} typed such as `9`, `9am`, `9:15 pm`, `14.30`, `0915`, `noon`
 * @param {boolean} twelve whether clocks have twelve hours here
 * @returns {number[]}
 */
export function timesOf(typed, twelve) {
  const text = plain(typed);
  const named = { noon: 720, midday: 720, midnight: 0 }[text];
  if (named !== undefined) {
    return [named];
  }
  const found =
    /^(\d{1,2})(?: ?[:.h] ?(\d{2})| ?h)?(?: ?([ap])\.?(?: ?m\.?)?)?$/.exec(text) ??
    /^(\d{1,2})(\d{2})(?: ?([ap])\.?(?: ?m\.?)?)?$/.exec(text);
  const hour = Number(found?.[1]);
  const minute = Number(found?.[2] ?? 0);
  const half = found?.[3];
  if (!found || minute > 59 || hour > 23 || (half && (hour < 1 || hour > 12))) {
    return [];
  }
  if (half) {
    return [(hour % 12) * 60 + minute + (half === 'p' ? 720 : 0)];
  }
  // A leading zero is how clocks of 24 hours are written.
  if (!twelve || hour === 0 || hour > 12 || found[1].startsWith('0') || (hour >= 7 && hour < 12)) {
    return [hour * 60 + minute];
  }
  return [(hour % 12) * 60 + minute, (hour % 12) * 60 + minute + 720];
}

const existing = (year, month, day) => {
  const time = Date.UTC(year, month - 1, day);
  return isoDay(time) ===
    `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
    ? isoDay(time)
    : null;
};

/**
 * The day that was typed, such as `11/22`, `22 Nov`, `2026-11-22`, `22`, `yesterday`, `mon`; null if it is none.
 * Without its year or month it is the last such day, today included.
 *
 * @param {string} typed
 * @param {string} locale tells whether the day or the month comes first
 * @param {string} today as the API writes dates
 */
export function dayOf(typed, locale, today) {
  const text = plain(typed).replace(/^(?:sun|mon|tue|wed|thu|fri|sat)[a-z]*[,.]? (?=.)/, '');
  const back = { today: 0, yesterday: 1 }[text];
  if (back !== undefined) {
    return daysAfter(today, -back);
  }
  if (/^(?:sun|mon|tue|wed|thu|fri|sat)(?:[a-z]*day)?$/.test(text)) {
    const now = new Date(`${today}T00:00:00Z`).getUTCDay();
    return daysAfter(today, -((now - WEEKDAYS.indexOf(text.slice(0, 3)) + 7) % 7));
  }
  if (
    !/^[\d a-z,./-]+$/.test(text) ||
    /[a-z]/.test(text.replace(/[a-z]{3,9}/, '').replaceAll(/\d(?:st|nd|rd|th)/g, ''))
  ) {
    return null;
  }
  const name = /[a-z]{3,9}/.exec(text.replaceAll(/(\d)(?:st|nd|rd|th)\b/g, '$1'))?.[0];
  const month = name === undefined ? undefined : MONTHS.findIndex((each) => name.startsWith(each)) + 1;
  const numbers = [...text.matchAll(/\d+/g)].map(([digits]) => digits);
  const values = numbers.map(Number);
  const [year] = today.split('-').map(Number);
  const whole = (digits) => (digits.length <= 2 ? 2000 + Number(digits) : Number(digits));
  const last = (inYear) =>
    [year, year - 1, year - 2, year - 3, year - 4].map(inYear).find((day) => day && day <= today) ?? null;
  if (month !== undefined) {
    if (month === 0 || numbers.length === 0 || numbers.length > 2) {
      return null;
    }
    return numbers.length === 2
      ? numbers[0].length === 4
        ? existing(values[0], month, values[1])
        : existing(whole(numbers[1]), month, values[0])
      : last((then) => existing(then, month, values[0]));
  }
  const dayFirst = () => !textsOf(locale).monthFirst;
  // A number above 12 can only be the day, wherever it stands.
  const inOrder = (one, other) => (one > 12 || (other <= 12 && dayFirst()) ? [other, one] : [one, other]);
  if (numbers.length === 3) {
    return numbers[0].length === 4
      ? existing(values[0], values[1], values[2])
      : existing(whole(numbers[2]), ...inOrder(values[0], values[1]));
  }
  if (numbers.length === 2) {
    return last((then) => existing(then, ...inOrder(values[0], values[1])));
  }
  if (numbers.length === 1 && numbers[0].length <= 2) {
    const months = Array.from(
      { length: 3 },
      (_, ago) => new Date(Date.UTC(year, Number(today.slice(5, 7)) - 1 - ago, 1)),
    );
    return (
      months
        .map((then) => existing(then.getUTCFullYear(), then.getUTCMonth() + 1, values[0]))
        .find((day) => day && day <= today) ?? null
    );
  }
  return null;
}

/** The local day, and the seconds of it that have passed. @param {number} instant @param {string} zone */
export function localTime(instant, zone) {
  const { day, time } = zoneTime(instant, zone);
  const [hours, minutes, seconds] = time.split(':').map(Number);
  return { day, seconds: hours * 3600 + minutes * 60 + seconds };
}

/**
 * The instants at which a zone's clocks show a time: one, none where clocks go forward over it, two where they go back.
 *
 * @param {string} day
 * @param {number} seconds of that day
 * @param {string} zone
 */
export function instantsOf(day, seconds, zone) {
  const wanted = Date.parse(`${day}T00:00:00Z`) + seconds * 1000;
  const offset = (instant) => {
    const local = localTime(instant, zone);
    return Date.parse(`${local.day}T00:00:00Z`) + local.seconds * 1000 - instant;
  };
  // Whatever a zone does that day, its offset is the one of half a day before or the one of half a day after.
  return [...new Set([wanted - LONG / 2, wanted + LONG / 2].map((near) => wanted - offset(near)))]
    .filter((instant) => {
      const local = localTime(instant, zone);
      return local.day === day && local.seconds === seconds;
    })
    .sort((one, other) => one - other);
}

/** A time of day as people read it here. @param {number} instant @param {TimeContext} context */
export function timeText(instant, { locale, zone }) {
  const { seconds } = localTime(instant, zone);
  const two = (number) => String(number).padStart(2, '0');
  return textsOf(locale)
    .time(`${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}`)
    .replaceAll('\u00a0', ' '); // a field holds what people can type
}

/** A day as people read it here. @param {string} day @param {TimeContext} context */
export const dayText = (day, { locale }) => textsOf(locale).date(day);

/** What stands in each field for a span. @param {Span} span @param {TimeContext} context */
export function texts({ begin, end }, context) {
  const first = localTime(begin, context.zone).day;
  const last = end === null ? first : localTime(end, context.zone).day;
  return {
    day: dayText(first, context),
    from: timeText(begin, context),
    to: end === null ? '' : timeText(end, context),
    endDay: first === last ? null : dayText(last, context),
    duration: end === null ? '' : durationText(Math.floor((end - begin) / MINUTE)),
  };
}

/** @returns {Asked} */
const ask = (problem, ...answers) => ({ problem, answers });
const clockOf = (minutes, context) => timeText(Date.UTC(2000, 0, 1) + minutes * MINUTE, { ...context, zone: 'UTC' });

/**
 * The instant of a time on a day, or a question where clocks are changed at that time.
 *
 * @returns {number | Asked}
 */
function instantOf(day, seconds, context, use) {
  const { zone } = context;
  const found = instantsOf(day, seconds, zone);
  if (found.length === 1) {
    return found[0];
  }
  const shown = clockOf(Math.floor(seconds / 60), context);
  if (found.length === 2) {
    return ask(
      `Clocks were put back that day: they showed ${shown} twice. Which one is meant?`,
      { words: `The first ${shown}`, span: use(found[0]) },
      { words: `The second ${shown}`, span: use(found[1]) },
    );
  }
  // The hour that clocks skip, read by the clock of before and by the clock of after.
  const wanted = Date.parse(`${day}T00:00:00Z`) + seconds * 1000;
  const near = [wanted + LONG / 2, wanted - LONG / 2].map((at) => {
    const local = localTime(at, zone);
    return wanted - (Date.parse(`${local.day}T00:00:00Z`) + local.seconds * 1000 - at);
  });
  return ask(
    `Clocks were put forward that day: ${shown} did not exist. Which time is meant?`,
    ...near.map((instant) => ({ words: timeText(instant, context), span: use(instant) })),
  );
}

/** Looks at a span as a whole: whether it lies in the past, has any length, and is not unusually long. */
function settled(span, field, context) {
  const { begin, end } = span;
  const { now, zone, locale } = context;
  const latest = end ?? begin;
  if (latest > now) {
    const first = localTime(begin, zone);
    const earlier = instantsOf(daysAfter(first.day, -1), first.seconds, zone)[0];
    const shown = latest === begin || begin > now ? begin : latest;
    const words = `${timeText(shown, context)} on ${dayText(localTime(shown, zone).day, context)} is still to come.`;
    const before = earlier && { ...span, begin: earlier, end: end === null ? null : earlier + end - begin };
    return before && (before.end ?? before.begin) <= now && field !== 'day' && field !== 'endDay'
      ? ask(`${words} Was it the day before?`, {
          words: `Yes, ${dayText(daysAfter(first.day, -1), context)}`,
          span: before,
        })
      : ask(`${words} Choose an earlier time.`);
  }
  if (end !== null && end === begin && span.sure !== 0) {
    return ask(
      'From and to are the same. How long was it?',
      ...(begin + LONG <= now
        ? [{ words: 'A whole day: 24 hours', span: { ...span, end: begin + LONG, sure: LONG } }]
        : []),
      { words: 'No time at all', span: { ...span, sure: 0 } },
    );
  }
  if (end !== null && end - begin > LONG && span.sure !== end - begin) {
    const long = durationWords(Math.floor((end - begin) / MINUTE), locale);
    return ask(`This is ${long}. Is that right?`, { words: `Yes, ${long}`, span: { ...span, sure: end - begin } });
  }
  return { span };
}

/**
 * Takes over an answer to a question: `span` is what the chosen answer holds.
 *
 * @param {Span} span
 * @param {TypedField} field that the question stands at
 * @param {TimeContext} context
 * @returns {{span: Span} | Asked}
 */
export const answered = (span, field, context) =>
  span.end !== null && span.end - span.begin === span.sure && (span.end ?? span.begin) <= context.now
    ? { span }
    : settled(span, field, context);

const EXAMPLES = { true: '9:15 AM or 2 pm', false: '9:15 or 14:30' };

/**
 * What follows from typing into a field.
 *
 * @param {Span} span as it was before
 * @param {TypedField} field
 * @param {string} typed
 * @param {TimeContext} context
 * @returns {{span: Span} | Asked} the span, or what is to be asked at the field
 */
export function afterTyping(span, field, typed, context) {
  return { day: typedDay, endDay: typedEndDay, from: typedFrom, to: typedTo, duration: typedDuration }[field](
    span,
    typed,
    context,
  );
}

const wrongDay = (context) =>
  ask(`Write a date, such as ${dayText(localTime(context.now, context.zone).day, context)} or yesterday.`);

function typedDay(span, text, context) {
  const { zone, locale, now } = context;
  const day = dayOf(text, locale, localTime(now, zone).day);
  if (!day) {
    return wrongDay(context);
  }
  const { begin, end } = span;
  const first = localTime(begin, zone);
  const moved = (Date.parse(day) - Date.parse(first.day)) / LONG;
  const use = (instant) => {
    const last = end === null ? null : localTime(end, zone);
    const [stop] = last ? instantsOf(daysAfter(last.day, moved), last.seconds, zone) : [];
    return { ...span, begin: instant, end: end === null ? null : stop > instant ? stop : instant + end - begin };
  };
  const found = instantOf(day, first.seconds, context, use);
  return typeof found === 'number' ? settled(use(found), 'day', context) : found;
}

function typedEndDay(span, text, context) {
  const { zone, locale, now } = context;
  const day = dayOf(text, locale, localTime(now, zone).day);
  if (!day) {
    return wrongDay(context);
  }
  const use = (instant) => ({ ...span, end: instant, follows: /** @type {const} */ ('duration') });
  const found = instantOf(day, localTime(span.end, zone).seconds, context, use);
  if (typeof found !== 'number') {
    return found;
  }
  return found < span.begin ? ask('This is before the start.') : settled(use(found), 'endDay', context);
}

function typedFrom(span, text, context) {
  const { zone, locale } = context;
  const twelve = twelveHours(locale);
  const times = timesOf(text, twelve);
  if (times.length === 0) {
    return ask(`Write a time, such as ${EXAMPLES[`${twelve}`]}.`);
  }
  const { begin, end, follows } = span;
  const { day } = localTime(begin, zone);
  const use = (instant) => ({
    ...span,
    begin: instant,
    end: end === null || follows !== 'end' ? end : instant + end - begin,
  });
  const at = (minutes) => {
    const found = instantOf(day, minutes * 60, context, use);
    if (typeof found !== 'number') {
      return found;
    }
    const next = use(found);
    return next.end !== null && next.end < found
      ? ask(`${timeText(found, context)} is after ${timeText(next.end, context)}, when it ended.`, {
          words: `It ended at ${timeText(found + end - begin, context)}`,
          span: { ...span, begin: found, end: found + end - begin },
        })
      : settled(next, 'from', context);
  };
  if (times.length === 1) {
    return at(times[0]);
  }
  return ask(
    'In the morning or in the afternoon?',
    ...times.map((minutes) => ({ words: clockOf(minutes, context), typed: clockOf(minutes, context) })),
  );
}

function typedTo(span, text, context) {
  const { zone, locale } = context;
  const { begin, end } = span;
  if (context.open && !text.trim()) {
    return { span: { ...span, end: null } };
  }
  const twelve = twelveHours(locale);
  const times = timesOf(text, twelve);
  if (times.length === 0) {
    return ask(`Write a time, such as ${EXAMPLES[`${twelve}`]}.`);
  }
  const { day } = localTime(end ?? begin, zone);
  const use = (instant) => ({ ...span, end: instant, follows: /** @type {const} */ ('duration') });
  const first = localTime(begin, zone);
  // Where only one half of the day is after the start, that one is meant.
  const after = times.filter((minutes) => day > first.day || minutes * 60 > first.seconds);
  if (after.length > 1) {
    return ask(
      'In the morning or in the afternoon?',
      ...times.map((minutes) => ({ words: clockOf(minutes, context), typed: clockOf(minutes, context) })),
    );
  }
  const bare = twelve && /^\d{1,2}(?:[:.]\d{2})?$/.test(text.trim());
  const noon = times[0] + 720;
  // "7" after 9 AM is the evening's.
  const evening = bare && times[0] < Math.floor(first.seconds / 60) && noon < DAY && noon * 60 > first.seconds;
  const minutes = after[0] ?? (evening ? noon : times[0]);
  // The minute that is typed begins where its seconds do: a start within it is not after it.
  const found = instantOf(day, minutes * 60, context, use);
  if (typeof found !== 'number') {
    return found;
  }
  if (found >= begin || (first.day === day && Math.floor(first.seconds / 60) === minutes)) {
    return settled(use(Math.max(found, begin)), 'to', context);
  }
  const next = instantsOf(daysAfter(first.day, 1), minutes * 60, zone)[0];
  return ask(
    `${timeText(found, context)} is before the start. Did it go on past midnight?`,
    ...(next
      ? [
          {
            words: `Yes, until ${timeText(next, context)} on ${dayText(daysAfter(first.day, 1), context)}`,
            span: use(next),
          },
        ]
      : []),
  );
}

function typedDuration(span, text, context) {
  if (context.open && !text.trim()) {
    return { span: { ...span, end: null } };
  }
  const durations = durationsOf(text);
  if (durations.length === 0) {
    return ask('Write a duration, such as 1:30, 90 min or 1.5 h.');
  }
  if (durations.length > 1) {
    return ask(
      'Which one is meant?',
      ...durations.map((minutes) => ({
        words: durationWords(minutes, context.locale),
        typed: durationText(minutes),
      })),
    );
  }
  const next = { ...span, end: span.begin + durations[0] * MINUTE, follows: /** @type {const} */ ('end') };
  return settled(next, 'duration', context);
}
