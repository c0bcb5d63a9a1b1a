// What the clocks of a time zone show at an instant.

/** @type {Map<string, Intl.DateTimeFormat>} */
const formats = new Map(); // by time zone: making one takes long

/**
 * The local day, such as 2026-11-22, and the time of day, such as 09:05:07.
 *
 * @param {number} instant milliseconds
 * @param {string} zone
 */
export function zoneTime(instant, zone) {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    formats.set(zone, format);
  }
  const parts = Object.fromEntries(format.formatToParts(new Date(instant)).map(({ type, value }) => [type, value]));
  return { day: `${parts.year}-${parts.month}-${parts.day}`, time: `${parts.hour}:${parts.minute}:${parts.second}` };
}
