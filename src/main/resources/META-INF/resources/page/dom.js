/** DOM functions that every part of the page uses. They insert text as text, never as markup. */

/**
 * A new copy of a template's only element.
 * @param {string} id of the template in index.html
 * @returns {HTMLElement}
 */
export function copyOf(id) {
  const template = /** @type {HTMLTemplateElement} */ (document.getElementById(id));
  return /** @type {HTMLElement} */ (template.content.firstElementChild.cloneNode(true));
}

/**
 * The parts of an element by their data-part.
 * @param {ParentNode} root
 * @returns {Record<string, any>}
 */
export function partsOf(root) {
  return Object.fromEntries([...root.querySelectorAll('[data-part]')].map(part => [part.dataset.part, part]));
}

/**
 * @param {string} tag
 * @param {Record<string, string | boolean>} attributes true: present without a value; false: left out
 * @param {...(Node | string)} children
 * @returns {HTMLElement}
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false) made.setAttribute(name, value === true ? '' : value);
  }
  made.append(...children);
  return made;
}

/**
 * A button with a click handler.
 * @param {string} text
 * @param {() => void} pressed
 * @param {Record<string, string | boolean>} attributes
 */
export function button(text, pressed, attributes = {}) {
  const made = element('button', { type: 'button', ...attributes }, text);
  made.addEventListener('click', pressed);
  return made;
}

/**
 * Terms and descriptions for a dl element. Facts without a value are left out.
 * @param {Array<[string, string | Node | null | undefined]>} facts
 */
export function factsOf(facts) {
  return facts
    .filter(([, value]) => value !== null && value !== undefined && value !== '')
    .map(([term, value]) => element('div', {}, element('dt', {}, term), element('dd', {}, value)));
}

/**
 * Shows a text in a live region, or hides the region. Empties it first: otherwise a screen reader would not announce the
 * same text a second time.
 * @param {HTMLElement} region
 * @param {string | Node} [content]
 */
export function say(region, content = '') {
  region.replaceChildren();
  region.hidden = content === '';
  if (content !== '') region.append(content);
}

/**
 * Marks a button as busy. It stays focusable, so that keyboard users keep their place in the dialog.
 * @param {HTMLElement} pressed
 * @param {string} working its text meanwhile
 * @returns {() => void} restores the button
 */
export function busy(pressed, working) {
  const text = pressed.textContent;
  pressed.textContent = working;
  pressed.setAttribute('aria-disabled', 'true');
  return () => {
    pressed.textContent = text;
    pressed.removeAttribute('aria-disabled');
  };
}

/** @param {HTMLElement} pressed */
export function isBusy(pressed) {
  return pressed.getAttribute('aria-disabled') === 'true';
}
