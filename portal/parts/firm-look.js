// The firm's look: its logo, which may be dropped here, and its color, with a preview of what customers see.
/** @import {Firm, Me} from '../types/model' */
import { call, patch, remove } from '../core/api.js';
import { html, LitElement, nothing } from '../vendor/lit.js';
import { problem } from './fields.js';
import { fileDrop } from './file-drop.js';
import { showMessage } from './messages.js';

const MOST_BYTES = 200_000;
const MOST_PIXELS = 2000;
const OWN_COLOR = '#0b5fae'; // as invoices have it without a color
const WIDTHS = [1200, 800, 500, 300]; // to make a large picture smaller

/** Black or white, whichever is read better on a color: by its luminance (WCAG 2.2). @param {string} color */
function inkOn(color) {
  const [red, green, blue] = [1, 3, 5]
    .map((at) => parseInt(color.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  return 1.05 / (luminance + 0.05) >= (luminance + 0.05) / 0.05 ? '#fff' : '#000';
}

/** A file as a data address, which the page may show. @param {Blob} blob @returns {Promise<string>} */
const dataUrl = (blob) =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(/** @type {string} */ (reader.result));
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });

/**
 * The picture in a file as a PNG or a JPEG that is small enough.
 *
 * @param {File} file
 * @returns {Promise<{blob: Blob, smaller: boolean}>}
 * @throws an error in words if the browser cannot show it
 */
async function fitting(file) {
  const picture = new Image();
  picture.src = await dataUrl(file);
  try {
    await picture.decode();
  } catch {
    throw new Error('This file is not a picture. Choose a PNG or a JPEG.');
  }
  const { naturalWidth: width, naturalHeight: height } = picture;
  const fits = file.size <= MOST_BYTES && Math.max(width, height) <= MOST_PIXELS;
  if (fits && ['image/png', 'image/jpeg'].includes(file.type)) {
    return { blob: file, smaller: false };
  }
  for (const most of WIDTHS) {
    const scale = Math.min(1, most / Math.max(width, height, 1));
    const canvas = document.createElement('canvas');
    canvas.width = Math.max(1, Math.round(width * scale));
    canvas.height = Math.max(1, Math.round(height * scale));
    canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise((resolve) => {
      canvas.toBlob(resolve, 'image/png');
    });
    if (blob && blob.size <= MOST_BYTES) {
      return { blob, smaller: true };
    }
  }
  throw new Error('This picture is too large: a logo may have at most 200 kB. Save it smaller, and choose it again.');
}

class FirmLook extends LitElement {
  static properties = {
    firm: { attribute: false },
    me: { attribute: false },
    failed: { state: true },
    busy: { state: true },
    logo: { state: true },
    color: { state: true },
  };

  constructor() {
    super();
    /** @type {Firm} */
    this.firm;
    /** @type {Me} */
    this.me;
    /** @type {any} */
    this.failed = null;
    this.busy = false;
    /** The logo as a data address; null where there is none. @type {string | null} */
    this.logo = null;
    /** The color as it is chosen, before it is saved. @type {string | null | undefined} */
    this.color = undefined;
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#read();
  }

  async #read() {
    if (this.firm?.branding.logo) {
      try {
        const response = await call('GET', '/firm/logo', { file: true });
        this.logo = await dataUrl(await response.blob());
      } catch (failed) {
        this.failed = failed;
      }
    }
  }

  updated() {
    const letter = /** @type {HTMLElement} */ (this.querySelector('.letter'));
    letter.style.setProperty('--brand', this.#color);
    letter.style.setProperty('--on-brand', inkOn(this.#color));
  }

  get #color() {
    return (this.color === undefined ? this.firm.branding.color : this.color) ?? OWN_COLOR;
  }

  /** Does something, and tells the page that the firm has changed. @param {() => Promise<string>} what */
  async #do(what) {
    this.failed = null;
    this.busy = true;
    try {
      showMessage(await what());
      this.dispatchEvent(new Event('look-changed', { bubbles: true }));
    } catch (failed) {
      this.failed = failed;
    } finally {
      this.busy = false;
    }
  }

  /** @param {File | undefined} file */
  #choose(file) {
    if (file && !this.busy) {
      this.#do(async () => {
        const { blob, smaller } = await fitting(file);
        await call('PUT', '/firm/logo', { body: blob });
        this.logo = await dataUrl(blob);
        return smaller ? 'Saved. The picture was made smaller to fit.' : 'Saved';
      });
    }
  }

  #removeLogo() {
    this.#do(async () => {
      await remove('/firm/logo');
      this.logo = null;
      return 'The logo is removed';
    });
  }

  #saveColor(color) {
    this.#do(async () => {
      await patch('/firm', { branding: { color } });
      this.color = color;
      return 'Saved';
    });
  }

  #letter() {
    const { name, address } = this.firm;
    return html`<figure class="letter" aria-label="What customers see">
      <div class="row apart">
        ${this.logo ? html`<img src=${this.logo} alt=${name} />` : html`<strong>${name}</strong>`}
        <span class="word">Invoice</span>
      </div>
      <p class="muted lines">${address}</p>
      <p class="row apart"><strong>Amount due</strong><span class="pay" aria-hidden="true">Pay</span></p>
    </figure>`;
  }

  render() {
    const owner = this.me.role === 'owner';
    return html`<div class="stack">
      ${problem(this.failed)}
      ${
        owner
          ? html`${fileDrop(
                {
                  words: this.logo ? 'Another logo' : 'Your logo',
                  hint: 'Drop a picture here, or choose one. PNG or JPEG, best with a transparent or white background.',
                  accept: 'image/*',
                  disabled: this.busy,
                },
                (file) => this.#choose(file),
              )}
              ${
                this.logo
                  ? html`<div>
                      <button class="plain danger" ?disabled=${this.busy} @click=${() => this.#removeLogo()}>
                        Remove the logo
                      </button>
                    </div>`
                  : nothing
              }
              <div class="row">
                <label class="field"
                  ><span>Color</span
                  ><input
                    type="color"
                    .value=${this.#color}
                    @input=${(event) => {
                      this.color = event.target.value;
                    }}
                    @change=${(event) => this.#saveColor(event.target.value)}
                /></label>
                <small>Of the heading and the button to pay.</small>
                ${
                  this.firm.branding.color || this.color
                    ? html`<button class="plain" ?disabled=${this.busy} @click=${() => this.#saveColor(null)}>
                        Use Clockbill’s own color
                      </button>`
                    : nothing
                }
              </div>`
          : html`<p class="muted">Only an owner of the firm can change this.</p>`
      }
      <h2>What customers see</h2>
      ${this.#letter()}
    </div>`;
  }
}
customElements.define('firm-look', FirmLook);
