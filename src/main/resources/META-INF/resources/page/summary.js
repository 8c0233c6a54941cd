/** The line at the head of the page: how many integrations there are, and how they are. */
import { call } from './api.js';
import { STATUSES } from './words.js';
import { say } from './dom.js';

/** Told of by a number of its own, which also has those whose health does not say so yet. */
const BY_ITSELF = 'STALE';

/** @param {HTMLElement} line */
export function Summary(line) {
  let latest = 0;

  /** The page works without it, so a failure only hides it. */
  async function load() {
    const mine = ++latest;
    let text = '';
    try {
      text = inWords((await call('GET', '/v1/summary', { unasked: true })).body);
    } catch {
      // Whatever is wrong, the list says so.
    }
    if (mine === latest) say(line, text);
  }

  return { load };
}

/** @param {any} summary as the service answers it */
function inWords({ total, active, inactive, stale, complete }) {
  if (total === 0) return '';
  const healths = Object.entries(active.byHealth)
    .filter(([status, count]) => count > 0 && status !== BY_ITSELF)
    .map(([status, count]) => counted(count, STATUSES[status].label));
  const parts = [
    counted(active.total, 'active') + (healths.length > 0 ? ` (${healths.join(', ')})` : ''),
    ...(stale > 0 ? [counted(stale, STATUSES[BY_ITSELF].label)] : []),
    ...(inactive.total > 0 ? [counted(inactive.total, 'inactive')] : []),
  ];
  return `${complete ? '' : 'More than '}${total} ${total === 1 ? 'integration' : 'integrations'}: ${parts.join(', ')}.`;
}

function counted(count, what) {
  return `${count} ${what[0].toLowerCase()}${what.slice(1)}`;
}
