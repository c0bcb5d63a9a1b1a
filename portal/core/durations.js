// Durations as people type and read them, in whole minutes.

/** Typed text without what makes no difference. @param {string} typed */
export const plain = (typed) => typed.normalize('NFKC').trim().toLowerCase().replaceAll(/\s+/g, ' ');

/**
 * What a typed duration may mean, in whole minutes: nothing where it is none, and two durations where a bare number may
 * be hours or minutes.
 *
 * @param {string} typed such as `1:30`, `90`, `1.5 h`, `1h30`, `45 min`
 * @returns {number[]}
 */
export function durationsOf(typed) {
  const text = plain(typed);
  const clock = /^(\d{0,5}):(\d{2})(?: ?h(?:ours?|rs?)?)?$/.exec(text);
  if (clock) {
    return Number(clock[2]) < 60 ? [Number(clock[1]) * 60 + Number(clock[2])] : [];
  }
  const hours = /^(\d{0,5})[.,](\d{1,4})( ?h(?:ours?|rs?)?\.?)?$/.exec(text);
  if (hours && (hours[1] || hours[2])) {
    const decimal = Math.round(Number(`${hours[1] || 0}.${hours[2]}`) * 60);
    // 1.30 may be an hour and thirty minutes, as some write it; nobody means that by 1.25 or 1.50.
    const asClock = !hours[3] && hours[2].length === 2 && Number(hours[2]) < 60 && !/^(?:00|25|50)$/.test(hours[2]);
    return asClock ? [decimal, Number(hours[1] || 0) * 60 + Number(hours[2])] : [decimal];
  }
  const units = /^(?:(\d{1,6}) ?h(?:ours?|rs?)?\.?)?(?: ?(\d{1,7}) ?(?:m(?:in(?:ute)?s?)?\.?)?)?$/.exec(text);
  if (!units || !text) {
    return [];
  }
  const [, whole, rest] = units;
  if (whole === undefined && /^\d+$/.test(text)) {
    const bare = Number(text);
    // 90 are minutes. 2 may well be hours.
    return bare > 0 && bare <= 24 ? [bare * 60, bare] : [bare];
  }
  return whole !== undefined && rest !== undefined && Number(rest) > 59
    ? []
    : [Number(whole ?? 0) * 60 + Number(rest ?? 0)];
}

/** Whole minutes as a field shows them: 90 gives "1:30". @param {number} minutes */
export const durationText = (minutes) => `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;

/** Minutes as a question says them: "1 hour 30 minutes", "2 hours". @param {number} minutes @param {string} locale */
export function durationWords(minutes, locale) {
  const many = (count, unit) =>
    new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(count);
  const hours = Math.floor(minutes / 60);
  return [hours && many(hours, 'hour'), (minutes % 60 || !hours) && many(minutes % 60, 'minute')]
    .filter(Boolean)
    .join(' ');
}
