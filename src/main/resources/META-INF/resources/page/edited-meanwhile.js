/** What to show if somebody else changed the integration while this form was open. */
import { Problem } from './api.js';
import { controlsOf, get } from './fields.js';

/**
 * @param {HTMLElement} form shows the stored values, overwritten with those typed here
 * @param {object} before what was stored when the form was opened, as read() returns it
 * @param {object} now what is stored now, as read() returns it
 * @param {object} mine the merge patch of what was typed here
 * @param {string} [what] was changed
 * @returns {Problem} with an entry for each field that somebody else changed
 */
export function editedMeanwhile(form, before, now, mine, what = 'this integration') {
  const changed = controlsOf(form)
    .filter(control => control.type !== 'radio' || control.checked)
    .filter(({ dataset: { pointer } }) => get(before, pointer) !== get(now, pointer));
  return new Problem({
    status: 412,
    detail: `Somebody else changed ${what} while you were editing. Check the values, then save again.`,
    errors: changed.map(control => {
      const field = control.dataset.pointer;
      return { field, code: 'CHANGED', message: sentence(shown(control, get(now, field)), get(mine, field)) };
    }),
  });
}

/** A select shows other words than its values. */
function shown(control, value) {
  return [...(control.options ?? [])].find(option => option.value === value)?.text ?? value;
}

function sentence(stored, typed) {
  if (typed === undefined) return 'Somebody else changed this. The new value is shown here.';
  const value = stored === undefined ? 'nothing' : `“${stored}”`;
  return `Somebody else changed this to ${value}. If you save, your value replaces it.`;
}
