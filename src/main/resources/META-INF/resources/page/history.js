/** The past validations of an integration: a small timeline, and the same as a list for users who cannot see it. */
import { call, inWords } from './api.js';
import { button, element } from './dom.js';
import { svg } from './svg.js';
import { STATUSES, checkName } from './words.js';
import { exactly, now, timeElement } from './times.js';

const WIDTH = 640;
const HEIGHT = 56;
const EDGE = 12;
const LINE = 22;
const PAGE = 50;
const LISTED = 5;

/**
 * @param {HTMLElement} place
 * @param {(report: import('./api.js').Report) => void} chosen called with the report to show
 */
export function History(place, chosen) {
  let turn = 0;

  /**
   * An earlier load whose answer comes later shows nothing.
   * @param {string} id of the integration
   */
  async function load(id) {
    const mine = ++turn;
    place.replaceChildren(element('p', { class: 'hint' }, 'Loading…'));
    try {
      const { body } = await call('GET', `/v1/integrations/${encodeURIComponent(id)}/validations?limit=${PAGE}`);
      if (mine === turn) show(body.items);
    } catch (problem) {
      if (mine !== turn) return;
      place.replaceChildren(element('p', { class: 'hint' }, inWords(problem)));
    }
  }

  /** @param {Array<import('./api.js').Report>} reports newest first */
  function show(reports) {
    if (reports.length === 0) {
      place.replaceChildren(element('p', { class: 'hint' }, 'Not tested yet.'));
      return;
    }
    const list = element('ol', { class: 'past' }, ...reports.map((report, at) => entry(report, at >= LISTED)));
    const rest = reports.length - LISTED;
    const more = button(`Show ${rest} earlier`, () => {
      for (const hidden of list.querySelectorAll('[hidden]')) hidden.hidden = false;
      more.remove();
    }, { class: 'quiet', hidden: rest <= 0 });
    place.replaceChildren(timeline(reports), list, more);
  }

  function entry(report, hidden) {
    const { label, tone } = STATUSES[report.status];
    const failed = (report.checks || []).filter(check => check.outcome === 'FAILED').map(check => checkName(check.id));
    const open = report.checks?.length
      ? [button('View report', () => chosen(report), { class: 'quiet', 'aria-label': `View report of ${exactly(report.startedAt)}` })]
      : [];
    return element('li', { hidden },
      element('span', {}, element('span', { class: 'badge', 'data-tone': tone }, label)),
      element('span', {}, timeElement(report.startedAt), ...failed.map(name => element('span', { class: 'hint' }, name))),
      ...open);
  }

  return { load };
}

/** One mark for each validation. Shape and colour both show its status. */
function timeline(reports) {
  const oldestFirst = [...reports].reverse();
  const first = Date.parse(oldestFirst[0].startedAt);
  const span = Math.max(1, now() - first);
  const x = report => EDGE + ((Date.parse(report.startedAt) - first) / span) * (WIDTH - 2 * EDGE);
  const healthy = reports.filter(report => report.status === 'HEALTHY').length;
  const root = svg('svg', {
    viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', class: 'timeline',
    'aria-label': `${healthy} of ${reports.length} tests since ${exactly(oldestFirst[0].startedAt)} were healthy. The list below shows each test.`,
  });
  root.append(svg('line', { x1: EDGE, x2: WIDTH - EDGE, y1: LINE, y2: LINE, class: 'axis' }));
  for (const report of oldestFirst) root.append(mark(report, x(report)));
  root.append(label(EDGE, 'start', exactly(oldestFirst[0].startedAt)), label(WIDTH - EDGE, 'end', 'now'));
  return root;
}

function mark(report, x) {
  const { label: status, tone } = STATUSES[report.status];
  const shape = tone === 'bad'
    ? svg('rect', { x: x - 5, y: LINE - 14, width: 10, height: 28, rx: 2 })
    : svg('circle', { cx: x, cy: LINE, r: tone === 'good' ? 5 : 6 });
  shape.setAttribute('data-tone', tone);
  const title = svg('title', {});
  title.textContent = `${status}, ${exactly(report.startedAt)}`;
  shape.append(title);
  return shape;
}

function label(x, anchor, text) {
  const made = svg('text', { x, y: HEIGHT - 4, 'text-anchor': anchor });
  made.textContent = text;
  return made;
}
