/** A validation's report: what to mend comes first, what works is one line each. */
import { copyOf, partsOf, element, factsOf } from './dom.js';
import { OUTCOMES, STATUSES, checkName, denier } from './words.js';
import { pretty, snippet } from './snippets.js';
import { duration, exactly } from './times.js';

const ORDER = ['FAILED', 'WARNING', 'UNKNOWN', 'PASSED', 'SKIPPED'];
const TITLES = {
  HEALTHY: () => 'The connection works',
  PROPAGATING: () => 'Waiting for AWS to spread the change',
  UNKNOWN: () => 'AWS gave no clear answer',
  UNHEALTHY: failed => (failed === 1 ? 'One thing to mend' : `${failed} things to mend`),
};

/**
 * @param {import('./api.js').Report} report
 * @returns {{root: HTMLElement, title: HTMLElement}} the title takes the focus
 */
export function reportView(report) {
  const root = copyOf('report');
  const parts = partsOf(root);
  const count = outcome => report.checks.filter(check => check.outcome === outcome).length;
  const tried = report.checks.length - count('SKIPPED');
  root.dataset.tone = STATUSES[report.status].tone;
  parts.title.textContent = TITLES[report.status](count('FAILED'));
  parts.summary.textContent = `${count('PASSED')} of ${tried} checks passed in ${duration(report.durationMs)}, `
    + `${exactly(report.startedAt)}${report.scope === 'LIGHT' ? ', a light check between full ones' : ''}.`;
  const sorted = [...report.checks].sort((a, b) => ORDER.indexOf(a.outcome) - ORDER.indexOf(b.outcome));
  parts.checks.append(...sorted.map(check => checkView(check, report.status === 'PROPAGATING')));
  return { root, title: parts.title };
}

/** The checks of a test that is under way. @param {string[]} names */
export function pendingViews(names) {
  return names.map(name => element('li', { class: 'result', 'data-tone': 'none' },
    element('span', { class: 'mark', 'aria-hidden': 'true' }, '…'), element('div', {}, element('p', {}, name))));
}

/**
 * @param {import('./api.js').Check} check
 * @param {boolean} waiting a denial may yet go away by itself: it is no failure
 */
function checkView(check, waiting) {
  const root = copyOf('check');
  const parts = partsOf(root);
  const refused = waiting && check.outcome === 'FAILED';
  const { label, tone, mark } = refused ? { label: 'Still refused', tone: 'wait', mark: '…' } : OUTCOMES[check.outcome];
  root.dataset.tone = tone;
  root.dataset.check = check.id;
  root.querySelector('.mark').textContent = mark;
  parts.what.textContent = checkName(check.id);
  parts.outcome.textContent = label;
  parts.who.textContent = denier(check.code);
  parts.who.hidden = parts.who.textContent === '';
  parts.message.textContent = check.message;
  parts.message.hidden = check.outcome === 'PASSED';
  parts.more.hidden = check.outcome === 'PASSED' || check.outcome === 'SKIPPED';
  if (check.remedy) remedyView(parts, check, refused ? 'If it goes on being refused' : 'What to do');
  parts.facts.append(...factsOf([
    ['Check', check.id], ['Action', check.action], ['Resource', check.resource], ['Code', check.code],
    ['AWS request ID', check.awsRequestId], ['Took', duration(check.durationMs)],
  ]));
  return root;
}

function remedyView(parts, { id, remedy }, title) {
  parts.remedy.hidden = false;
  parts['remedy-title'].textContent = title;
  parts['remedy-text'].textContent = remedy.text;
  if (remedy.statement) {
    parts.statement.append(snippet(`Statement for "${checkName(id)}"`, pretty(remedy.statement)));
  }
}
