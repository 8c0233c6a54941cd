/** Asks the user to confirm an action that is hard to undo. */
import { partsOf } from './dom.js';

/** @type {HTMLDialogElement} */
const dialog = /** @type {any} */ (document.getElementById('question'));
const parts = partsOf(dialog);
let wanted = '';

/**
 * @param {{title: string, text: string, yes: string, no?: string, danger?: boolean, typeName?: string}} question
 *     typeName: what the user must type to confirm
 * @returns {Promise<boolean>}
 */
export function confirmed({ title, text, yes, no = 'Cancel', danger = false, typeName = '' }) {
  wanted = typeName;
  parts.title.textContent = title;
  parts.text.textContent = text;
  parts.yes.textContent = yes;
  parts.no.textContent = no;
  parts.yes.className = danger ? 'danger solid' : 'primary';
  parts['by-name'].hidden = wanted === '';
  parts.wanted.textContent = wanted;
  parts.typed.value = '';
  dialog.returnValue = '';
  enableYes();
  dialog.showModal();
  (wanted ? parts.typed : parts.no).focus();
  return new Promise(resolve =>
    dialog.addEventListener('close', () => resolve(dialog.returnValue === 'yes'), { once: true }));
}

function enableYes() {
  parts.yes.disabled = wanted !== '' && parts.typed.value.trim() !== wanted;
}

parts.typed.addEventListener('input', enableYes);
// Enter in the field presses the form's first button, which is "Cancel".
parts.typed.addEventListener('keydown', event => {
  if (event.key !== 'Enter') return;
  event.preventDefault();
  if (!parts.yes.disabled) dialog.close('yes');
});
