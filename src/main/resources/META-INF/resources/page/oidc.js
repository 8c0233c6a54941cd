/**
 * OpenID Connect for a page that has no secret: the authorization code flow with PKCE. Every maintained library for it
 * needs a Node toolchain.
 *
 * See RFC 7636 (PKCE), RFC 9207 (issuer in the answer), OpenID Connect Core 1.0, 3.1 and 12, and OpenID Connect
 * RP-Initiated Logout 1.0.
 */
import { checkNew, checkRenewed, claimsOf, Refused } from './id-token.js';
import { base } from './base.js';
import { grant, revoke } from './provider.js';

/** @typedef {import('./provider.js').SignIn} SignIn
 *  @typedef {import('./provider.js').Provider} Provider
 *  @typedef {{state: string, nonce: string, verifier: string}} Attempt
 *  @typedef {{key: string, name: string, tenant: string}} User key: differs for each user and tenant
 *  @typedef {{bearer: string, user: User, idToken: string, first: Record<string, any>, refresh?: string,
 *             expires: number}} Tokens first: the claims of the sign-in's ID token, which renewed ones must repeat */

/** @param {string} purpose start of the state @returns {Attempt} */
export function newAttempt(purpose) {
  return { state: `${purpose}.${random()}`, nonce: random(), verifier: random() };
}

/** @param {SignIn} signIn @param {Provider} provider @param {Attempt} attempt */
export async function authorizeUrl(signIn, provider, { state, nonce, verifier }) {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
  return withParameters(provider.authorization_endpoint, {
    response_type: 'code', client_id: signIn.clientId, redirect_uri: redirectUri(), scope: signIn.scopes.join(' '),
    state, nonce, code_challenge: base64Url(new Uint8Array(digest)), code_challenge_method: 'S256',
  });
}

/**
 * @param {SignIn} signIn
 * @param {Provider} provider
 * @param {Attempt} attempt
 * @param {URLSearchParams} answer what the provider sent back
 * @returns {Promise<Tokens>}
 */
export async function redeem(signIn, provider, attempt, answer) {
  if (answer.get('state') !== attempt.state) throw new Error('The answer belongs to another sign-in.');
  const issuer = answer.get('iss');
  const named = issuer !== null || provider.authorization_response_iss_parameter_supported === true;
  if (named && issuer !== signIn.issuer) throw new Error('The answer comes from another issuer.');
  if (!answer.has('code')) throw new Error(answer.get('error_description') || 'The identity provider refused the sign-in.');
  const granted = await grant(signIn, provider, {
    grant_type: 'authorization_code', code: answer.get('code'), redirect_uri: redirectUri(), code_verifier: attempt.verifier,
  });
  if (!granted.id_token) throw new Refused('The identity provider did not issue an ID token.');
  const first = claimsOf(granted.id_token);
  checkNew(first, signIn, attempt.nonce);
  return tokensFrom(signIn, granted, { first });
}

/**
 * @param {SignIn} signIn
 * @param {Provider} provider
 * @param {Tokens} tokens
 * @returns {Promise<Tokens>}
 * @throws {Refused} when the user has to sign in again
 */
export async function renew(signIn, provider, tokens) {
  const granted = await grant(signIn, provider, { grant_type: 'refresh_token', refresh_token: tokens.refresh });
  try {
    if (granted.id_token) checkRenewed(claimsOf(granted.id_token), signIn, tokens.first);
    return tokensFrom(signIn, granted, tokens);
  } catch (refusal) {
    revoke(signIn, provider, granted.refresh_token);
    throw refusal;
  }
}

/**
 * Where the browser goes to end the provider's own session. Cognito's endpoint knows other parameters than the standard's.
 * An ID token that the service accepts stays out of the address, which the browser's history and the provider's log keep.
 * @param {SignIn} signIn
 * @param {Provider} provider
 * @param {string} idToken
 */
export function signOutUrl({ clientId, token, cognitoLogout }, { end_session_endpoint: end }, idToken) {
  const back = redirectUri();
  if (cognitoLogout) return withParameters(cognitoLogout, { client_id: clientId, logout_uri: back });
  if (!end) return back;
  return withParameters(end, {
    client_id: clientId, post_logout_redirect_uri: back, ...(token === 'access' && { id_token_hint: idToken }),
  });
}

function tokensFrom(signIn, granted, before) {
  const bearer = signIn.token === 'access' ? granted.access_token : granted.id_token;
  if (!bearer) throw new Refused('The identity provider did not issue the token that the service needs.');
  const idToken = granted.id_token ?? before.idToken;
  return {
    bearer, idToken, first: before.first, user: userOf(claimsOf(bearer), claimsOf(idToken), signIn.tenantClaim),
    refresh: granted.refresh_token ?? before.refresh,
    expires: Date.now() + (granted.expires_in ?? 300) * 1000,
  };
}

/** The service reads user and tenant from the token that the page sends. The ID token has the name. */
function userOf(claims, { email, preferred_username: login, name }, tenantClaim) {
  const tenant = String(claims[tenantClaim] ?? '');
  return { key: JSON.stringify([claims.iss, claims.sub, tenant]), name: email ?? login ?? name ?? claims.sub, tenant };
}

function withParameters(base, parameters) {
  const url = new URL(base);
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.href;
}

/** Where the provider sends the browser back to after signing in, and after signing out. */
function redirectUri() {
  return `${location.origin}${base}/`;
}

/** 256 random bits. */
function random() {
  return base64Url(crypto.getRandomValues(new Uint8Array(32)));
}

function base64Url(bytes) {
  return btoa(String.fromCharCode(...bytes)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}
