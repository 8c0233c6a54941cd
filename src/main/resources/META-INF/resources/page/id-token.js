/**
 * What an ID token must say before the page believes it. The signature is not checked: the token came directly from the
 * token endpoint over TLS, which OpenID Connect Core 1.0, 3.1.3.7, accepts instead, and the gateway checks it with every
 * call.
 */

/** An answer of the identity provider that does not sign this user in. Another try needs a new sign-in. */
export class Refused extends Error {}

/**
 * The claims of a JWT.
 * @param {string} token
 * @returns {Record<string, any>}
 * @throws {Refused} when the token cannot be read
 */
export function claimsOf(token) {
  try {
    const payload = token.split('.')[1].replace(/-/g, '+').replace(/_/g, '/');
    return JSON.parse(new TextDecoder().decode(Uint8Array.from(atob(payload), char => char.charCodeAt(0))));
  } catch {
    throw new Refused('The identity provider gave a token that this page cannot read.');
  }
}

/**
 * Checks the token of a new sign-in (OpenID Connect Core 1.0, 3.1.3.7). Only the page can check the nonce.
 * @param {Record<string, any>} claims
 * @param {{issuer: string, clientId: string}} signIn
 * @param {string} nonce sent with this sign-in
 */
export function checkNew(claims, signIn, nonce) {
  if (!isFor(claims, signIn) || claims.nonce !== nonce) {
    throw new Refused('The identity provider gave a token that is not for this sign-in.');
  }
}

/**
 * Checks a token that a refresh token has renewed (OpenID Connect Core 1.0, 12.2).
 * @param {Record<string, any>} claims
 * @param {{issuer: string, clientId: string}} signIn
 * @param {Record<string, any>} first the claims of the token of the sign-in
 */
export function checkRenewed(claims, signIn, first) {
  const same = claims.sub === first.sub && claims.azp === first.azp
    && String(audiences(claims).sort()) === String(audiences(first).sort())
    && (claims.nonce === undefined || claims.nonce === first.nonce);
  if (!isFor(claims, signIn) || !same) {
    throw new Refused('The identity provider renewed the sign-in with a token for another one.');
  }
}

function isFor(claims, { issuer, clientId }) {
  const named = audiences(claims);
  const party = claims.azp === undefined ? named.length === 1 : claims.azp === clientId;
  return claims.iss === issuer && named.includes(clientId) && party && claims.exp * 1000 > Date.now();
}

function audiences({ aud }) {
  return [aud].flat();
}
