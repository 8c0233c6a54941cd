/** Shows the API's errors at the fields that they name, and a summary at the top of the form. */
import { Problem, inWords } from './api.js';
import { controlsOf } from './fields.js';
import { element } from './dom.js';

/** @param {HTMLElement} form @param {Record<string, any>} parts */
export function FormErrors(form, parts) {
  function clear() {
    parts.summary.hidden = true;
    parts['summary-errors'].replaceChildren();
    for (const control of controlsOf(form)) clearField(control);
  }

  /**
   * Shows a problem and moves the focus to the summary, so that a screen reader reads it out.
   * @param {unknown} problem
   */
  function show(problem) {
    clear();
    const errors = fieldErrors(problem);
    parts['summary-title'].textContent = titleOf(problem, errors.length);
    parts['summary-errors'].append(...errors.map(entry));
    parts.summary.hidden = false;
    parts.summary.scrollIntoView({ block: 'nearest' });
    parts.summary.focus({ preventScroll: true });
  }

  function entry({ field, message }) {
    const control = controlsOf(form).find(candidate => candidate.dataset.pointer === field);
    if (!control) return element('li', {}, field ? `${message} (${field})` : message);
    markField(control, message);
    const label = nameOf(control).replace('(optional)', '').trim();
    const link = element('a', { href: `#${control.id}` }, `${label}: ${message}`);
    link.addEventListener('click', event => {
      event.preventDefault();
      visit(control);
    });
    return element('li', {}, link);
  }

  form.addEventListener('input', ({ target }) => {
    for (const control of controlsOf(form)) {
      if (control.dataset.pointer === target.dataset.pointer) clearField(control);
    }
  });
  return { show, clear };
}

function titleOf(problem, count) {
  if (count === 0 || problem.status !== 400) return inWords(problem);
  return count === 1 ? '1 field has an error' : `${count} fields have errors`;
}

/** @returns {import('./api.js').FieldError[]} */
function fieldErrors(problem) {
  if (!(problem instanceof Problem)) return [];
  return problem.errors.map(error => (error.code === 'REQUIRED' ? { ...error, message: 'This field is required.' } : error));
}

function markField(control, message) {
  const id = `${control.id}-error`;
  document.getElementById(id)?.remove();
  const text = element('p', { class: 'field-error', id }, element('span', { class: 'unseen' }, 'Error: '), message);
  control.closest('.field, .check, .choice').append(text);
  control.setAttribute('aria-invalid', 'true');
  control.setAttribute('aria-describedby', [id, hint(control)].join(' ').trim());
  // A closed "Advanced" section would hide the error.
  const folded = control.closest('details');
  if (folded) folded.open = true;
}

function clearField(control) {
  if (control.getAttribute?.('aria-invalid') !== 'true') return;
  control.removeAttribute('aria-invalid');
  document.getElementById(`${control.id}-error`)?.remove();
  if (hint(control)) control.setAttribute('aria-describedby', hint(control));
  else control.removeAttribute('aria-describedby');
}

function hint(control) {
  return (control.getAttribute('aria-describedby') || '').split(' ').filter(id => !id.endsWith('-error')).join(' ');
}

/** A button of a group is named after the group. */
function nameOf(control) {
  return control.closest('[role=radiogroup]')?.getAttribute('aria-label') ?? control.labels[0].textContent;
}

/** Scrolls to the label, so that the user sees which field has the focus. */
function visit(control) {
  control.labels[0].scrollIntoView({ block: 'center' });
  control.focus({ preventScroll: true });
}
