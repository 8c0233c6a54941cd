/** The Bucket field: once it is left, the service asks S3 where the bucket is, and the Region field learns the answer. */
import { call, Problem } from './api.js';

const NONE = 'S3 has no bucket with this name.';

/** @param {HTMLInputElement} input @param {HTMLElement} hint @param {(region: string | null) => void} found */
export function BucketField(input, hint, found) {
  const advice = hint.textContent;
  let asked = '';
  let asking = new AbortController();

  /** Nobody waits for the answer, and without one the user chooses the Region, as before. */
  async function ask() {
    const bucket = input.value.trim();
    if (bucket === asked) return;
    forget();
    if (bucket === '') return;
    asked = bucket;
    const { signal } = asking;
    try {
      const { body } = await call('POST', '/v1/buckets/lookup', { body: { bucket }, signal, unasked: true });
      if (signal.aborted) return;
      if (!body.exists) hint.textContent = NONE;
      found(body.region);
    } catch (problem) {
      if (!signal.aborted && !(problem instanceof Problem)) throw problem;
    }
  }

  /** What is known belongs to another name. */
  function forget() {
    asking.abort();
    asking = new AbortController();
    asked = '';
    hint.textContent = advice;
    found(null);
  }

  input.addEventListener('change', ask);
  input.addEventListener('input', () => asked !== '' && input.value.trim() !== asked && forget());
  return { forget };
}
