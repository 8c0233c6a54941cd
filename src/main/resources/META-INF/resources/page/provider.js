/** The calls to the identity provider. Each has a time limit. */
import { Refused } from './id-token.js';

/** For each call to the provider. */
const PATIENCE_MS = 10_000;
/** For revoking a token: the user who signs out waits for it. */
const REVOKING_MS = 3_000;

/** @typedef {{issuer: string, clientId: string, scopes: string[], token: string, tenantClaim: string,
 *             cognitoLogout: string | null}} SignIn as GET /v1/sign-in answers
 *  @typedef {{authorization_endpoint: string, token_endpoint: string, end_session_endpoint?: string,
 *             revocation_endpoint?: string, authorization_response_iss_parameter_supported?: boolean}} Provider */

/** @param {SignIn} signIn @returns {Promise<Provider>} */
export async function discover({ issuer }) {
  const { ok, body } = await ask(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
  if (!ok || !body) throw new Error('The identity provider’s configuration could not be loaded.');
  // Another issuer's configuration would send the code or the token to somebody else.
  if (body.issuer !== issuer) throw new Error('The identity provider’s configuration is for another issuer.');
  return body;
}

/**
 * Asks for tokens.
 * @param {SignIn} signIn
 * @param {Provider} provider
 * @param {Record<string, string>} parameters of the grant
 * @returns {Promise<any>} the answer, as RFC 6749, 5.1, has it
 * @throws {Refused} when the grant is not valid, or not any more
 */
export async function grant({ clientId }, provider, parameters) {
  const { ok, status, body } = await ask(provider.token_endpoint, {
    method: 'POST', body: new URLSearchParams({ ...parameters, client_id: clientId }),
  });
  if (ok && body) return body;
  if (ok || status === 429 || status >= 500) throw new Error('The identity provider could not issue a token. Try again.');
  throw new Refused('The identity provider did not issue a token.');
}

/**
 * Ends a refresh token (RFC 7009). Never fails, since the user must be able to sign out all the same. Does not read the
 * answer: not every provider lets another origin read it.
 * @param {SignIn} signIn
 * @param {Provider} provider
 * @param {string | undefined} refresh
 */
export async function revoke({ clientId, cognitoLogout }, provider, refresh) {
  const endpoint = provider.revocation_endpoint ?? (cognitoLogout && new URL('/oauth2/revoke', cognitoLogout).href);
  if (!refresh || !endpoint) return;
  try {
    await fetch(endpoint, {
      method: 'POST', mode: 'no-cors', credentials: 'omit', signal: AbortSignal.timeout(REVOKING_MS),
      body: new URLSearchParams({ token: refresh, client_id: clientId }),
    });
  } catch {
    // The token ends by itself later.
  }
}

/** The body is null unless it is JSON. */
async function ask(url, request = {}) {
  let answer, text;
  try {
    answer = await fetch(url, { ...request, credentials: 'omit', signal: AbortSignal.timeout(PATIENCE_MS) });
    text = await answer.text();
  } catch (failure) {
    throw new Error(failure.name === 'TimeoutError'
      ? 'The identity provider did not answer in time. Try again.'
      : 'The identity provider cannot be reached. Check your network and try again.');
  }
  try {
    return { ok: answer.ok, status: answer.status, body: JSON.parse(text) };
  } catch {
    return { ok: answer.ok, status: answer.status, body: null };
  }
}
