/** A validation's report: problems come first, and each passed check takes one line. */
import { copyOf, partsOf, element, factsOf } from './dom.js';
import { OUTCOMES, STATUSES, adviceName, checkName, denier } from './words.js';
import { pretty, snippet } from './snippets.js';
import { duration, exactly, timeElement } from './times.js';

const ORDER = ['FAILED', 'WARNING', 'UNKNOWN', 'PASSED', 'SKIPPED'];
const TITLES = {
  HEALTHY: () => 'The connection works',
  PROPAGATING: () => 'Waiting for AWS to apply the change',
  UNKNOWN: () => 'AWS gave no clear answer',
  UNHEALTHY: failed => (failed === 1 ? '1 problem found' : `${failed} problems found`),
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
    + `${exactly(report.startedAt)}${report.scope === 'LIGHT' ? ', a light test between full ones' : ''}.`;
  const sorted = [...report.checks].sort((a, b) => ORDER.indexOf(a.outcome) - ORDER.indexOf(b.outcome));
  parts.checks.append(...sorted.map(check => checkView(check, report.status === 'PROPAGATING')));
  showAdvice(parts, report.advice ?? []);
  return { root, title: parts.title };
}

/**
 * A list of its own under the checks: it never changes the verdict.
 * @param {Record<string, any>} parts advice, advice-title and advised
 * @param {import('./api.js').Advice[]} advice
 */
export function showAdvice(parts, advice) {
  parts.advice.hidden = advice.length === 0;
  parts['advice-title'].textContent = advice.length === 1 ? '1 recommendation' : `${advice.length} recommendations`;
  parts.advised.replaceChildren(...advice.map(({ code, message, remedy, since }) => {
    const root = copyOf('advice');
    const own = partsOf(root);
    root.dataset.advice = code;
    own.message.textContent = message;
    own.remedy.textContent = remedy.text;
    if (remedy.configuration) {
      own.configuration.append(snippet(adviceName(code), pretty(remedy.configuration)));
    }
    own.since.append('Seen since ', timeElement(since));
    return root;
  }));
}

/** The checks of a running test. @param {string[]} names */
export function pendingViews(names) {
  return names.map(name => element('li', { class: 'result', 'data-tone': 'none' },
    element('span', { class: 'mark', 'aria-hidden': 'true' }, '…'), element('div', {}, element('p', {}, name))));
}

/**
 * @param {import('./api.js').Check} check
 * @param {boolean} waiting whether a denial may still go away, and is not shown as a failure
 */
function checkView(check, waiting) {
  const root = copyOf('check');
  const parts = partsOf(root);
  const denied = waiting && check.outcome === 'FAILED';
  const { label, tone, mark } = denied ? { label: 'Still denied', tone: 'wait', mark: '…' } : OUTCOMES[check.outcome];
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
  if (check.remedy) remedyView(parts, check, denied ? 'If it is still denied later' : 'What to do');
  parts.facts.append(...factsOf([
    ['Check', check.id], ['Action', check.action], ['Resource', check.resource], ['Code', check.code],
    ['AWS request ID', check.awsRequestId], ['Duration', duration(check.durationMs)],
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
