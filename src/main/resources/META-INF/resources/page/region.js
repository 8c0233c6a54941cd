/** The Region field: a list that is searched by code or location, and the Region's name below it. */
import { element } from './dom.js';

/** @param {HTMLInputElement} input @param {HTMLDataListElement} list @param {HTMLElement} hint */
export function RegionField(input, list, hint) {
  const advice = hint.textContent;
  /** @type {Record<string, string>} AWS's name by code */
  let names = {};

  /** @param {string[]} regions @param {Record<string, string>} regionNames */
  function configure(regions, regionNames) {
    names = Object.fromEntries(regions.map(region => [region, regionNames[region] ?? region]));
    list.replaceChildren(...regions.map(region => element('option', { value: region }, names[region])));
    tell();
    // Whoever typed and went on before the list came.
    if (document.activeElement !== input) resolve();
  }

  /** Replaces text that matches one Region by its code. Other text stays, and the service rejects it. */
  function resolve() {
    // Who writes Japanese may type full-width letters.
    const typed = input.value.trim().normalize('NFKC').toLowerCase();
    if (typed === '') return;
    const found = typed in names
      ? [typed]
      : Object.keys(names).filter(region => `${region} ${names[region]}`.toLowerCase().includes(typed));
    if (found.length !== 1 || found[0] === input.value) return;
    input.value = found[0];
    // As if typed: updates the guide and clears an error on the field.
    input.dispatchEvent(new Event('input', { bubbles: true }));
  }

  function tell() {
    const name = names[input.value.trim()];
    const text = name ? `${name}.` : advice;
    // The same text is not written again: a screen reader would read it out at each keystroke.
    if (hint.textContent !== text) hint.textContent = text;
  }

  input.addEventListener('change', resolve);
  input.addEventListener('input', tell);
  return { configure, tell };
}
