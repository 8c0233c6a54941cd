/** Asks the user one question after another, all in the same dialog. */
import { partsOf } from './dom.js';

/** @type {HTMLDialogElement} */
const dialog = /** @type {any} */ (document.getElementById('question'));
const parts = partsOf(dialog);
let wanted = '';
/** Settles when the last question so far has its answer. */
let turn = Promise.resolve();

/**
 * @typedef {{title: string, text: string, yes: string, no?: string, danger?: boolean, typeName?: string,
 *            onYes?: () => void}} Question
 *     no: empty to leave no choice; typeName: what the user must type to confirm; onYes: runs during the click, for what
 *     a browser allows only then
 */

/**
 * Asks once every question before it is answered.
 * @param {Question} question
 * @returns {Promise<boolean>}
 */
export function confirmed(question) {
  const answer = turn.then(() => ask(question));
  turn = answer.then(() => {});
  return answer;
}

/**
 * Tells the user something that no open question may outlive: that one counts as answered with no.
 * @param {string} title
 * @param {string} text
 */
export function told(title, text) {
  if (dialog.open) dialog.close('');
  return confirmed({ title, text, yes: 'Continue', no: '' });
}

/** @param {Question} question @returns {Promise<boolean>} */
function ask({ title, text, yes, no = 'Cancel', danger = false, typeName = '', onYes }) {
  wanted = typeName;
  parts.title.textContent = title;
  parts.text.textContent = text;
  parts.yes.textContent = yes;
  parts.yes.onclick = onYes ?? null;
  parts.no.textContent = no;
  parts.no.hidden = no === '';
  parts.yes.className = danger ? 'danger solid' : 'primary';
  parts['by-name'].hidden = wanted === '';
  parts.wanted.textContent = wanted;
  parts.typed.value = '';
  dialog.returnValue = '';
  enableYes();
  dialog.showModal();
  if (wanted) parts.typed.focus();
  else (no ? parts.no : parts.yes).focus();
  return new Promise(resolve =>
    dialog.addEventListener('close', () => resolve(dialog.returnValue === 'yes'), { once: true }));
}

function enableYes() {
  // Names are stored in NFC. What is pasted may not be.
  parts.yes.disabled = wanted !== '' && parts.typed.value.trim().normalize() !== wanted;
}

parts.typed.addEventListener('input', enableYes);
// Enter in the field presses the form's first button, which is "Cancel".
parts.typed.addEventListener('keydown', event => {
  // In Japanese and Chinese, Enter also ends a word. 229 is how Safari tells.
  if (event.key !== 'Enter' || event.isComposing || event.keyCode === 229) return;
  event.preventDefault();
  if (!parts.yes.disabled) dialog.close('yes');
});
