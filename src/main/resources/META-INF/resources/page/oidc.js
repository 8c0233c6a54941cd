/**
 * OpenID Connect for a page that has no secret: the authorization code flow with PKCE. Every maintained library for it
 * needs a Node toolchain.
 *
 * See RFC 7636 (PKCE), RFC 9207 (issuer in the answer) and OpenID Connect Core 1.0, 3.1.
 */

/** @typedef {{issuer: string, clientId: string, scopes: string[], token: string}} SignIn as GET /v1/sign-in answers
 *  @typedef {{authorization_endpoint: string, token_endpoint: string, end_session_endpoint?: string,
 *             authorization_response_iss_parameter_supported?: boolean}} Provider
 *  @typedef {{state: string, nonce: string, verifier: string}} Attempt
 *  @typedef {{bearer: string, refresh?: string, expires: number}} Tokens */

/** @param {SignIn} signIn @returns {Promise<Provider>} */
export async function discover({ issuer }) {
  const answer = await fetch(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
  if (!answer.ok) throw new Error('The identity provider’s configuration could not be loaded.');
  const provider = await answer.json();
  // Another issuer's configuration would send the code or the token to somebody else.
  if (provider.issuer !== issuer) throw new Error('The identity provider’s configuration is for another issuer.');
  return provider;
}

/** @param {string} purpose start of the state @returns {Attempt} */
export function newAttempt(purpose) {
  return { state: `${purpose}.${random()}`, nonce: random(), verifier: random() };
}

/** @param {SignIn} signIn @param {Provider} provider @param {Attempt} attempt */
export async function authorizeUrl(signIn, provider, { state, nonce, verifier }) {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier));
  const url = new URL(provider.authorization_endpoint);
  for (const [name, value] of Object.entries({
    response_type: 'code', client_id: signIn.clientId, redirect_uri: redirectUri(), scope: signIn.scopes.join(' '),
    state, nonce, code_challenge: base64Url(new Uint8Array(digest)), code_challenge_method: 'S256',
  })) url.searchParams.set(name, value);
  return url.href;
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
  checkIdToken(granted.id_token, signIn, attempt.nonce);
  return tokensFrom(signIn, granted, undefined);
}

/** @param {SignIn} signIn @param {Provider} provider @param {string} refresh @returns {Promise<Tokens>} */
export async function renew(signIn, provider, refresh) {
  const granted = await grant(signIn, provider, { grant_type: 'refresh_token', refresh_token: refresh });
  return tokensFrom(signIn, granted, refresh);
}

async function grant({ clientId }, provider, parameters) {
  const answer = await fetch(provider.token_endpoint, {
    method: 'POST', body: new URLSearchParams({ ...parameters, client_id: clientId }), credentials: 'omit',
  });
  if (!answer.ok) throw new Error('The identity provider did not issue a token.');
  return answer.json();
}

/**
 * Does not check the signature: the token came directly from the token endpoint over TLS, which OpenID Connect Core,
 * 3.1.3.7, accepts instead, and the gateway checks it with every call. Only the page can check the nonce.
 */
function checkIdToken(token, { issuer, clientId }, nonce) {
  const claims = claimsOf(token);
  const audiences = [claims.aud].flat();
  if (claims.iss !== issuer || !audiences.includes(clientId) || claims.nonce !== nonce
      || !(claims.exp * 1000 > Date.now())) {
    throw new Error('The identity provider gave a token that is not for this sign-in.');
  }
}

function tokensFrom(signIn, granted, refresh) {
  const bearer = signIn.token === 'access' ? granted.access_token : granted.id_token;
  if (!bearer) throw new Error('The identity provider did not issue the token that the service needs.');
  return {
    bearer,
    refresh: granted.refresh_token ?? refresh,
    expires: Date.now() + (granted.expires_in ?? 300) * 1000,
  };
}

function claimsOf(token) {
  const payload = token.split('.')[1].replace(/-/g, '+').replace(/_/g, '/');
  return JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(payload), char => char.charCodeAt(0))));
}

function redirectUri() {
  return `${location.origin}/`;
}

/** 256 random bits. */
function random() {
  return base64Url(crypto.getRandomValues(new Uint8Array(32)));
}

function base64Url(bytes) {
  return btoa(String.fromCharCode(...bytes)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}
