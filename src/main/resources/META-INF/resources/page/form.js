/** The panel that adds an integration, or edits one. What has been typed stays until it is stored or given up. */
import { call, Problem } from './api.js';
import { busy, element, isBusy, partsOf } from './dom.js';
import { ConnectionTest } from './connection-test.js';
import { ExternalIdField } from './external-id.js';
import { FormErrors } from './form-errors.js';
import { Guide } from './guide.js';
import { SecretField } from './secret.js';
import { Tooltip } from './tooltip.js';
import { confirmed } from './question.js';
import { exactly } from './times.js';
import { expectedChecks } from './words.js';
import { mergePatch, read, write } from './fields.js';

const NEW = { type: 'S3', sessionMetadata: true, access: { method: 'ASSUME_ROLE' } };

/**
 * @param {HTMLDialogElement} dialog
 * @param {(integration: any, report: any, wasNew: boolean) => void} stored
 */
export function Form(dialog, stored) {
  const parts = partsOf(dialog);
  const form = parts.form;
  const errors = FormErrors(form, parts);
  const test = ConnectionTest(parts.test);
  const guide = Guide(parts);
  const secret = SecretField(parts, form.querySelector('#secret'));
  const externalId = ExternalIdField(parts, form.querySelector('#external-id'));
  /** What is stored, as the form shows it; and the record's own state. */
  let before = {};
  /** @type {{id: string, etag: string | null, access: any} | null} */
  let record = null;
  let attempt = { body: '', key: '' };

  /**
   * Fills in what this deployment wants; the form works without, too.
   * @param {{roleNamePrefix: string, gatewayRoleArn: string, partition: string, regions: string[],
   *          regionNames: Record<string, string>}} settings
   */
  function configure({ roleNamePrefix, gatewayRoleArn, partition, regions, regionNames }) {
    parts['role-prefix'].textContent = roleNamePrefix;
    parts['gateway-role'].textContent = gatewayRoleArn;
    form.querySelector('#role-arn').placeholder = `arn:${partition}:iam::123456789012:role/${roleNamePrefix}...`;
    form.querySelector('#regions').replaceChildren(...regions.map(region =>
      element('option', { value: region }, regionNames[region] ?? region)));
  }

  function add() {
    open(null, NEW, 'Add External Integration', 'Add');
  }

  /** @param {import('./api.js').Integration} which @throws {Problem} when it is gone */
  async function edit(which) {
    const { body, etag } = await call('GET', `/v1/integrations/${encodeURIComponent(which.id)}`);
    open({ id: body.id, etag, access: body.access }, body, `Edit ${body.name}`, 'Save');
  }

  function open(which, shown, title, submit) {
    record = which;
    const keys = record?.access.method === 'ACCESS_CREDENTIAL';
    errors.clear();
    test.clear();
    externalId.reset();
    secret.hide();
    // The stored ID comes masked: it is shown beside the fields, and never sent back.
    write(form, keys ? { ...shown, access: { method: 'ACCESS_CREDENTIAL' } } : shown);
    parts['stored-key'].hidden = !keys;
    parts['stored-id'].textContent = keys ? record.access.accessKeyId : '';
    parts['stored-at'].textContent = keys ? exactly(record.access.setAt) : '';
    replaceKeys(!keys);
    parts.advanced.open = Boolean(shown.target?.prefix || shown.target?.expectedBucketOwner || shown.target?.kmsKeyArn);
    parts.swap.hidden = record === null;
    dialog.querySelector('#form-title').textContent = title;
    parts.submit.textContent = submit;
    switchMethod();
    before = read(form);
    dialog.showModal();
    form.querySelector('.body').scrollTop = 0;
    dialog.querySelector('#form-title').focus();
  }

  function replaceKeys(shown) {
    parts.keys.hidden = !shown;
    parts.keys.disabled = !shown;
    parts['replace-key'].hidden = shown;
  }

  function switchMethod() {
    const { method } = read(form).access;
    for (const fields of form.querySelectorAll('[data-method]')) {
      fields.hidden = fields.dataset.method !== method;
      fields.disabled = fields.hidden;
    }
    guide.update(read(form));
  }

  function changes() {
    const after = read(form);
    const patch = mergePatch(before, after);
    // Another method's members must not be merged into the old ones.
    if (patch.access?.method) patch.access = after.access;
    return patch;
  }

  /** The stored secret stays with the service: without new keys it is the stored integration that can be tested. */
  function testConnection() {
    const body = read(form);
    const storedKeys = record && body.access.method === 'ACCESS_CREDENTIAL' && parts.keys.disabled;
    errors.clear();
    secret.hide();
    test.start({
      expects: expectedChecks(body.access.method),
      repeats: true,
      ask: async signal => (storedKeys
        ? await call('POST', `/v1/integrations/${encodeURIComponent(record.id)}/validations`, { signal })
        : await call('POST', '/v1/validations', { body: read(form), signal })).body,
      failed: showProblem,
    });
  }

  async function submit() {
    if (isBusy(parts.submit)) return;
    const done = busy(parts.submit, record ? 'Saving…' : 'Adding…');
    const wasNew = record === null;
    errors.clear();
    test.clear();
    secret.hide();
    try {
      const { validation, ...integration } = wasNew ? await create() : await save();
      forget();
      stored(integration, validation, wasNew);
    } catch (problem) {
      if (!showProblem(problem)) throw problem;
    } finally {
      done();
    }
  }

  /** The same key for the same body: a second press after a lost answer finds the first one's integration. */
  async function create() {
    const body = read(form);
    const text = JSON.stringify(body);
    if (attempt.body !== text) attempt = { body: text, key: crypto.randomUUID() };
    return (await call('POST', '/v1/integrations', { body, headers: { 'Idempotency-Key': attempt.key } })).body;
  }

  async function save() {
    const headers = { 'If-Match': record.etag };
    return (await call('PATCH', `/v1/integrations/${encodeURIComponent(record.id)}`, { body: changes(), headers })).body;
  }

  function showProblem(problem) {
    errors.show(problem);
    if (problem instanceof Problem && problem.validation) test.show(problem.validation, false);
    return true;
  }

  /** Closes without a question, and without a trace of the secret in the page. */
  function forget() {
    test.clear();
    attempt = { body: '', key: '' };
    write(form, NEW);
    dialog.close();
  }

  async function giveUp() {
    const typed = Object.keys(changes()).length > 0;
    const question = { title: 'Discard what you entered?', text: 'It has not been stored.', yes: 'Discard', no: 'Keep editing' };
    if (!typed || await confirmed(question)) forget();
  }

  form.addEventListener('submit', event => {
    event.preventDefault();
    submit();
  });
  form.addEventListener('input', () => guide.update(read(form)));
  form.addEventListener('change', event => event.target.name === 'method' && switchMethod());
  parts['test-connection'].addEventListener('click', testConnection);
  parts['replace-key'].addEventListener('click', () => {
    replaceKeys(true);
    form.querySelector('#access-key').focus();
  });
  parts.close.addEventListener('click', giveUp);
  parts.cancel.addEventListener('click', giveUp);
  dialog.addEventListener('cancel', event => {
    event.preventDefault();
    giveUp();
  });
  Tooltip(form.querySelector('.tip'));
  return { add, edit, configure };
}
