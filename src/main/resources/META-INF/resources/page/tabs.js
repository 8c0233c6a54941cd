/** Tabs by the WAI-ARIA pattern: arrow keys move between them, Tab leaves them. */
import { element } from './dom.js';

let made = 0;

/**
 * @param {string} label
 * @param {string[]} names
 */
export function Tabs(label, names) {
  const id = `tabs-${++made}`;
  const panels = names.map((name, at) =>
    element('div', { role: 'tabpanel', id: `${id}-panel-${at}`, 'aria-labelledby': `${id}-tab-${at}`, hidden: at > 0 }));
  const tabs = names.map((name, at) => element('button', {
    type: 'button', role: 'tab', id: `${id}-tab-${at}`, 'aria-controls': `${id}-panel-${at}`,
    'aria-selected': String(at === 0), tabindex: at === 0 ? '0' : '-1',
  }, name));
  const root = element('div', { class: 'tabs' },
    element('div', { role: 'tablist', 'aria-label': label }, ...tabs), ...panels);

  function select(chosen) {
    tabs.forEach((tab, at) => {
      tab.setAttribute('aria-selected', String(at === chosen));
      tab.tabIndex = at === chosen ? 0 : -1;
      panels[at].hidden = at !== chosen;
    });
  }

  tabs.forEach((tab, at) => {
    tab.addEventListener('click', () => select(at));
    tab.addEventListener('keydown', event => {
      const last = tabs.length - 1;
      const to = { ArrowRight: at === last ? 0 : at + 1, ArrowLeft: at === 0 ? last : at - 1, Home: 0, End: last }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      select(to);
      tabs[to].focus();
    });
  });
  return { root, panels };
}
