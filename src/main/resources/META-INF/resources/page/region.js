/**
 * The Region field: a list that is searched by code or location, and the Region's name below it. It knows where the bucket is:
 * it fills itself in if it is empty, and says so if another Region was typed.
 */
import { element } from './dom.js';

/** @param {HTMLInputElement} input @param {HTMLDataListElement} list @param {HTMLElement} hint */
export function RegionField(input, list, hint) {
  const advice = hint.textContent;
  /** @type {Record<string, string>} AWS's name by code */
  let names = {};
  /** @type {string | null} where S3 says that the bucket is */
  let ofBucket = null;
  /** What the field filled in by itself, and nobody changed. */
  let offered = '';

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
    write(found[0]);
  }

  /** @param {string | null} region */
  function found(region) {
    ofBucket = region;
    // That was another bucket's.
    if (offered !== '' && input.value === offered) write('');
    offered = '';
    offer();
    tell();
  }

  /** Changes nothing under the hands of somebody who types. */
  function offer() {
    if (ofBucket === null || input.value.trim() !== '' || document.activeElement === input) return;
    write(ofBucket);
    offered = ofBucket;
  }

  /** As if typed: updates the guide and clears an error on the field. @param {string} region */
  function write(region) {
    input.value = region;
    input.dispatchEvent(new Event('input', { bubbles: true }));
  }

  function tell() {
    const typed = input.value.trim();
    const name = names[typed] ? `${names[typed]}. ` : '';
    const elsewhere = ofBucket !== null && typed !== ofBucket && (typed === '' || name !== '');
    const text = elsewhere
      ? `${name}S3 says that this bucket is in ${ofBucket}${names[ofBucket] ? `, ${names[ofBucket]}` : ''}.`
      : name.trim() || advice;
    // The same text is not written again: a screen reader would read it out at each keystroke.
    if (hint.textContent !== text) hint.textContent = text;
  }

  input.addEventListener('change', resolve);
  input.addEventListener('input', tell);
  input.addEventListener('blur', offer);
  return { configure, tell, found };
}
