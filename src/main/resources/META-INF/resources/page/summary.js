/** The lines at the head of the page: how many integrations there are, how they are, and what is recommended. */
import { call } from './api.js';
import { STATUSES, adviceTopic } from './words.js';
import { say } from './dom.js';

/** Told of by a number of its own, which also has those whose health does not say so yet. */
const BY_ITSELF = 'STALE';

/**
 * @param {HTMLElement} line
 * @param {HTMLElement} recommended
 */
export function Summary(line, recommended) {
  let latest = 0;

  /** The page works without it, so a failure only hides it. */
  async function load() {
    const mine = ++latest;
    let texts = ['', ''];
    try {
      const { body } = await call('GET', '/v1/summary', { unasked: true });
      texts = [inWords(body), recommendedIn(body)];
    } catch {
      // Whatever is wrong, the list says so.
    }
    if (mine !== latest) return;
    say(line, texts[0]);
    say(recommended, texts[1]);
  }

  return { load };
}

/** @param {any} summary as the service answers it */
function inWords({ total, active, inactive, stale, complete }) {
  if (total === 0) return '';
  const parts = [
    counted(active.total, 'active') + healthsOf(active),
    ...(stale > 0 ? [counted(stale, STATUSES[BY_ITSELF].label)] : []),
    ...(inactive.total > 0 ? [counted(inactive.total, 'inactive') + healthsOf(inactive)] : []),
  ];
  return `${complete ? '' : 'More than '}${total} ${total === 1 ? 'integration' : 'integrations'}: ${parts.join(', ')}.`;
}

function healthsOf({ byHealth }) {
  const healths = Object.entries(STATUSES)
    .filter(([status]) => byHealth[status] > 0 && status !== BY_ITSELF)
    .map(([status, { label }]) => counted(byHealth[status], label));
  return healths.length > 0 ? ` (${healths.join(', ')})` : '';
}

/** @param {any} summary as the service answers it */
function recommendedIn({ advice }) {
  const topics = Object.entries(advice)
    .filter(([, count]) => count > 0)
    .map(([code, count]) => `${adviceTopic(code)} (${count})`);
  return topics.length > 0 ? `Recommendations: ${topics.join(', ')}.` : '';
}

function counted(count, what) {
  return `${count} ${what[0].toLowerCase()}${what.slice(1)}`;
}
