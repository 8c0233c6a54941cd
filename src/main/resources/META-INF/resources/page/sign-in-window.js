/** Signs in again in a new window, so that what the user has entered in this one stays. */
import { confirmed } from './question.js';

const CHANNEL = 'sea-sign-in';
/** Names the sign-in whose answer has come. */
const TAKEN = 'taken';
const LOOK_MS = 500;
/** Nobody waits longer for a window that is open and forgotten. */
const PATIENCE_MS = 10 * 60_000;

const EXPIRED = {
  title: 'Your sign-in has expired',
  text: 'Sign in again in a new window. What you entered here stays as it is.',
  yes: 'Sign in again', no: 'Not now',
};
const BLOCKED = {
  title: 'Your browser blocked the sign-in window',
  text: 'Allow this page to open windows, or try again. What you entered here stays as it is.',
  yes: 'Open the sign-in window', no: 'Not now',
};

/** The last window's. Its answer is welcome even after nobody waits for it any more. */
let listening = /** @type {BroadcastChannel | null} */ (null);

/**
 * Passes the provider's answer on to the page that waits for it and holds the verifier. Runs in the new window, which closes
 * once that page has the answer: it takes a window that is closed for one that gave none.
 * @param {URLSearchParams} answer
 */
export function passOn(answer) {
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = ({ data }) => {
    if (new URLSearchParams(data).get(TAKEN) === answer.get('state')) window.close();
  };
  channel.postMessage(answer.toString());
}

/**
 * @param {string} url where the user signs in
 * @param {string} state of this sign-in
 * @param {(answer: URLSearchParams) => void} late gets an answer that comes after this has failed
 * @returns {Promise<URLSearchParams>} the provider's answer
 * @throws {Error} when the user does not sign in
 */
export async function answerFromNewWindow(url, state, late) {
  const channel = new BroadcastChannel(CHANNEL);
  const answer = answerOn(channel, state);
  const opened = await openedByClick(url).catch(refusal => {
    channel.close();
    throw refusal;
  });
  listening?.close();
  listening = channel;
  const loss = lossOf(opened);
  try {
    return await Promise.race([answer, loss.promise]);
  } catch (failure) {
    // A provider may cut its window off from this page, for which it then looks closed (Cross-Origin-Opener-Policy).
    answer.then(late);
    throw failure;
  } finally {
    loss.forget();
  }
}

/** @returns {Promise<URLSearchParams>} */
function answerOn(channel, state) {
  return new Promise(resolve => {
    channel.onmessage = ({ data }) => {
      const answer = new URLSearchParams(data);
      if (answer.get('state') !== state) return;
      channel.postMessage(new URLSearchParams({ [TAKEN]: state }).toString());
      channel.close();
      resolve(answer);
    };
  });
}

/** A browser opens a window only during a click, and perhaps not even then. */
async function openedByClick(url) {
  let popup = /** @type {Window | null} */ (null);
  let until = 0;
  const onYes = () => {
    popup = window.open(url, '_blank', 'popup,width=520,height=720');
    until = Date.now() + PATIENCE_MS;
  };
  for (let question = EXPIRED; popup === null; question = BLOCKED) {
    if (!await confirmed({ ...question, onYes })) throw new Error('Sign in again to continue.');
  }
  return { popup, until };
}

/** Fails when the window is closed, or open for too long. */
function lossOf({ popup, until }) {
  let looking = 0;
  const promise = new Promise((_, reject) => {
    looking = setInterval(() => {
      if (popup.closed) reject(new Error('The sign-in window was closed before you had signed in.'));
      else if (Date.now() > until) {
        popup.close();
        reject(new Error('You did not sign in within ten minutes.'));
      }
    }, LOOK_MS);
  });
  return { promise, forget: () => clearInterval(looking) };
}
