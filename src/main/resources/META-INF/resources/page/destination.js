/** The line above the list: where recordings go, and whether they can. The page asks again when an answer has run out. */
import { call, inWords, Problem } from './api.js';
import { button, element, partsOf } from './dom.js';
import { badge } from './list.js';
import { DESTINATION, DestinationDialog } from './destination-dialog.js';
import { exactly, now, timeElement } from './times.js';
import { NOT_READY } from './words.js';

/** Where nothing is ready, an answer is good for seconds only. */
const SHORTEST_PAUSE_MS = 30_000;

/**
 * @param {HTMLElement} root
 * @param {HTMLDialogElement} dialog
 * @param {() => void} changed another destination is set
 */
export function Destination(root, dialog, changed) {
  const parts = partsOf(root);
  const chooser = DestinationDialog(dialog, changed);
  /** Names of integrations by ID. @type {Map<string, string>} */
  const names = new Map();
  /** @type {Array<{integration: string, role: string, ready: boolean, code: string | null}>} */
  let candidates = [];
  /** What a screen reader was told last, or would have been. */
  let told = '';
  let waiting = 0;
  let turn = 0;

  /** @param {{mayChange: boolean}} settings readers see the line only */
  function configure({ mayChange }) {
    parts.change.hidden = !mayChange;
  }

  function load() {
    names.clear();
    return ask();
  }

  /** Nobody waits for the line, so nobody is asked to sign in again for it. */
  async function ask() {
    clearTimeout(waiting);
    const mine = ++turn;
    let pause = SHORTEST_PAUSE_MS;
    let shown;
    try {
      const { body } = await call('GET', `${DESTINATION}/readiness`, { unasked: true });
      pause = Math.max(pause, Date.parse(body.validUntil) - now());
      shown = body.candidates.length > 0 ? await stateOf(body) : await notSet();
      if (mine === turn) candidates = body.candidates;
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      shown = problem.status === 403 ? null : UNKNOWN;
    }
    if (mine !== turn) return;
    show(shown);
    waiting = setTimeout(() => document.hidden || ask(), pause);
  }

  async function stateOf({ ready, integration, role, since, reason, checkedAt, candidates: [primary, secondary] }) {
    await Promise.all([primary, secondary].map(candidate => candidate && learnName(candidate.integration)));
    const why = reason ? [reason.replace(/int_\w+/g, nameOf), ' '] : [];
    if (!ready) return { label: 'Not ready', tone: 'bad', where: ['Sessions that must be recorded cannot start.'], why };
    const first = role === 'PRIMARY';
    return {
      label: first ? 'Ready' : 'Secondary in use', tone: first ? 'good' : 'wait',
      where: [
        'Recordings have gone to ', strong(integration), first ? '' : ', the secondary,', ' since ',
        timeElement(since, exactly), '.', ...(first ? standBy(secondary) : []),
      ],
      why: [...why, 'Checked ', timeElement(checkedAt), '.'],
    };
  }

  function standBy(secondary) {
    if (!secondary) return [' No other one stands by.'];
    return secondary.ready
      ? [' ', strong(secondary.integration), ' stands by.']
      : [' ', strong(secondary.integration), ` cannot stand by: ${NOT_READY[secondary.code]}.`];
  }

  /** Without an active integration there is nothing to choose, and nothing to say. */
  async function notSet() {
    const { body } = await call('GET', '/v1/summary', { unasked: true });
    return body.active.total > 0 ? NOT_SET : null;
  }

  async function learnName(id) {
    if (names.has(id)) return;
    try {
      names.set(id, (await call('GET', `/v1/integrations/${id}`, { unasked: true })).body.name);
    } catch {
      // The line then shows the ID.
    }
  }

  /** Times pass without a word; a change of anything else is told. */
  function show(state) {
    root.hidden = state === null;
    if (state === null) return;
    root.dataset.tone = state.tone;
    parts.state.replaceChildren(badge(state.label, state.tone));
    parts.where.replaceChildren(...state.where);
    parts.why.replaceChildren(...state.why);
    parts.change.textContent = state === NOT_SET ? 'Choose destination' : 'Change destination';
    if (document.activeElement === parts.again && !state.again) root.focus();
    parts.again.hidden = !state.again;
    const words = [state.label, '. ', ...state.where, ' ', ...state.why].filter(part => !(part instanceof HTMLTimeElement));
    const text = words.map(part => part.textContent ?? part).join('');
    if (told && told !== text) parts.news.textContent = [parts.state, parts.where, parts.why].map(part => part.textContent).join('. ');
    told = text;
  }

  const nameOf = id => names.get(id) ?? id;
  const strong = id => element('b', {}, nameOf(id));

  async function choose() {
    try {
      await chooser.open();
    } catch (problem) {
      show({ ...UNKNOWN, where: [inWords(problem)] });
    }
  }

  /**
   * Why an integration can be neither deactivated nor deleted, and what to do about it.
   * @param {import('./api.js').Integration} integration
   */
  function inUse({ id, name }) {
    const role = candidates.find(candidate => candidate.integration === id)?.role;
    const as = role ? `the ${role.toLowerCase()} destination` : 'a destination';
    const todo = parts.change.hidden ? [] : [button('Change destination', choose)];
    return element('p', {}, `${name} is ${as} of recordings, so it can be neither deactivated nor deleted. Choose another `
      + 'destination first.', ...todo);
  }

  parts.change.addEventListener('click', choose);
  parts.again.addEventListener('click', load);
  dialog.addEventListener('close', () => {
    // The button that opened it may be gone.
    if (document.activeElement === document.body || dialog.contains(document.activeElement)) parts.change.focus();
    load();
  });
  document.addEventListener('visibilitychange', () => !document.hidden && turn > 0 && ask());
  return { load, configure, inUse, close: chooser.close };
}

const NOT_SET = {
  label: 'Not set', tone: 'wait', why: [],
  where: ['No destination of recordings is set. Sessions that must be recorded cannot start.'],
};
/** An old answer may be wrong by now. */
const UNKNOWN = {
  label: 'Unknown', tone: 'none', where: ['It is not known whether recordings can be stored now.'], why: [], again: true,
};
