// Where the tracker window is. Locked, it stays in place; unlocked, it is moved by mouse, touch and arrow keys, or
// from corner to corner by single clicks. The position is kept on this device.
import { announce } from '../parts/messages.js';

const KEY = 'clockbill.tracker';
const MARGIN = 16;
const CORNERS = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
];
const between = (value, most) => Math.min(Math.max(value, 0), Math.max(most, 0));

/** Moves one box of a component, and tells the component to render when `locked` or `moving` changes. */
export class Position {
  locked = true;
  moving = false;
  #place = { across: 1, down: 1 }; // fractions of the free space, so that it survives a resize
  #drag;
  #dragged = false;
  #host;
  #box;
  #shown; // the box whose size is watched
  #sizes = new ResizeObserver(() => this.apply());

  /**
   * @param {import('../vendor/lit.js').LitElement} host
   * @param {() => HTMLElement | null} box the element that is moved, once there is one
   */
  constructor(host, box) {
    this.#host = host;
    this.#box = box;
    const kept = JSON.parse(localStorage.getItem(KEY) ?? 'null');
    if (kept) {
      this.locked = kept.locked;
      this.#place = { across: kept.across, down: kept.down };
    }
    host.addController(this);
  }

  hostConnected() {
    addEventListener('resize', this.apply);
  }

  hostDisconnected() {
    removeEventListener('resize', this.apply);
    this.#sizes.disconnect();
    this.#shown = null;
  }

  hostUpdated() {
    const box = this.#box();
    if (box !== this.#shown) {
      this.#sizes.disconnect();
      this.#shown = box;
      if (box) {
        this.#sizes.observe(box);
      }
    }
    this.apply();
  }

  /** Puts the box where it belongs. */
  apply = () => {
    const box = this.#box();
    if (box) {
      const { width, height } = this.#free(box);
      box.style.setProperty('--across', `${MARGIN + Math.round(this.#place.across * Math.max(0, width))}px`);
      box.style.setProperty('--down', `${MARGIN + Math.round(this.#place.down * Math.max(0, height))}px`);
    }
  };

  toggleLock() {
    this.locked = !this.locked;
    this.#host.requestUpdate();
    this.#keep();
    announce(this.locked ? 'Locked in place' : 'Unlocked: drag it, or use the arrow keys on Move tracker');
  }

  /** Begins a drag, unless the pointer is on something that is not to be dragged. @param {PointerEvent} event */
  press(event) {
    if (this.locked || event.button !== 0 || /** @type {Element} */ (event.target).closest('[data-still]')) {
      return;
    }
    const { x, y } = this.#now();
    this.#drag = { fromX: event.clientX, fromY: event.clientY, x, y };
    // The whole window listens: a quick hand leaves the title before its first move arrives, and a captured pointer
    // would keep clicks from the button under it.
    addEventListener('pointermove', this.#move);
    addEventListener('pointerup', this.#release);
    addEventListener('pointercancel', this.#release);
  }

  /** Moves by the arrow keys, Home and End. @param {KeyboardEvent} event */
  key(event) {
    const { x, y, width, height } = this.#now();
    const step = event.shiftKey ? 64 : 16;
    const to = {
      ArrowLeft: [x - step, y],
      ArrowRight: [x + step, y],
      ArrowUp: [x, y - step],
      ArrowDown: [x, y + step],
      Home: [0, 0],
      End: [width, height],
    }[event.key];
    if (to) {
      event.preventDefault();
      this.#moveTo(to[0], to[1]);
      this.#keep();
    }
  }

  nextCorner() {
    if (this.#dragged) {
      return;
    }
    const at = CORNERS.findIndex(
      ([across, down]) => Math.round(this.#place.across) === across && Math.round(this.#place.down) === down,
    );
    const [across, down] = CORNERS[(at + 1) % CORNERS.length];
    this.#place = { across, down };
    this.apply();
    this.#keep();
  }

  /** Keeps the click that ends a drag from following a link. @param {Event} event */
  notAfterDrag(event) {
    if (this.#dragged) {
      event.preventDefault();
    }
  }

  #move = (event) => {
    const x = event.clientX - this.#drag.fromX;
    const y = event.clientY - this.#drag.fromY;
    if (this.moving || Math.hypot(x, y) >= 4) {
      this.moving = true;
      this.#host.requestUpdate();
      this.#moveTo(this.#drag.x + x, this.#drag.y + y);
    }
  };

  #release = () => {
    removeEventListener('pointermove', this.#move);
    removeEventListener('pointerup', this.#release);
    removeEventListener('pointercancel', this.#release);
    if (this.moving) {
      this.moving = false;
      this.#host.requestUpdate();
      this.#dragged = true; // until the click that ends the drag is over
      setTimeout(() => {
        this.#dragged = false;
      });
      this.#keep();
    }
  };

  #free(box) {
    return { width: innerWidth - box.offsetWidth - 2 * MARGIN, height: innerHeight - box.offsetHeight - 2 * MARGIN };
  }

  /** The position in pixels, and how many are free in each direction. */
  #now() {
    const { width, height } = this.#free(this.#box());
    return { x: this.#place.across * width, y: this.#place.down * height, width, height };
  }

  #moveTo(x, y) {
    const { width, height } = this.#free(this.#box());
    this.#place = {
      across: width > 0 ? between(x, width) / width : 0,
      down: height > 0 ? between(y, height) / height : 0,
    };
    this.apply();
  }

  #keep() {
    localStorage.setItem(KEY, JSON.stringify({ ...this.#place, locked: this.locked }));
  }
}
