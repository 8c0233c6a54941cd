/** The Credential Details: the chosen method's fields, and the stored access key, whose secret is never shown. */
import { SecretField } from './secret.js';
import { exactly } from './times.js';

/** @param {HTMLElement} form @param {Record<string, any>} parts of the form */
export function Credentials(form, parts) {
  const secret = SecretField(parts, form.querySelector('#secret'));

  /** @param {any} access as it is stored; none for a new integration */
  function showStored(access) {
    const keys = access?.method === 'ACCESS_CREDENTIAL';
    parts['stored-key'].hidden = !keys;
    parts['stored-id'].textContent = keys ? access.accessKeyId : '';
    parts['stored-at'].textContent = keys ? exactly(access.setAt) : '';
    replaceKeys(!keys);
  }

  /** @param {boolean} shown whether to show the fields for a new access key */
  function replaceKeys(shown) {
    parts.keys.hidden = !shown;
    parts.keys.disabled = !shown;
    parts['replace-key'].hidden = shown;
  }

  function replacesKeys() {
    return !parts.keys.disabled;
  }

  /** Shows the fields of the method that is chosen. */
  function switchMethod() {
    const chosen = form.querySelector('[name=method]:checked').value;
    for (const fields of form.querySelectorAll('[data-method]')) {
      fields.hidden = fields.dataset.method !== chosen;
      fields.disabled = fields.hidden;
    }
  }

  parts['replace-key'].addEventListener('click', () => {
    replaceKeys(true);
    form.querySelector('#access-key').focus();
  });
  return { showStored, replaceKeys, replacesKeys, switchMethod, hideSecret: secret.hide, clearSecret: secret.clear };
}
