/**
 * Signs the user in. Tokens are kept in memory only, so nothing that runs later in this browser can find them. A reload
 * signs in again, which takes a moment while the identity provider's own session lasts.
 */
import { base } from './base.js';
import { call, callAs, Problem } from './api.js';
import { partsOf } from './dom.js';
import { authorizeUrl, newAttempt, redeem, signOutUrl } from './oidc.js';
import { discover, revoke } from './provider.js';
import { Session } from './session.js';
import { passOn } from './sign-in-window.js';

const PENDING = 'sea-sign-in';
const SIGNED_OUT = 'sea-signed-out';

/**
 * @param {HTMLElement} gate shown to those who are not signed in
 * @param {HTMLElement} signOut
 * @param {(now: import('./oidc.js').User, before: import('./oidc.js').User) => Promise<void>} changed runs when another
 *     user has signed in on this page
 * @returns {Promise<boolean>} false: not signed in; the gate is shown, or the browser is leaving the page
 */
export async function signIn(gate, signOut, changed) {
  const answer = takeAnswer();
  const parts = partsOf(gate);
  if (answer?.get('state')?.startsWith('renewal.')) {
    // Not every browser lets the page close its window.
    parts.text.textContent = 'You can close this window.';
    parts.go.hidden = true;
    gate.hidden = false;
    passOn(answer);
    return false;
  }
  let settings, provider;
  try {
    settings = await settingsOrNone();
    if (settings === null) return true;
    provider = await discover(settings);
    if (sessionStorage.getItem(SIGNED_OUT)) throw new Error('You have signed out.');
    const pending = takePending();
    if (answer && pending) {
      const session = Session(settings, provider, await redeem(settings, provider, pending, answer), changed);
      callAs(session);
      signOut.hidden = false;
      signOut.onclick = () => endSession(settings, provider, session.tokens());
      return true;
    }
    if (!answer) await goToProvider(settings, provider);
    else throw new Error('The sign-in was not started here.');
  } catch (problem) {
    sessionStorage.removeItem(SIGNED_OUT);
    gate.hidden = false;
    parts.text.textContent = problem.message;
    parts.go.onclick = () => (provider ? goToProvider(settings, provider) : location.assign(`${base}/`));
  }
  return false;
}

/** The service answers 404 if there is no sign-in, as in development. */
async function settingsOrNone() {
  try {
    return (await call('GET', '/v1/sign-in')).body;
  } catch (problem) {
    if (problem instanceof Problem && problem.status === 404) return null;
    throw problem;
  }
}

async function goToProvider(settings, provider) {
  const attempt = newAttempt('entry');
  // Needed after the redirect. Useless without the code, which only this browser gets.
  sessionStorage.setItem(PENDING, JSON.stringify(attempt));
  location.assign(await authorizeUrl(settings, provider, attempt));
}

function takePending() {
  const pending = sessionStorage.getItem(PENDING);
  sessionStorage.removeItem(PENDING);
  return pending && JSON.parse(pending);
}

/** The provider's answer. Removes it from the address bar and the history. */
function takeAnswer() {
  const answer = new URLSearchParams(location.search);
  if (!answer.has('code') && !answer.has('error')) return null;
  history.replaceState(null, '', location.pathname);
  return answer;
}

/** Leaving the page discards its tokens. The provider's session ends only if the provider has an endpoint for that. */
async function endSession(settings, provider, { refresh, idToken }) {
  sessionStorage.setItem(SIGNED_OUT, 'yes');
  await revoke(settings, provider, refresh);
  // The browser's Back may bring the page back as it was, with its tokens.
  addEventListener('pageshow', ({ persisted }) => persisted && location.reload());
  location.assign(signOutUrl(settings, provider, idToken));
}
