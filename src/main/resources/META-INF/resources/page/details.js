/** One stored integration: its properties, connection test, history, recordings and actions. */
import { call, inWords, Problem } from './api.js';
import { busy, element, factsOf, isBusy, partsOf, say } from './dom.js';
import { ConnectionTest } from './connection-test.js';
import { EarlierTargets } from './earlier-targets.js';
import { Evidence } from './evidence.js';
import { History } from './history.js';
import { badge, healthOf } from './list.js';
import { showAdvice } from './report.js';
import { METHODS, STATES, expectedChecks } from './words.js';
import { exactly, timeElement, until } from './times.js';

/**
 * @param {HTMLDialogElement} dialog
 * @param {{changed: (integration: any) => void, edit: (integration: any) => void,
 *          deactivate: (integration: any) => void, remove: (integration: any) => void,
 *          closed: (integration: any) => void}} actions
 */
export function Details(dialog, actions) {
  const parts = partsOf(dialog);
  const test = ConnectionTest(parts.test);
  const history = History(parts.timeline, report => {
    test.show(report);
    // What AWS had to apply then, it has applied or not by now.
    test.stop();
  });
  const earlier = EarlierTargets(parts.earlier, parts['earlier-list']);
  const evidence = Evidence(parts.evidence, parts.recordings);
  /** @type {import('./api.js').Integration} */
  let integration;

  /** @param {import('./api.js').Integration} which @param {{news?: string, report?: import('./api.js').Report}} [more] */
  function open(which, { news = '', report } = {}) {
    test.clear();
    say(parts.problem);
    update(which);
    if (!dialog.open) dialog.showModal();
    parts.name.focus();
    say(parts.news, news);
    earlier.load(which);
    history.load(which.id);
    evidence.load(which.id);
    if (report) test.show(report, subject());
  }

  function update(which) {
    integration = which;
    const { name, state, health } = which;
    parts.name.textContent = name;
    parts.state.replaceChildren(badge(STATES[state], state === 'ACTIVE' ? 'active' : 'none'));
    parts.health.replaceChildren(...healthOf(health));
    parts.facts.replaceChildren(...factsOf(factsAbout(which)));
    showAdvice(parts, which.advice);
    parts.activate.hidden = state === 'ACTIVE';
    parts.deactivate.hidden = state === 'INACTIVE';
    parts.delete.hidden = state === 'ACTIVE';
  }

  async function testNow() {
    say(parts.news);
    say(parts.problem);
    await test.start(subject());
  }

  /** @returns {import('./connection-test.js').Subject} */
  function subject() {
    return {
      expects: expectedChecks(integration.access.method),
      repeats: integration.state === 'INACTIVE',
      ask: async signal => (await call('POST', `${path()}/validations`, { signal })).body,
      done: refresh,
    };
  }

  /** Updates the panel and the list: the test has changed the stored health. */
  async function refresh() {
    const { id } = integration;
    history.load(id);
    try {
      const { body } = await call('GET', path());
      if (integration.id === id) update(body);
      actions.changed(body);
    } catch {
      // The report is already shown. The list catches up when it is next loaded.
    }
  }

  /** Another integration may be shown when the answer comes. */
  async function activate() {
    if (isBusy(parts.activate)) return;
    const { id } = integration;
    const done = busy(parts.activate, 'Activating…');
    say(parts.news);
    say(parts.problem);
    try {
      const { body } = await call('POST', `${path()}/activate`);
      actions.changed(body);
      if (integration.id !== id) return;
      test.clear();
      update(body);
      say(parts.news, `${body.name} is active. SEA now uses it and tests it regularly.`);
      parts.name.focus();
    } catch (problem) {
      if (integration.id !== id) return;
      say(parts.problem, `Not activated. ${inWords(problem)}`);
      if (problem instanceof Problem && problem.validation) test.show(problem.validation, subject());
    } finally {
      done();
    }
    history.load(id);
  }

  const path = () => `/v1/integrations/${encodeURIComponent(integration.id)}`;

  function close() {
    test.stop();
    dialog.close();
  }

  parts['test-now'].addEventListener('click', testNow);
  parts.activate.addEventListener('click', activate);
  parts.close.addEventListener('click', close);
  parts.edit.addEventListener('click', () => actions.edit(integration));
  parts.deactivate.addEventListener('click', () => actions.deactivate(integration));
  parts.delete.addEventListener('click', () => actions.remove(integration));
  dialog.addEventListener('close', () => {
    test.stop();
    // What it was opened from may have been replaced since.
    if (document.activeElement === document.body || dialog.contains(document.activeElement)) actions.closed(integration);
  });
  return { open, close, testNow, activate };
}

/** @param {import('./api.js').Integration} integration @returns {Array<[string, any]>} */
function factsAbout({ id, type, description, target, sessionMetadata, access, health, ...record }) {
  return [
    ['Integration Type', type], ['Description', description],
    ['Region', target.region], ['Bucket', code(target.bucket)], ['Prefix', code(target.prefix)],
    ['Expected bucket owner', target.expectedBucketOwner], ['KMS key ARN', code(target.kmsKeyArn)],
    ['Session metadata', sessionMetadata ? 'Needed' : 'Not needed'],
    ['Method', METHODS[access.method]],
    ['Role ARN', code(access.roleArn)], ['External ID', code(access.externalId)],
    ['Access Key', code(access.accessKeyId)], ['Access key set', access.setAt && exactly(access.setAt)],
    ['Health', health.summary], ['Last known', health.provedAt && timeElement(health.provedAt)],
    ['Next check', health.nextCheckAt && timeElement(health.nextCheckAt, until)],
    ['Added', `${exactly(record.createdAt)} by ${record.createdBy}`],
    ['Changed', `${exactly(record.updatedAt)} by ${record.updatedBy}`],
    ['ID', code(id)],
  ];
}

function code(text) {
  return text && element('code', {}, text);
}
