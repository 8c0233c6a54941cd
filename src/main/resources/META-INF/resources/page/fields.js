/**
 * Between the form's controls and the API's JSON. A control names its member by JSON Pointer in data-pointer, the very
 * text that an error of the API names it by.
 */

/** @param {HTMLElement} form @returns {any[]} */
export function controlsOf(form) {
  return [...form.querySelectorAll('[data-pointer]')];
}

/**
 * What has been typed. Members of the other method's fields, and empty ones, are left out; white space around a value
 * is dropped, for it comes along with what is pasted.
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
 * @param {object} body as read() makes it; members that it lacks empty their control
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
 * The RFC 7396 merge patch that makes one body of another.
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
 * The body that a merge patch makes of another.
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

/** @param {any} body @param {string} pointer JSON Pointer @returns {any} undefined where nothing is */
export function get(body, pointer) {
  return pointer.split('/').slice(1).reduce((at, name) => at?.[name], body);
}

function put(body, pointer, value) {
  const path = pointer.split('/').slice(1);
  const last = path.pop();
  const parent = path.reduce((at, name) => (at[name] ??= {}), body);
  parent[last] = value;
}
