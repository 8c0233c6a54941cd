/** The one way to the service. Whatever goes wrong comes back as a Problem that can be shown. */

/** Beyond what the gateway itself waits for an answer. */
const PATIENCE_MS = 35_000;

/**
 * @typedef {{field: string, code: string, message: string}} FieldError field: JSON Pointer into the body
 * @typedef {{text: string, statement?: object}} Remedy
 * @typedef {{id: string, action: string, resource: string, outcome: string, required: boolean, code?: string,
 *            message: string, remedy?: Remedy, durationMs: number, awsRequestId?: string}} Check
 * @typedef {{status: string, scope: string, checks: Check[], retryAfterSeconds?: number, startedAt: string,
 *            durationMs: number}} Report
 * @typedef {{status: string, since?: string, checkedAt?: string, nextCheckAt?: string, summary?: string}} Health
 * @typedef {{id: string, type: string, name: string, description?: string, state: string, target: any,
 *            sessionMetadata: boolean, access: any, health: Health, version: number, createdAt: string,
 *            createdBy: string, updatedAt: string, updatedBy: string}} Integration
 */

/** An RFC 9457 problem, or what stands for one where no answer came. */
export class Problem extends Error {
  /** @param {{status: number, type?: string, detail?: string, title?: string, requestId?: string,
   *           errors?: FieldError[], validation?: Report, reading?: boolean}} problem reading: of a call that
   *     changes nothing */
  constructor(problem) {
    super(problem.detail || problem.title || ofTheGateway(problem.status));
    this.status = problem.status;
    this.reading = problem.reading === true;
    this.kind = (problem.type || '').replace('urn:sea:problem:', '');
    this.requestId = problem.requestId;
    this.errors = problem.errors || [];
    this.validation = problem.validation;
  }
}

/** @type {{bearer: () => Promise<string>, renew: () => Promise<void>} | null} */
let session = null;

/** @param {NonNullable<typeof session>} signedIn gives the token for each call, and a new one after a 401 */
export function callAs(signedIn) {
  session = signedIn;
}

/**
 * @param {string} method
 * @param {string} path
 * @param {{body?: object, headers?: Record<string, string>, signal?: AbortSignal}} [more]
 * @returns {Promise<{body: any, etag: string | null}>}
 * @throws {Problem} whatever went wrong, save that the caller's own signal aborted it
 */
export async function call(method, path, more = {}) {
  let response = await send(method, path, more);
  if (response.status === 401 && session) {
    await session.renew();
    response = await send(method, path, more);
  }
  const body = await read(response);
  if (!response.ok) throw new Problem({ ...body, status: response.status, reading: method === 'GET' });
  return { body, etag: response.headers.get('ETag') };
}

async function send(method, path, { body, headers = {}, signal }) {
  const sent = new Headers(headers);
  sent.set('Accept', 'application/json');
  if (body) sent.set('Content-Type', method === 'PATCH' ? 'application/merge-patch+json' : 'application/json');
  if (session) sent.set('Authorization', `Bearer ${await session.bearer()}`);
  const signals = [AbortSignal.timeout(PATIENCE_MS), ...(signal ? [signal] : [])];
  try {
    return await fetch(path, {
      method, headers: sent, body: body && JSON.stringify(body), signal: AbortSignal.any(signals), cache: 'no-store',
    });
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

/** The gateway's own answers say next to nothing. */
function ofTheGateway(status) {
  if (status === 401) return 'You are no longer signed in. Reload this page.';
  if (status === 429) return 'There are too many requests just now. Wait a moment and try again.';
  return `The service gave no useful answer (status ${status}). Try again in a moment.`;
}

/** Not every answer is ours: the gateway has short ones of its own. */
async function read(response) {
  const text = await response.text();
  try {
    return text === '' ? {} : JSON.parse(text);
  } catch {
    return { detail: `The service gave an answer that cannot be read (status ${response.status}). Try again.` };
  }
}

/**
 * A sentence about a problem, with what the operators need to find it.
 * @param {unknown} problem
 */
export function inWords(problem) {
  if (!(problem instanceof Problem)) return 'Something went wrong in this page. Reload it and try again.';
  if (problem.status === 403) {
    return problem.reading
      ? 'You may not see integrations here. Ask your administrator for a role that may.'
      : 'You may look at integrations here, but not change them.';
  }
  const quoted = problem.status >= 500 && problem.requestId ? ` Request ID: ${problem.requestId}.` : '';
  return problem.message + quoted;
}
