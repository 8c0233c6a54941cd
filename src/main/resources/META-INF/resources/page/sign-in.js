/**
 * Signs the user in. Tokens are kept in memory only, so nothing that runs later in this browser can find them. A reload
 * signs in again, which takes a moment while the identity provider's own session lasts.
 */
import { call, callAs, Problem } from './api.js';
import { authorizeUrl, discover, newAttempt, redeem, renew } from './oidc.js';
import { partsOf } from './dom.js';
import { confirmed } from './question.js';

const PENDING = 'sea-sign-in';
const CHANNEL = 'sea-sign-in';
const SIGNED_OUT = 'sea-signed-out';
/** A token this close to its end could expire before the gateway checks it. */
const MARGIN_MS = 30_000;

/**
 * @param {HTMLElement} gate shown to those who are not signed in
 * @param {HTMLElement} signOut
 * @returns {Promise<boolean>} false: not signed in; the gate is shown, or the browser is leaving the page
 */
export async function signIn(gate, signOut) {
  const answer = takeAnswer();
  if (answer?.get('state')?.startsWith('renewal.')) {
    // A page whose session had expired opened this window. That page holds the verifier.
    new BroadcastChannel(CHANNEL).postMessage(answer.toString());
    window.close();
    return false;
  }
  const parts = partsOf(gate);
  let settings, provider;
  try {
    settings = await settingsOrNone();
    if (settings === null) return true;
    provider = await discover(settings);
    if (sessionStorage.getItem(SIGNED_OUT)) throw new Error('You have signed out.');
    const pending = takePending();
    if (answer && pending) {
      startSession(settings, provider, await redeem(settings, provider, pending, answer), signOut);
      return true;
    }
    if (!answer) await goToProvider(settings, provider);
    else throw new Error('The sign-in was not started here.');
  } catch (problem) {
    sessionStorage.removeItem(SIGNED_OUT);
    gate.hidden = false;
    parts.text.textContent = problem.message;
    parts.go.onclick = () => (provider ? goToProvider(settings, provider) : location.assign('/'));
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

function startSession(settings, provider, tokens, signOut) {
  let current = tokens;
  /** @type {Promise<void> | null} one renewal, which all waiting calls share */
  let renewing = null;

  function renewOnce() {
    renewing ??= renewed().then(fresh => void (current = fresh)).finally(() => (renewing = null));
    return renewing;
  }

  async function renewed() {
    try {
      if (current.refresh) return await renew(settings, provider, current.refresh);
    } catch {
      // The refresh token has expired: the user has to sign in again.
    }
    try {
      return await signInInNewWindow(settings, provider);
    } catch (failure) {
      throw new Problem({ status: 401, detail: `You are no longer signed in. ${failure.message}` });
    }
  }

  callAs({
    bearer: async () => {
      if (Date.now() > current.expires - MARGIN_MS) await renewOnce();
      return current.bearer;
    },
    renew: renewOnce,
  });
  signOut.hidden = false;
  signOut.onclick = () => endSession(settings, provider);
}

/** Leaving the page discards its tokens. The provider's session ends only if the provider has an endpoint for that. */
function endSession({ clientId }, { end_session_endpoint: end }) {
  sessionStorage.setItem(SIGNED_OUT, 'yes');
  const url = new URL(end ?? '/', location.origin);
  if (end) {
    url.searchParams.set('client_id', clientId);
    url.searchParams.set('post_logout_redirect_uri', `${location.origin}/`);
  }
  location.assign(url);
}

/** Signs in again in a new window, so that what the user has entered here stays. */
async function signInInNewWindow(settings, provider) {
  const attempt = newAttempt('renewal');
  const url = await authorizeUrl(settings, provider, attempt);
  const back = await confirmed({
    title: 'Your sign-in has expired',
    text: 'Sign in again in a new window. What you entered here stays as it is.',
    yes: 'Sign in again', no: 'Not now',
  });
  if (!back) throw new Error('Sign in again to continue.');
  const answer = answerFromNewWindow(attempt.state);
  window.open(url, '_blank', 'popup,width=520,height=720');
  return redeem(settings, provider, attempt, await answer);
}

function answerFromNewWindow(state) {
  return new Promise(resolve => {
    const channel = new BroadcastChannel(CHANNEL);
    channel.onmessage = ({ data }) => {
      const answer = new URLSearchParams(data);
      if (answer.get('state') !== state) return;
      channel.close();
      resolve(answer);
    };
  });
}
