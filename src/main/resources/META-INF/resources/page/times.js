/** Times for people, in the browser's language and time zone. */

const RELATIVE = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' });
const UNITS = [['day', 86_400], ['hour', 3_600], ['minute', 60]];

/** @param {string} instant RFC 3339 */
export function exactly(instant) {
  return new Date(instant).toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
}

/**
 * "3 minutes ago", or "in 2 days".
 * @param {string} instant RFC 3339
 */
export function relatively(instant) {
  const seconds = Math.round((Date.parse(instant) - Date.now()) / 1000);
  for (const [unit, size] of UNITS) {
    if (Math.abs(seconds) >= size) return RELATIVE.format(Math.round(seconds / size), unit);
  }
  return seconds > 0 ? 'in less than a minute' : 'just now';
}

/**
 * A time element that shows the relative time, and the exact time on hover.
 * @param {string} instant RFC 3339
 */
export function timeElement(instant) {
  const made = document.createElement('time');
  made.dateTime = instant;
  made.title = exactly(instant);
  made.textContent = relatively(instant);
  return made;
}

/** @param {number} milliseconds */
export function duration(milliseconds) {
  return milliseconds < 1000 ? `${milliseconds} ms` : `${(milliseconds / 1000).toFixed(1)} s`;
}
