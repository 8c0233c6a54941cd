/** The Generate button beside External ID. */
import { call, inWords } from './api.js';
import { busy, isBusy } from './dom.js';
import { exactly } from './times.js';

/** @param {Record<string, any>} parts of the form @param {HTMLInputElement} input */
export function ExternalIdField(parts, input) {
  const hint = parts['external-id-hint'];
  const advice = hint.textContent;

  parts.generate.addEventListener('click', async () => {
    if (isBusy(parts.generate)) return;
    const done = busy(parts.generate, 'Generating…');
    try {
      const { body } = await call('POST', '/v1/external-ids');
      input.value = body.externalId;
      hint.textContent = `Reserved for your organization until ${exactly(body.expiresAt)}. It stays yours once an `
        + 'integration uses it. Put it into the role’s trust policy.';
      // As if typed: updates the guide and clears an error on the field.
      input.dispatchEvent(new Event('input', { bubbles: true }));
    } catch (problem) {
      hint.textContent = `No external ID could be generated. ${inWords(problem)}`;
    } finally {
      done();
    }
  });

  return { reset: () => (hint.textContent = advice) };
}
