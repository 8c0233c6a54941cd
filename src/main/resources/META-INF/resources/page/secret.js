/** The field of the secret access key: shown on demand, hidden again when the user leaves the page. */

/** @param {Record<string, any>} parts of the form @param {HTMLInputElement} input */
export function SecretField(parts, input) {
  const toggle = parts['show-secret'];

  function hide() {
    set(false);
    parts['secret-status'].textContent = '';
  }

  function clear() {
    input.value = '';
    hide();
  }

  function set(shown) {
    input.type = shown ? 'text' : 'password';
    toggle.textContent = shown ? 'Hide' : 'Show';
    toggle.setAttribute('aria-label', `${shown ? 'Hide' : 'Show'} secret access key`);
  }

  toggle.addEventListener('click', () => {
    const shown = input.type === 'password';
    set(shown);
    // Not every screen reader announces a changed label. All announce this status.
    parts['secret-status'].textContent = `Your secret access key is ${shown ? 'shown' : 'hidden'}.`;
  });
  // The back-forward cache restores the page as the user left it, with the secret shown.
  window.addEventListener('pageshow', hide);
  document.addEventListener('visibilitychange', () => document.hidden && hide());
  return { hide, clear };
}
