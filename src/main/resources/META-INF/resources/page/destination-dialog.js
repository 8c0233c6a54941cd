/** The dialog that chooses where recordings go. */
import { call, Problem } from './api.js';
import { busy, element, isBusy, partsOf } from './dom.js';
import { editedMeanwhile } from './edited-meanwhile.js';
import { controlsOf, merged, mergePatch, read, write } from './fields.js';
import { FormErrors } from './form-errors.js';
import { confirmed } from './question.js';
import { STATUSES } from './words.js';

export const DESTINATION = '/v1/destinations/recordings';
const LARGEST_PAGE = 100;

/**
 * @param {HTMLDialogElement} dialog
 * @param {() => void} changed another destination is set; the dialog is about to close
 */
export function DestinationDialog(dialog, changed) {
  const parts = partsOf(dialog);
  const form = parts.form;
  const errors = FormErrors(form, parts);
  /** What is set, as read() returns it, and its ETag; null where none is set. */
  let before = {};
  /** @type {string | null} */
  let etag = null;

  let opening = false;

  /** @throws {Problem} when it could not be loaded */
  async function open() {
    // Asked for twice, it would be filled again after something has been chosen.
    if (opening) return;
    opening = true;
    try {
      errors.clear();
      await fill();
      dialog.showModal();
      parts.title.focus();
    } finally {
      opening = false;
    }
  }

  async function fill() {
    const [active, stored] = await Promise.all([activeIntegrations(), current()]);
    // Its integrations are active, unless a record was lost.
    const lost = Object.values(stored.set).filter(id => !active.some(integration => integration.id === id));
    for (const select of controlsOf(form)) {
      select.replaceChildren(
        element('option', { value: '' }, select.required ? 'Choose an integration' : 'None'),
        ...active.map(({ id, name, health }) => element('option', { value: id },
          health.status === 'HEALTHY' ? name : `${name} (${STATUSES[health.status].label})`)),
        ...lost.map(id => element('option', { value: id }, id)));
    }
    write(form, stored.set);
    before = read(form);
    etag = stored.etag;
    parts.remove.hidden = etag === null;
  }

  async function current() {
    try {
      const answer = await call('GET', DESTINATION);
      const { primary, secondary } = answer.body;
      return { set: { primary, ...(secondary && { secondary }) }, etag: answer.etag };
    } catch (problem) {
      if (problem instanceof Problem && problem.status === 404) return { set: {}, etag: null };
      throw problem;
    }
  }

  async function save() {
    const headers = etag ? { 'If-Match': etag } : { 'If-None-Match': '*' };
    await call('PUT', DESTINATION, { body: read(form), headers });
  }

  async function remove() {
    const sure = await confirmed({
      title: 'Remove the destination of recordings?',
      text: 'Sessions that must be recorded cannot start until another destination is set.', yes: 'Remove', danger: true,
    });
    if (sure) await attempt(parts.remove, 'Removing…', () => call('DELETE', DESTINATION, { headers: { 'If-Match': etag } }));
  }

  async function attempt(pressed, working, action) {
    if (isBusy(pressed)) return;
    const done = busy(pressed, working);
    errors.clear();
    try {
      await action();
      changed();
      dialog.close();
    } catch (problem) {
      errors.show(await whatCameBetween(problem).catch(other => other));
    } finally {
      done();
    }
  }

  /** Somebody else changed or removed it first: shows what is set now, overwritten with what was chosen here. */
  async function whatCameBetween(problem) {
    if (!(problem instanceof Problem) || ![404, 412].includes(problem.status)) return problem;
    const opened = before;
    const mine = mergePatch(before, read(form));
    await fill();
    write(form, merged(before, mine));
    return editedMeanwhile(form, opened, before, mine, 'the destination');
  }

  form.addEventListener('submit', event => {
    event.preventDefault();
    attempt(parts.submit, 'Saving…', save);
  });
  parts.remove.addEventListener('click', remove);
  parts.cancel.addEventListener('click', () => dialog.close());
  return { open, close: () => dialog.close() };
}

/** @returns {Promise<import('./api.js').Integration[]>} */
async function activeIntegrations() {
  const found = [];
  let cursor = '';
  do {
    const asked = new URLSearchParams({ state: 'ACTIVE', limit: String(LARGEST_PAGE), ...(cursor && { cursor }) });
    const { body } = await call('GET', `/v1/integrations?${asked}`);
    found.push(...body.items);
    cursor = body.nextCursor;
  } while (cursor);
  return found;
}
