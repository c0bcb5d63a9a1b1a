// The place for a file: it may be dropped there, or chosen.
import { html } from '../vendor/lit.js';

/**
 * @param {object} options
 * @param {string} options.words what the file is
 * @param {string} options.hint how it gets there
 * @param {string} options.accept the kinds of files, as of an input
 * @param {boolean} [options.disabled]
 * @param {(file: File | undefined) => void} choose takes the file
 */
export const fileDrop = ({ words, hint, accept, disabled = false }, choose) =>
  html`<label
    class="drop"
    @dragover=${(event) => {
      event.preventDefault();
      event.currentTarget.dataset.over = '';
    }}
    @dragleave=${(event) => {
      delete event.currentTarget.dataset.over;
    }}
    @drop=${(event) => {
      event.preventDefault();
      delete event.currentTarget.dataset.over;
      choose(event.dataTransfer.files[0]);
    }}
    ><span><b>${words}</b><br /><small id="drop-hint">${hint}</small></span
    ><input
      type="file"
      accept=${accept}
      aria-label=${words}
      aria-describedby="drop-hint"
      ?disabled=${disabled}
      @click=${({ target }) => {
        target.value = ''; // the same file may be chosen again
      }}
      @change=${({ target }) => choose(target.files[0])}
  /></label>`;
