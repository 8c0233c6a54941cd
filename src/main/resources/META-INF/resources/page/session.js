/** The session of the user who has signed in: its token, renewed when it has to be, until the user signs out. */
import { Problem } from './api.js';
import { Refused } from './id-token.js';
import { authorizeUrl, newAttempt, redeem, renew } from './oidc.js';
import { revoke } from './provider.js';
import { answerFromNewWindow } from './sign-in-window.js';

/** A token this close to its end could expire before the gateway checks it. */
const MARGIN_MS = 30_000;

/**
 * @param {import('./provider.js').SignIn} settings
 * @param {import('./provider.js').Provider} provider
 * @param {import('./oidc.js').Tokens} tokens of the sign-in
 * @param {(now: import('./oidc.js').User, before: import('./oidc.js').User) => Promise<void>} changed runs when another
 *     user has signed in, or the same one for another tenant
 */
export function Session(settings, provider, tokens, changed) {
  let current = tokens;
  // All waiting calls share one renewal, and one question to the user.
  /** @type {Promise<boolean> | null} */
  let renewing = null;
  /** @type {Promise<void> | null} */
  let asking = null;

  /** @param {boolean} asks whether the user may be asked to sign in again */
  async function renewOnce(asks) {
    if (!asking) {
      renewing ??= renewedSilently().finally(() => (renewing = null));
      if (await renewing) return;
    }
    if (!asks) failed('You are no longer signed in.')(new Error('Sign in again to continue.'));
    asking ??= signedInAgain().catch(failed('You are no longer signed in.')).finally(() => (asking = null));
    await asking;
  }

  /** @returns {Promise<boolean>} false: the user has to sign in again */
  async function renewedSilently() {
    if (!current.refresh) return false;
    let fresh;
    try {
      fresh = await renew(settings, provider, current);
    } catch (failure) {
      if (failure instanceof Refused) return false;
      failed('Your sign-in could not be renewed.')(failure);
    }
    await replace(fresh);
    return true;
  }

  async function signedInAgain() {
    const attempt = newAttempt('renewal');
    const take = async answer => {
      const fresh = await redeem(settings, provider, attempt, answer);
      revoke(settings, provider, current.refresh);
      await replace(fresh);
    };
    const url = await authorizeUrl(settings, provider, attempt);
    // Who comes too late is signed in all the same. If that fails, the next call asks again.
    await take(await answerFromNewWindow(url, attempt.state, late => take(late).catch(() => {})));
  }

  async function replace(fresh) {
    const before = current.user;
    current = fresh;
    if (fresh.user.key !== before.key) await changed(fresh.user, before);
  }

  async function bearer(user, asks, refused) {
    expect(user, 'This was not sent.');
    // A call may learn that its token was refused long after another call has renewed it.
    if (current.bearer === refused || Date.now() > current.expires - MARGIN_MS) await renewOnce(asks);
    expect(user, 'This was not sent.');
    return current.bearer;
  }

  function expect(user, otherwise = 'This was begun by another user, and may have been done.') {
    if (current.user.key === user) return;
    throw new Problem({ status: 0, detail: `${otherwise} You are now signed in as ${nameOf(current.user)}.` });
  }

  return { user: () => current.user.key, bearer, expect, tokens: () => current };
}

/** @param {string} what @returns {(failure: Error) => never} */
function failed(what) {
  return ({ message }) => {
    throw new Problem({ status: 401, detail: `${what} ${message}` });
  };
}

/** @param {import('./oidc.js').User} user */
export function nameOf({ name, tenant }) {
  return `${name}, tenant ${tenant}`;
}
