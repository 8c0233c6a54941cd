/** A text to copy or download. */
import { copyOf, partsOf } from './dom.js';

/**
 * @param {string} title
 * @param {string} text
 * @param {string} [fileName] left out: no download
 */
export function snippet(title, text, fileName) {
  const root = copyOf('snippet');
  const parts = partsOf(root);
  parts.title.textContent = title;
  parts.text.textContent = text;
  root.querySelector('pre').setAttribute('aria-label', title);
  parts.copy.setAttribute('aria-label', `Copy ${title}`);
  parts.copy.addEventListener('click', () => copy(parts.copy, title, parts.text));
  if (fileName) {
    parts.download.download = fileName;
    parts.download.setAttribute('aria-label', `Download ${title}`);
    parts.download.href = `data:text/plain;charset=utf-8,${encodeURIComponent(text)}`;
  } else {
    parts.download.remove();
  }
  return root;
}

/** @param {object} json */
export function pretty(json) {
  return JSON.stringify(json, null, 2);
}

async function copy(pressed, title, shown) {
  try {
    await navigator.clipboard.writeText(shown.textContent);
    answer(pressed, 'Copied', `Copied ${title}`);
  } catch {
    // The browser may deny access to the clipboard. Selects the text instead, so that the user can copy it by keyboard.
    getSelection().selectAllChildren(shown);
    answer(pressed, 'Press Ctrl+C', `Press Ctrl+C to copy ${title}`);
  }
}

function answer(pressed, text, spoken) {
  const label = pressed.dataset.label ??= pressed.getAttribute('aria-label');
  pressed.textContent = text;
  pressed.setAttribute('aria-label', spoken);
  setTimeout(() => {
    pressed.textContent = 'Copy';
    pressed.setAttribute('aria-label', label);
  }, 2000);
}
