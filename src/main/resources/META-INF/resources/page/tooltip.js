/** An info icon's tooltip: opens on hover and on focus, can itself be hovered, closes with Escape (WCAG 1.4.13). */

/** @param {HTMLElement} tip holds a button and an element of role tooltip */
export function Tooltip(tip) {
  const button = tip.querySelector('button');
  const text = /** @type {HTMLElement} */ (tip.querySelector('[role=tooltip]'));
  const show = () => (text.hidden = false);
  const hide = () => (text.hidden = true);

  tip.addEventListener('pointerenter', show);
  tip.addEventListener('pointerleave', () => document.activeElement !== button && hide());
  button.addEventListener('focus', show);
  button.addEventListener('blur', hide);
  button.addEventListener('click', show);
  tip.addEventListener('keydown', event => {
    if (event.key !== 'Escape' || text.hidden) return;
    // Escape must not close the dialog around it.
    event.preventDefault();
    event.stopPropagation();
    hide();
  });
}
