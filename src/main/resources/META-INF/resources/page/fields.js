/**
 * Converts between the form's controls and the API's JSON. A control's data-pointer is the JSON Pointer of its member. The
 * API's errors name fields by the same pointers.
 */

/** @param {HTMLElement} form @returns {any[]} */
export function controlsOf(form) {
  return [...form.querySelectorAll('[data-pointer]')];
}

/**
 * What the user has entered. Empty fields and those of the other method are left out. White space around a value is
 * dropped, since pasted text often has it.
 * @param {HTMLElement} form
 */
export function read(form) {
  const body = {};
  for (const control of controlsOf(form)) {
    if (control.matches(':disabled') || (control.type === 'radio' && !control.checked)) continue;
    const value = control.type === 'checkbox' ? control.checked : control.value.trim();
    if (value !== '') put(body, control.dataset.pointer, value);
  }
  return body;
}

/**
 * @param {HTMLElement} form
 * @param {object} body as read() returns it; a control without a member is emptied
 */
export function write(form, body) {
  for (const control of controlsOf(form)) {
    const value = get(body, control.dataset.pointer);
    if (control.type === 'radio') control.checked = control.value === value;
    else if (control.type === 'checkbox') control.checked = value !== false;
    else control.value = value ?? (control.tagName === 'SELECT' ? control.options[0].value : '');
  }
}

/**
 * The RFC 7396 merge patch that turns one body into another.
 * @param {Record<string, any>} before
 * @param {Record<string, any>} after
 */
export function mergePatch(before, after) {
  const patch = {};
  for (const name of Object.keys(before)) {
    if (!(name in after)) patch[name] = null;
  }
  for (const [name, value] of Object.entries(after)) {
    if (typeof value === 'object' && typeof before[name] === 'object') {
      const inner = mergePatch(before[name], value);
      if (Object.keys(inner).length > 0) patch[name] = inner;
    } else if (before[name] !== value) {
      patch[name] = value;
    }
  }
  return patch;
}

/**
 * Applies a merge patch to a body.
 * @param {Record<string, any>} body
 * @param {Record<string, any>} patch
 */
export function merged(body, patch) {
  const after = { ...body };
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete after[name];
    else after[name] = typeof value === 'object' ? merged(after[name], value) : value;
  }
  return after;
}

/** @param {any} body @param {string} pointer JSON Pointer @returns {any} undefined if there is no such member */
export function get(body, pointer) {
  return pointer.split('/').slice(1).reduce((at, name) => at?.[name], body);
}

function put(body, pointer, value) {
  const path = pointer.split('/').slice(1);
  const last = path.pop();
  const parent = path.reduce((at, name) => (at[name] ??= {}), body);
  parent[last] = value;
}
