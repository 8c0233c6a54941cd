/** The targets that an integration had before: recordings of that time are still in them. */
import { call, inWords } from './api.js';
import { element } from './dom.js';
import { exactly, timeElement } from './times.js';

/**
 * @param {HTMLElement} section hidden where there are none
 * @param {HTMLElement} list
 */
export function EarlierTargets(section, list) {
  let shown = '';

  /** @param {import('./api.js').Integration} integration */
  async function load({ id, targetRevision }) {
    shown = id;
    section.hidden = true;
    if (targetRevision === 1) return;
    let rows;
    try {
      const { body } = await call('GET', `/v1/integrations/${encodeURIComponent(id)}/targets`);
      rows = body.items.filter(({ until }) => until).map(row);
    } catch (problem) {
      rows = [element('li', {}, inWords(problem))];
    }
    if (shown !== id) return;
    list.replaceChildren(...rows);
    section.hidden = false;
  }

  return { load };
}

function row({ revision, target: { bucket, prefix, region }, until }) {
  return element('li', {},
    element('span', {}, `Revision ${revision}`),
    element('span', {}, element('code', {}, `${bucket}/${prefix}`),
      element('span', { class: 'hint' }, `${region}, until `, timeElement(until, exactly))));
}
