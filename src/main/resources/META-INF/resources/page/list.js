/** The list of integrations, with its filters and pages. */
import { call, inWords } from './api.js';
import { button, element, partsOf, say } from './dom.js';
import { METHODS, STATES, STATUSES } from './words.js';
import { timeElement } from './times.js';

const PAGE = 25;
/** With filters a page may be short or empty, so up to this many are requested before "Show more" is offered. */
const MOST_PAGES_AT_ONCE = 8;
const PAUSE_MS = 300;

/**
 * @param {HTMLElement} root
 * @param {Record<'add' | 'open' | 'test' | 'edit' | 'activate' | 'deactivate' | 'remove' | 'changed',
 *     (integration?: any) => void>} actions changed: something may be otherwise than it was
 */
export function List(root, actions) {
  const parts = partsOf(root);
  /** @type {import('./api.js').Integration[]} */
  let items = [];
  /** @type {string[]} IDs */
  let unreadable = [];
  /** @type {string | null} */
  let cursor = null;
  /** Whether what is shown is to be replaced by the next page that comes. */
  let old = true;
  /** What was added since then. @type {import('./api.js').Integration[]} */
  let added = [];
  let running = new AbortController();
  let pause = 0;

  /** What is there stays until the first page has come. */
  async function load() {
    old = true;
    added = [];
    await more();
  }

  async function more() {
    running.abort();
    running = new AbortController();
    const signal = running.signal;
    say(parts.problem);
    if (old || items.length === 0) say(parts.status, 'Loading…');
    try {
      let before = items.length;
      for (let page = 0; page < MOST_PAGES_AT_ONCE; page++) {
        const { body } = await call('GET', `/v1/integrations?${query()}`, { signal });
        if (signal.aborted) return;
        if (old) [items, unreadable, before, old] = [added, [], 0, false];
        // One that was added meanwhile is there already.
        items.push(...body.items.filter(({ id }) => !items.some(item => item.id === id)));
        unreadable.push(...body.unreadable);
        cursor = body.nextCursor ?? null;
        if (cursor === null || items.length - before >= PAGE) break;
      }
      render();
    } catch (problem) {
      if (signal.aborted) return;
      say(parts.status);
      say(parts.problem, element('p', {}, inWords(problem), ' ', button('Try again', more)));
    }
  }

  function query() {
    const asked = new URLSearchParams({ limit: String(PAGE) });
    for (const [name, value] of Object.entries(filters())) asked.set(name, value);
    if (cursor && !old) asked.set('cursor', cursor);
    return asked;
  }

  function filters() {
    const typed = [...new FormData(parts.filters)].map(([name, value]) => [name, String(value).trim()]);
    return Object.fromEntries(typed.filter(([, value]) => value !== ''));
  }

  function render() {
    const filtered = Object.keys(filters()).length > 0;
    const none = items.length === 0 && unreadable.length === 0;
    parts.rows.replaceChildren(...items.map(row));
    parts.table.hidden = items.length === 0;
    parts.more.hidden = cursor === null;
    parts.empty.hidden = !none || filtered || cursor !== null;
    parts.filters.hidden = !parts.empty.hidden;
    say(parts.unreadable, unreadable.length > 0
      ? `Some integrations cannot be shown, because their records cannot be read. Tell SEA’s support: ${unreadable.join(', ')}.`
      : '');
    say(parts.status, none && filtered ? 'No integration matches these filters.' : '');
  }

  function row(integration) {
    const { id, name, type, state, target, access, health } = integration;
    const open = button(name, () => actions.open(integration), { class: 'name' });
    return element('tr', { 'data-id': id },
      element('th', { scope: 'row' }, open),
      cell('Type', type),
      cell('Bucket', element('code', {}, target.bucket)),
      cell('Region', target.region),
      cell('Method', METHODS[access.method]),
      cell('State', badge(STATES[state], state === 'ACTIVE' ? 'active' : 'none')),
      cell('Health', ...healthOf(health)),
      element('td', { class: 'actions' }, ...actionsFor(integration)));
  }

  function actionsFor(integration) {
    const active = integration.state === 'ACTIVE';
    const action = (text, run) =>
      button(text, () => run(integration), { class: 'quiet', 'aria-label': `${text} ${integration.name}` });
    return [
      action('Test', actions.test),
      action('Edit', actions.edit),
      active ? action('Deactivate', actions.deactivate) : action('Activate', actions.activate),
      ...(active ? [] : [action('Delete', actions.remove)]),
    ];
  }

  /** Replaces a changed integration, or adds a new one at the top. */
  function put(integration) {
    const at = items.findIndex(item => item.id === integration.id);
    if (at >= 0) items[at] = integration;
    else items.unshift(integration);
    if (at < 0 && old) added = [integration, ...added];
    render();
    actions.changed();
  }

  function remove(id) {
    items = items.filter(item => item.id !== id);
    render();
    parts.add.focus();
    actions.changed();
  }

  function focus(id) {
    root.querySelector(`tr[data-id="${CSS.escape(id)}"] .name`)?.focus();
  }

  parts.add.addEventListener('click', () => actions.add());
  parts.more.addEventListener('click', more);
  parts.refresh.addEventListener('click', () => {
    load();
    actions.changed();
  });
  parts.filters.addEventListener('submit', event => event.preventDefault());
  parts.filters.addEventListener('input', () => {
    clearTimeout(pause);
    pause = setTimeout(load, PAUSE_MS);
  });
  return { load, put, remove, focus };
}

/** @param {import('./api.js').Health} health */
export function healthOf(health) {
  const { label, tone } = STATUSES[health.status];
  const shown = [badge(label, tone)];
  if (health.checkedAt) shown.push(element('small', {}, timeElement(health.checkedAt)));
  return shown;
}

/** @param {string} text @param {string} tone */
export function badge(text, tone) {
  return element('span', { class: 'badge', 'data-tone': tone }, text);
}

function cell(label, ...content) {
  return element('td', { 'data-label': label }, ...content);
}
