/**
 * Times for people. Words are in the page's language, dates in the form and the time zone of the browser. "Now" is the
 * service's now, whatever the browser's clock says.
 */

const RELATIVE = new Intl.RelativeTimeFormat(document.documentElement.lang, { numeric: 'auto' });
/** With the zone: where clocks are put back, an hour comes twice. */
const EXACT = new Intl.DateTimeFormat(undefined, {
  year: 'numeric', month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit', timeZoneName: 'short',
});
/** How far the browser's clock is ahead of the service's, in milliseconds. */
let ahead = 0;

const UNITS = [['day', 86_400], ['hour', 3_600], ['minute', 60]];

/**
 * Sets "now" by an answer's header Date, which the gateway writes. It counts whole seconds.
 * @param {string | null} date
 */
export function setNow(date) {
  const now = Date.parse(date ?? '');
  if (!Number.isNaN(now)) ahead = Date.now() - now;
}

/** The time by the service's clock, in milliseconds since 1970. */
export function now() {
  return Date.now() - ahead;
}

/** @param {string} instant RFC 3339 */
export function exactly(instant) {
  return EXACT.format(new Date(instant));
}

/**
 * "3 minutes ago". What has happened is never in the future.
 * @param {string} instant RFC 3339
 */
export function since(instant) {
  return inWords(Math.min(0, secondsTo(instant)));
}

/**
 * "in 2 days", or "2 minutes ago" if it is overdue.
 * @param {string} instant RFC 3339
 */
export function until(instant) {
  return inWords(secondsTo(instant));
}

function secondsTo(instant) {
  return Math.round((Date.parse(instant) - now()) / 1000);
}

function inWords(seconds) {
  for (const [unit, size] of UNITS) {
    if (Math.abs(seconds) >= size) return RELATIVE.format(Math.round(seconds / size), unit);
  }
  return seconds > 0 ? 'in less than a minute' : 'just now';
}

/**
 * A time element that shows the relative time, and the exact time on hover.
 * @param {string} instant RFC 3339
 * @param {(instant: string) => string} relatively since for what has happened, until for what is due
 */
export function timeElement(instant, relatively = since) {
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
