/** The panel that adds or edits an integration. What the user has entered stays until it is saved or discarded. */
import { call, Problem } from './api.js';
import { busy, isBusy, partsOf } from './dom.js';
import { BucketField } from './bucket.js';
import { ConnectionTest } from './connection-test.js';
import { Credentials } from './credentials.js';
import { ExternalIdField } from './external-id.js';
import { FormErrors } from './form-errors.js';
import { Guide } from './guide.js';
import { RegionField } from './region.js';
import { Tooltip } from './tooltip.js';
import { confirmed } from './question.js';
import { expectedChecks } from './words.js';
import { editedMeanwhile } from './edited-meanwhile.js';
import { merged, mergePatch, read, write } from './fields.js';

const STORED_KEYS_ONLY = 'Save tests the new values with the stored access key, and changes nothing unless they pass. To '
  + 'test them without saving, replace the access key.';
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
  const region = RegionField(form.querySelector('#region'), form.querySelector('#regions'), form.querySelector('#region-hint'));
  const bucket = BucketField(form.querySelector('#bucket'), form.querySelector('#bucket-hint'), region.found);
  const credentials = Credentials(form, parts);
  const externalId = ExternalIdField(parts, form.querySelector('#external-id'));
  /** The stored values, as read() returns them. */
  let before = {};
  /** @type {{id: string, etag: string | null, access: any} | null} */
  let record = null;
  let attempt = { body: '', key: '' };
  /** How many forms were asked for: the values of one may come when another is open. */
  let asked = 0;

  /**
   * Applies the deployment's settings. The form works without them, too.
   * @param {{roleNamePrefix: string, gatewayRoleArn: string, partition: string, regions: string[],
   *          regionNames: Record<string, string>}} settings
   */
  function configure({ roleNamePrefix, gatewayRoleArn, partition, regions, regionNames }) {
    parts['role-prefix'].textContent = roleNamePrefix;
    parts['gateway-role'].textContent = gatewayRoleArn;
    form.querySelector('#role-arn').placeholder = `arn:${partition}:iam::123456789012:role/${roleNamePrefix}...`;
    region.configure(regions, regionNames);
  }

  function add() {
    asked++;
    open(null, NEW, 'Add External Integration', 'Add');
  }

  /** @param {import('./api.js').Integration} which @throws {Problem} when it is gone */
  async function edit(which) {
    const mine = ++asked;
    const { body, etag } = await call('GET', path(which));
    if (mine === asked) open({ id: body.id, etag, access: body.access }, body, `Edit ${body.name}`, 'Save');
  }

  function open(which, shown, title, submit) {
    errors.clear();
    test.clear();
    externalId.startAnew();
    credentials.hideSecret();
    fill(which, shown);
    parts.advanced.open = Boolean(shown.target?.prefix || shown.target?.expectedBucketOwner || shown.target?.kmsKeyArn);
    parts.swap.hidden = record === null;
    dialog.querySelector('#form-title').textContent = title;
    parts.submit.textContent = submit;
    dialog.showModal();
    form.querySelector('.body').scrollTop = 0;
    dialog.querySelector('#form-title').focus();
  }

  /** Shows the stored values, which changes are compared with. */
  function fill(which, shown) {
    record = which;
    bucket.forget();
    const keys = record?.access.method === 'ACCESS_CREDENTIAL';
    // The API masks the stored access key ID: it is shown beside the fields and never sent back.
    write(form, keys ? { ...shown, access: { method: 'ACCESS_CREDENTIAL' } } : shown);
    credentials.showStored(record?.access);
    follow();
    before = read(form);
  }

  /** Updates what depends on the fields. */
  function follow() {
    credentials.switchMethod();
    region.tell();
    guide.update(read(form));
  }

  function changes() {
    const after = read(form);
    const patch = mergePatch(before, after);
    // Another method replaces all members of the old one.
    if (patch.access?.method) patch.access = after.access;
    return patch;
  }

  /** The page never has the stored secret: without a new access key it can test only the stored integration. */
  function testConnection() {
    const body = read(form);
    const storedKeys = record && body.access.method === 'ACCESS_CREDENTIAL' && !credentials.replacesKeys();
    errors.clear();
    credentials.hideSecret();
    if (storedKeys && changes().target) {
      test.clear();
      errors.show(new Problem({ status: 0, detail: STORED_KEYS_ONLY }));
      return;
    }
    test.start({
      expects: expectedChecks(body.access.method),
      repeats: true,
      ask: async signal => (storedKeys
        ? await call('POST', `${path(record)}/validations`, { signal })
        : await call('POST', '/v1/validations', { body: read(form), signal })).body,
      failed: showProblem,
    });
  }

  async function submit() {
    if (isBusy(parts.submit)) return;
    const done = whileSubmitting(record ? 'Saving…' : 'Adding…');
    const wasNew = record === null;
    errors.clear();
    test.clear();
    credentials.hideSecret();
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

  /** Nothing can be discarded now: it may be stored already. @returns {() => void} ends this */
  function whileSubmitting(working) {
    const done = busy(parts.submit, working);
    const others = [parts.cancel, parts.close];
    for (const other of others) other.disabled = true;
    return () => {
      for (const other of others) other.disabled = false;
      done();
    };
  }

  /** Sends the same body with the same key: if an answer was lost, the next try gets the integration already added. */
  async function create() {
    const body = read(form);
    const text = JSON.stringify(body);
    if (attempt.body !== text) attempt = { body: text, key: crypto.randomUUID() };
    try {
      return (await call('POST', '/v1/integrations', { body, headers: { 'Idempotency-Key': attempt.key } })).body;
    } catch (problem) {
      // The service keeps a refusal under the key, and whoever tries again has removed what stood in the way.
      const refused = problem instanceof Problem && problem.status === 409 && problem.kind !== 'request-in-progress';
      if (refused) attempt = { body: '', key: '' };
      throw problem;
    }
  }

  async function save() {
    try {
      return (await call('PATCH', path(record), { body: changes(), headers: { 'If-Match': record.etag } })).body;
    } catch (problem) {
      throw problem instanceof Problem && problem.status === 412 ? await takeOver() : problem;
    }
  }

  /** Somebody else saved first: shows what they stored, overwritten with what was typed here. */
  async function takeOver() {
    const mine = changes();
    const [opened, replacing] = [before, credentials.replacesKeys()];
    const { body, etag } = await call('GET', path(record));
    fill({ id: body.id, etag, access: body.access }, body);
    write(form, merged(before, mine));
    credentials.replaceKeys(replacing);
    follow();
    return editedMeanwhile(form, opened, before, mine);
  }

  function showProblem(problem) {
    errors.show(problem);
    if (problem instanceof Problem && problem.validation) test.show(problem.validation);
    return true;
  }

  /** Closes without asking, and leaves no trace of the secret in the page. */
  function forget() {
    test.clear();
    attempt = { body: '', key: '' };
    bucket.forget();
    write(form, NEW);
    dialog.close();
  }

  /**
   * Another user is signed in now.
   * @param {boolean} sameTenant
   */
  function handOver(sameTenant) {
    attempt = { body: '', key: '' };
    credentials.clearSecret();
    if (sameTenant) return;
    externalId.reset();
    if (record) forget();
  }

  async function giveUp() {
    if (isBusy(parts.submit)) return;
    const typed = Object.keys(changes()).length > 0;
    const question = { title: 'Discard what you entered?', text: 'It has not been saved.', yes: 'Discard', no: 'Keep editing' };
    if (!typed || await confirmed(question)) forget();
  }

  form.addEventListener('submit', event => {
    event.preventDefault();
    submit();
  });
  form.addEventListener('input', () => guide.update(read(form)));
  form.addEventListener('change', event => event.target.name === 'method' && follow());
  parts['test-connection'].addEventListener('click', testConnection);
  parts.close.addEventListener('click', giveUp);
  parts.cancel.addEventListener('click', giveUp);
  dialog.addEventListener('cancel', event => {
    event.preventDefault();
    giveUp();
  });
  Tooltip(form.querySelector('.tip'));
  return { add, edit, configure, handOver };
}

function path({ id }) {
  return `/v1/integrations/${encodeURIComponent(id)}`;
}
