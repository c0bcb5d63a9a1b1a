// The icons of buttons.
import { html, svg } from '../vendor/lit.js';

const paths = {
  track: svg`<circle cx="12" cy="13" r="8"/><path d="M12 9v4l2.5 2.5M9 2h6"/>`,
  lock: svg`<rect x="4" y="11" width="16" height="10" rx="2"/><path d="M8 11V7a4 4 0 0 1 8 0v4"/>`,
  unlock: svg`<rect x="4" y="11" width="16" height="10" rx="2"/><path d="M8 11V7a4 4 0 0 1 7.5-2"/>`,
  grip: [6, 12, 18].map((y) => svg`<circle cx="9" cy=${y} r="1"/><circle cx="15" cy=${y} r="1"/>`),
  window: svg`<rect x="3" y="5" width="18" height="14" rx="2"/><rect x="12" y="11" width="7" height="5"/>`,
  up: svg`<path d="M12 19V5M6 11l6-6 6 6"/>`,
  down: svg`<path d="M12 5v14M6 13l6 6 6-6"/>`,
  remove: svg`<path d="M6 6l12 12M18 6 6 18"/>`,
  open: svg`<path d="M6 15l6-6 6 6"/>`,
  close: svg`<path d="M6 9l6 6 6-6"/>`,
  back: svg`<path d="M15 6l-6 6 6 6"/>`,
  forth: svg`<path d="M9 6l6 6-6 6"/>`,
  calendar: svg`<rect x="4" y="5" width="16" height="16" rx="2"/><path d="M4 10h16M8 3v4M16 3v4"/>`,
  add: svg`<path d="M12 5v14M5 12h14"/>`,
};

/** An icon, hidden from screen readers: the text beside it says the same. @param {keyof typeof paths} name */
export const icon = (name) => html`<svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">${paths[name]}</svg>`;
