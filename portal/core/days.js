// Days as the API writes them, such as 2026-11-22.
const DAY = 86_400_000;

/** The day of an instant in UTC. @param {number} time milliseconds */
export const isoDay = (time) => new Date(time).toISOString().slice(0, 10);

/** The day that many days later. @param {string} day @param {number} days */
export const daysAfter = (day, days) => isoDay(Date.parse(`${day}T00:00:00Z`) + days * DAY);
