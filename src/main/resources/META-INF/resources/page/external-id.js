/** The buttons beside External ID: make a new one, or take one that was made before and not used. */
import { call, inWords } from './api.js';
import { busy, button, element, isBusy } from './dom.js';
import { exactly } from './times.js';

/** @param {Record<string, any>} parts of the form @param {HTMLInputElement} input */
export function ExternalIdField(parts, input) {
  const hint = parts['external-id-hint'];
  const list = parts['reserved-list'];
  const advice = hint.textContent;
  /** Which form is open, by number: an answer may come when it is another one. */
  let turn = 0;

  /** @param {{externalId: string, expiresAt: string}} reserved */
  function take({ externalId, expiresAt }) {
    hide();
    input.value = externalId;
    hint.textContent = `Reserved for your organization until ${exactly(expiresAt)}. It stays yours once an `
      + 'integration uses it. Put it into the role’s trust policy.';
    // As if typed: updates the guide and clears an error on the field.
    input.dispatchEvent(new Event('input', { bubbles: true }));
  }

  async function generate() {
    hide();
    const mine = turn;
    try {
      const { body } = await call('POST', '/v1/external-ids');
      if (mine === turn) take(body);
    } catch (problem) {
      if (mine !== turn) return;
      hint.textContent = `No external ID could be generated. ${inWords(problem)}`;
    }
  }

  async function showReserved() {
    hide();
    const mine = turn;
    try {
      const { items } = (await call('GET', '/v1/external-ids')).body;
      if (mine !== turn) return;
      hint.textContent = items.length === 0
        ? 'Every external ID that was generated is used or has expired. Generate a new one.'
        : 'These were generated for your organization and are not used yet. Choose one.';
      list.replaceChildren(...items.map(reserved => element('li', {},
        button(reserved.externalId, () => {
          take(reserved);
          input.focus();
        }, { class: 'quiet', 'aria-label': `Use ${reserved.externalId}` }),
        element('span', { class: 'hint' }, `until ${exactly(reserved.expiresAt)}`))));
      list.hidden = items.length === 0;
    } catch (problem) {
      if (mine !== turn) return;
      hint.textContent = `The reserved external IDs could not be listed. ${inWords(problem)}`;
    }
  }

  function hide() {
    list.replaceChildren();
    list.hidden = true;
  }

  /** @param {HTMLElement} pressed @param {string} working @param {() => Promise<void>} action */
  function on(pressed, working, action) {
    pressed.addEventListener('click', async () => {
      if (isBusy(pressed)) return;
      const done = busy(pressed, working);
      try {
        await action();
      } finally {
        done();
      }
    });
  }

  on(parts.generate, 'Generating…', generate);
  on(parts.reserved, 'Looking…', showReserved);
  function reset() {
    hide();
    hint.textContent = advice;
  }

  /** Another form is open now: what was asked for in the one before is not for it. */
  function startAnew() {
    turn++;
    reset();
  }

  return { reset, startAnew };
}
