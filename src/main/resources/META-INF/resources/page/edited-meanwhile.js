/** Two people at one integration: what to say of what somebody else stored while this form was open. */
import { Problem } from './api.js';
import { controlsOf, get } from './fields.js';

/**
 * @param {HTMLElement} form shows what is stored now, and over it what was typed here
 * @param {object} before what was stored when the form was opened, as the form reads it
 * @param {object} now what is stored now, likewise
 * @param {object} mine the merge patch of what was typed here
 * @returns {Problem} with an entry for each field that somebody else changed
 */
export function editedMeanwhile(form, before, now, mine) {
  const changed = controlsOf(form)
    .filter(control => control.type !== 'radio' || control.checked)
    .map(control => control.dataset.pointer)
    .filter(pointer => get(before, pointer) !== get(now, pointer));
  return new Problem({
    status: 412,
    detail: 'Somebody else changed this integration while you were editing. Look it over, and save again.',
    errors: changed.map(field => ({ field, code: 'CHANGED', message: sentence(get(now, field), get(mine, field)) })),
  });
}

function sentence(stored, typed) {
  if (typed === undefined) return 'Changed by somebody else, and taken over here.';
  const value = stored === undefined ? 'nothing' : `“${stored}”`;
  return `Changed by somebody else to ${value}. If you save, yours takes its place.`;
}
