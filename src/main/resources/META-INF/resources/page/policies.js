/** Policies filled in with the form's values, requested again as the user types. */
import { call, Problem } from './api.js';

/** How long typing must pause before the service is asked. */
const PAUSE_MS = 350;

/**
 * @param {HTMLElement} hint says what is missing, or what to do with the policies
 * @param {HTMLElement} place hidden while there are none
 * @param {{purpose: string, advice: () => string, needs: (draft: any) => Array<[unknown, string]>,
 *          question: (draft: any) => object, show: (policies: any) => void}} guide
 *     needs: the values that must be entered first, with their labels
 */
export function Policies(hint, place, guide) {
  let pause = 0;
  let asked = '';
  let running = new AbortController();

  /** @param {any} draft what has been typed */
  function update(draft) {
    clearTimeout(pause);
    const missing = guide.needs(draft).filter(([value]) => !value).map(([, label]) => label);
    if (missing.length > 0) {
      asked = '';
      running.abort();
      place.hidden = true;
      tell(`Enter ${listed(missing)}, and ${guide.purpose} here, ready to paste.`);
      return;
    }
    const question = guide.question(draft);
    if (JSON.stringify(question) === asked) return;
    if (place.hidden) tell('One moment…');
    pause = setTimeout(() => ask(question), PAUSE_MS);
  }

  async function ask(question) {
    running.abort();
    running = new AbortController();
    const signal = running.signal;
    asked = JSON.stringify(question);
    try {
      const { body } = await call('POST', '/v1/policies', { body: question, signal, unasked: true });
      if (signal.aborted) return;
      guide.show(body);
      place.hidden = false;
      tell(guide.advice());
    } catch (problem) {
      if (signal.aborted) return;
      asked = '';
      place.hidden = true;
      const first = problem instanceof Problem && (problem.errors[0]?.message || problem.message);
      tell(`Once the fields above are valid, ${guide.purpose} here. ${first || ''}`);
    }
  }

  function tell(text) {
    // The same text is not written again: a screen reader would read it out at each keystroke.
    if (hint.textContent !== text) hint.textContent = text;
  }

  return { update };
}

function listed(names) {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
