/** The Region's field: a list that is searched by code or place, and what has been found in words below it. */
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
  }

  /** A place that is one Region's only becomes its code; what fits none or several stays for the service to refuse. */
  function resolve() {
    const typed = input.value.trim().toLowerCase();
    if (typed === '' || typed in names) return;
    const found = Object.keys(names).filter(region => `${region} ${names[region]}`.toLowerCase().includes(typed));
    if (found.length !== 1) return;
    input.value = found[0];
    // As if typed: the guide, and a mark of an error, follow it.
    input.dispatchEvent(new Event('input', { bubbles: true }));
  }

  function tell() {
    const name = names[input.value.trim()];
    const text = name ? `${name}.` : advice;
    // Not written again while one types, or a screen reader would read it out at each key.
    if (hint.textContent !== text) hint.textContent = text;
  }

  input.addEventListener('change', resolve);
  input.addEventListener('input', tell);
  return { configure, tell };
}
