/** A connection test: its progress, its report, and automatic retries while AWS applies a change. */
import { inWords } from './api.js';
import { copyOf, partsOf, say } from './dom.js';
import { pendingViews, reportView } from './report.js';

/**
 * @typedef {object} Subject
 * @property {string[]} expects names of the checks that the test makes
 * @property {boolean} repeats whether the page retries; false if the service does
 * @property {(signal: AbortSignal) => Promise<import('./api.js').Report>} ask
 * @property {(report: import('./api.js').Report) => void} [done]
 * @property {(problem: unknown) => boolean} [failed] returns true if it has shown the problem itself
 */

/** @param {HTMLElement} place where the test is shown */
export function ConnectionTest(place) {
  const root = copyOf('connection-test');
  const parts = partsOf(root);
  let ticking = 0;
  let running = new AbortController();
  /** @type {Subject} */
  let subject;
  place.append(root);

  /** @param {Subject} [what] left out: repeats the previous test */
  async function start(what = subject) {
    stop();
    subject = what;
    running = new AbortController();
    const signal = running.signal;
    showProgress();
    try {
      const report = await subject.ask(signal);
      if (signal.aborted) return;
      show(report, subject);
      subject.done?.(report);
    } catch (problem) {
      if (signal.aborted) return;
      stop();
      parts.report.hidden = true;
      if (!subject.failed?.(problem)) say(parts.problem, inWords(problem));
    }
  }

  /** Stops the test or the countdown; the last report stays. */
  function stop() {
    running.abort();
    clearInterval(ticking);
    parts.progress.hidden = true;
    parts.waiting.hidden = true;
    say(parts.problem);
  }

  function clear() {
    stop();
    parts.report.hidden = true;
  }

  /**
   * @param {import('./api.js').Report} report
   * @param {Subject} [what] how to test again; left out: nobody does
   */
  function show(report, what) {
    stop();
    if (what) subject = what;
    const view = reportView(report);
    parts.report.replaceChildren(view.root);
    parts.report.hidden = false;
    if (report.status === 'PROPAGATING') showWaiting(report.retryAfterSeconds ?? 15, what);
    // With the focus on the title, a screen reader reads it out. Everybody else must have it in view.
    view.title.focus({ preventScroll: true });
    const { top } = view.title.getBoundingClientRect();
    if (top < 0 || top > window.innerHeight / 4) root.scrollIntoView({ block: 'start' });
  }

  function showProgress() {
    const started = Date.now();
    const tick = () => (parts.elapsed.textContent = `${Math.round((Date.now() - started) / 1000)} s`);
    parts.pending.replaceChildren(...pendingViews(subject.expects));
    parts.progress.hidden = false;
    parts.report.hidden = true;
    tick();
    ticking = setInterval(tick, 1000);
    root.scrollIntoView({ block: 'nearest' });
  }

  /** @param {number} seconds @param {Subject} [what] */
  function showWaiting(seconds, what) {
    const repeats = what?.repeats ?? false;
    parts.waiting.hidden = false;
    parts.retrying.hidden = !repeats;
    if (repeats) parts.again.textContent = '';
    else parts.again.textContent = what ? 'SEA tries again automatically within a minute.' : 'Wait a minute, then try again.';
    if (!repeats) return;
    const due = Date.now() + seconds * 1000;
    const tick = () => {
      const left = Math.max(0, Math.ceil((due - Date.now()) / 1000));
      parts.countdown.textContent = `${left} s`;
      if (left === 0) start();
    };
    tick();
    ticking = setInterval(tick, 1000);
  }

  parts.now.addEventListener('click', () => start());
  parts.stop.addEventListener('click', stop);
  return { start, stop, clear, show };
}
