/** What became of the recordings of an integration: a chart by day, the same as a table, and the missing ones by key. */
import { call, inWords } from './api.js';
import { busy, button, element, isBusy, say } from './dom.js';
import { svg } from './svg.js';
import { exactly, timeElement } from './times.js';

const DAYS = 30;
const WIDTH = 640;
const HEIGHT = 120;
const EDGE = 12;
/** Where the days stand. Their labels are below. */
const GROUND = 96;
const TALLEST = 84;
const PAGE = 20;
/** From the ground up. Colour, fill and edge show which is which. */
const OUTCOMES = [
  { count: 'stored', label: 'Stored', tone: 'good' },
  { count: 'failed', label: 'Failed', tone: 'wait' },
  { count: 'missing', label: 'Missing', tone: 'bad' },
];
const DAY = new Intl.DateTimeFormat(undefined, { month: 'short', day: 'numeric', timeZone: 'UTC' });
const REASONS = { NOT_FOUND: 'Not in the bucket', MISMATCH: 'Another object has this key' };

/**
 * Shows nothing as long as there was never a recording.
 * @param {HTMLElement} section
 * @param {HTMLElement} place inside it
 */
export function Evidence(section, place) {
  /** The integration that is shown. Answers for another one come too late. */
  let current = '';

  /** @param {string} id of the integration */
  async function load(id) {
    if (id !== current) section.hidden = true;
    current = id;
    const path = `/v1/integrations/${encodeURIComponent(id)}`;
    try {
      const { body } = await call('GET', `${path}/evidence?days=${DAYS}`);
      const missing = body.totals.missing > 0 ? await call('GET', `${path}/grants?state=MISSING&limit=${PAGE}`) : null;
      if (id !== current) return;
      section.hidden = body.totals.granted === 0;
      place.replaceChildren(...shown(body), ...(missing ? [lost(path, missing.body)] : []));
    } catch (problem) {
      if (id !== current) return;
      section.hidden = false;
      place.replaceChildren(element('p', { class: 'hint' }, inWords(problem)));
    }
  }

  return { load };
}

function shown({ days, totals, lastStoredAt }) {
  const numbers = element('p', {}, inNumbers(totals));
  if (lastStoredAt) numbers.append('. Last stored ', timeElement(lastStoredAt));
  numbers.append('.');
  return [numbers, chart(days, totals), legend(), table(days)];
}

function inNumbers({ granted, stored, failed, missing, unverified, open }) {
  const parts = [`${stored} stored`, `${failed} failed`, `${missing} missing`];
  if (unverified > 0) parts.push(`${unverified} that SEA could not check`);
  if (open > 0) parts.push(`${open} not known yet`);
  return `${granted} recordings in ${DAYS} days: ${parts.join(', ')}`;
}

function chart(days, totals) {
  const root = svg('svg', {
    viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', class: 'chart',
    'aria-label': `${inNumbers(totals)}. The table below has the numbers of each day.`,
  });
  const most = Math.max(1, ...days.map(day => day.stored + day.failed + day.missing));
  const width = (WIDTH - 2 * EDGE) / days.length;
  days.forEach((day, at) => root.append(bar(day, EDGE + at * width, width, TALLEST / most)));
  root.append(
    svg('line', { x1: EDGE, x2: WIDTH - EDGE, y1: GROUND, y2: GROUND, class: 'axis' }),
    label(EDGE, 'start', dayName(days[0].date)), label(WIDTH - EDGE, 'end', dayName(days.at(-1).date)));
  return root;
}

/** A day's outcomes on top of each other. What is few among many is still a line that can be seen. */
function bar(day, x, width, scale) {
  const group = svg('g', {});
  const title = svg('title', {});
  title.textContent = `${dayName(day.date)}: ${OUTCOMES.map(({ count, label: name }) => `${day[count]} ${name.toLowerCase()}`).join(', ')}`;
  group.append(title);
  let y = GROUND;
  for (const { count, tone } of OUTCOMES) {
    if (day[count] === 0) continue;
    const height = Math.max(2, day[count] * scale);
    y -= height;
    group.append(svg('rect', { x: x + 1, y, width: width - 2, height, 'data-tone': tone }));
  }
  return group;
}

function legend() {
  return element('p', { class: 'legend', 'aria-hidden': 'true' },
    ...OUTCOMES.map(({ label: name, tone }) => element('span', { 'data-tone': tone }, name)));
}

/** The days that had any, the newest first. */
function table(days) {
  const counts = ['granted', ...OUTCOMES.map(({ count }) => count)];
  const rows = days.filter(day => day.granted > 0).reverse().map(day => element('tr', {},
    element('th', { scope: 'row' }, dayName(day.date)), ...counts.map(count => element('td', {}, String(day[count])))));
  return element('details', {},
    element('summary', {}, 'Numbers by day'),
    element('table', { class: 'numbers' },
      element('thead', {}, element('tr', {}, ...['Day (UTC)', 'Recordings', ...OUTCOMES.map(({ label: name }) => name)]
        .map(name => element('th', { scope: 'col' }, name)))),
      element('tbody', {}, ...rows)));
}

/** The missing ones by key, a page at a time. */
function lost(path, first) {
  const list = element('ul', { class: 'lost' });
  const more = button('Show more', next, { class: 'quiet' });
  const problem = element('p', { class: 'hint', role: 'status', hidden: true });
  let cursor = '';

  async function next() {
    if (isBusy(more)) return;
    const done = busy(more, 'Loading…');
    say(problem);
    try {
      add((await call('GET', `${path}/grants?state=MISSING&limit=${PAGE}&cursor=${encodeURIComponent(cursor)}`)).body);
    } catch (failure) {
      say(problem, inWords(failure));
    } finally {
      done();
    }
  }

  function add({ items, nextCursor }) {
    list.append(...items.map(grant => element('li', {},
      element('code', {}, grant.key),
      element('span', { class: 'hint' }, `${REASONS[grant.reason]}, granted ${exactly(grant.grantedAt)}`))));
    cursor = nextCursor ?? '';
    more.hidden = cursor === '';
  }

  add(first);
  return element('section', { 'aria-label': 'Missing recordings' }, element('h4', {}, 'Missing recordings'), list, problem, more);
}

/** @param {string} date such as 2026-11-28 */
function dayName(date) {
  return DAY.format(new Date(`${date}T00:00:00Z`));
}

function label(x, anchor, text) {
  const made = svg('text', { x, y: HEIGHT - 4, 'text-anchor': anchor });
  made.textContent = text;
  return made;
}
