/** The secret access key's field: shown on demand, hidden again whenever the page might be left lying open. */

/** @param {Record<string, any>} parts of the form @param {HTMLInputElement} input */
export function SecretField(parts, input) {
  const toggle = parts['show-secret'];

  function hide() {
    set(false);
    parts['secret-status'].textContent = '';
  }

  function set(shown) {
    input.type = shown ? 'text' : 'password';
    toggle.textContent = shown ? 'Hide' : 'Show';
    toggle.setAttribute('aria-label', `${shown ? 'Hide' : 'Show'} secret access key`);
  }

  toggle.addEventListener('click', () => {
    const shown = input.type === 'password';
    set(shown);
    // A label that changes is not read out everywhere; this is.
    parts['secret-status'].textContent = `Your secret access key is ${shown ? 'shown' : 'hidden'}.`;
  });
  // On return through the back-forward cache the page is as it was left, with the secret legible.
  window.addEventListener('pageshow', hide);
  document.addEventListener('visibilitychange', () => document.hidden && hide());
  return { hide };
}
