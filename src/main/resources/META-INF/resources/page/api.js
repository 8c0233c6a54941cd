/** Calls the service. Every failure is thrown as a Problem, which the page can show. */

import { base } from './base.js';
import { setNow } from './times.js';

/** Longer than the gateway waits for the service. */
const PATIENCE_MS = 35_000;

/**
 * @typedef {{field: string, code: string, message: string}} FieldError field: JSON Pointer into the body
 * @typedef {{text: string, statement?: object}} Remedy
 * @typedef {{id: string, action: string, resource: string, outcome: string, required: boolean, code?: string,
 *            message: string, remedy?: Remedy, durationMs: number, awsRequestId?: string}} Check
 * @typedef {{code: string, message: string, remedy: {text: string, configuration?: object}, since: string}} Advice
 * @typedef {{status: string, scope: string, checks: Check[], advice?: Advice[], retryAfterSeconds?: number, startedAt: string,
 *            durationMs: number}} Report
 * @typedef {{status: string, since?: string, checkedAt?: string, provedAt?: string, nextCheckAt?: string, summary?: string}} Health
 * @typedef {{id: string, type: string, name: string, description?: string, state: string, target: any,
 *            targetRevision: number, sessionMetadata: boolean, access: any, health: Health, advice: Advice[], version: number,
 *            createdAt: string, createdBy: string, updatedAt: string, updatedBy: string}} Integration
 */

/** An RFC 9457 problem. The page makes one itself if no answer came. */
export class Problem extends Error {
  /** @param {{status: number, type?: string, detail?: string, title?: string, requestId?: string,
   *           errors?: FieldError[], validation?: Report, reading?: boolean}} problem reading: the call only
   *     reads */
  constructor(problem) {
    super(problem.detail || problem.title || ofTheGateway(problem.status, problem.reading === true));
    this.status = problem.status;
    this.reading = problem.reading === true;
    this.kind = (problem.type || '').replace('urn:sea:problem:', '');
    this.requestId = problem.requestId;
    this.errors = problem.errors || [];
    this.validation = problem.validation;
  }
}

/**
 * @typedef {object} Session
 * @property {() => string} user the key of the user who is signed in now
 * @property {(user: string, asks: boolean, refused?: string) => Promise<string>} bearer a token of this user, and not the
 *     refused one; asks: the user may be asked to sign in again
 * @property {(user: string) => void} expect throws if somebody else has signed in since
 */

/** @type {Session | null} */
let session = null;

/** @param {Session} signedIn supplies the token for each call */
export function callAs(signedIn) {
  session = signedIn;
}

/**
 * Calls in the name of the user who is signed in at the start. If another one signs in meanwhile, it sends nothing more, and
 * returns nothing that was meant for the first.
 * @param {string} method
 * @param {string} path
 * @param {{body?: object, headers?: Record<string, string>, signal?: AbortSignal, unasked?: boolean}} [more] unasked: the page
 *     calls by itself, and asks nobody to sign in again for it
 * @returns {Promise<{body: any, etag: string | null}>}
 * @throws {Problem} for every failure, except that the caller's own signal aborted the call
 */
export async function call(method, path, more = {}) {
  const user = session?.user();
  const asks = !more.unasked;
  let bearer = await session?.bearer(user, asks);
  let answer = await send(method, path, bearer, more);
  if (answer.status === 401 && session) {
    bearer = await session.bearer(user, asks, bearer);
    answer = await send(method, path, bearer, more);
  }
  session?.expect(user);
  const { status, headers, text } = answer;
  const body = read(text, status);
  if (status >= 300) throw new Problem({ ...body, status, reading: method === 'GET' });
  return { body, etag: headers.get('ETag') };
}

async function send(method, path, bearer, { body, headers = {}, signal }) {
  const sent = new Headers(headers);
  sent.set('Accept', 'application/json');
  if (body) sent.set('Content-Type', method === 'PATCH' ? 'application/merge-patch+json' : 'application/json');
  if (bearer) sent.set('Authorization', `Bearer ${bearer}`);
  const signals = [AbortSignal.timeout(PATIENCE_MS), ...(signal ? [signal] : [])];
  try {
    const response = await fetch(base + path, {
      method, headers: sent, body: body && JSON.stringify(body), signal: AbortSignal.any(signals), cache: 'no-store',
    });
    setNow(response.headers.get('Date'));
    return { status: response.status, headers: response.headers, text: await response.text() };
  } catch (failure) {
    if (signal?.aborted) throw failure;
    throw new Problem({
      status: 0,
      detail: failure.name === 'TimeoutError'
        ? 'The service did not answer in time. Try again.'
        : 'The service cannot be reached. Check your network and try again.',
    });
  }
}

/** The gateway's own errors have no message that helps a user. */
function ofTheGateway(status, reading) {
  const kept = reading ? '' : ' What you entered is still here.';
  if (status === 401) return `The service no longer accepts your sign-in.${kept} Sign in again in another tab, then try again.`;
  if (status === 429) return `There are too many requests.${kept} Wait a moment, then try again.`;
  if (status < 500) return `The request failed (status ${status}).${kept} Try again in a moment.`;
  return `The service is not available (status ${status}).${kept} Try again in a minute.`;
}

/** The gateway or a proxy may answer instead of the service, and not always in JSON. */
function read(text, status) {
  try {
    return text === '' ? {} : JSON.parse(text);
  } catch {
    if (status >= 300) return {};
    throw new Problem({ status: 0, detail: 'The answer is not from the service. Check your network and try again.' });
  }
}

/**
 * A sentence about a problem, with the request ID if the service's operators need it.
 * @param {unknown} problem
 */
export function inWords(problem) {
  if (!(problem instanceof Problem)) return 'Something went wrong on this page. Reload it and try again.';
  if (problem.status === 403) {
    return problem.reading
      ? 'You do not have permission to view integrations. Ask your administrator for access.'
      : 'You can view integrations, but you do not have permission to change them.';
  }
  const quoted = problem.status >= 500 && problem.requestId ? ` Request ID: ${problem.requestId}.` : '';
  return problem.message + quoted;
}
