// A page of forms of the firm's settings, one at a time: how such a form is saved, and what was wrong with it.
import { patch } from '../core/api.js';
import { explainConflict, focusFirstError } from './fields.js';
import { Page } from './page.js';
import { saved, whileSent } from './unsaved.js';

/** Its state has the `firm`. Subclasses show the forms. */
export class FirmPage extends Page {
  static properties = { ...Page.properties, refused: { state: true } };

  constructor() {
    super();
    /** Why the server refused the form. @type {any} */
    this.refused = null;
  }

  /** What is wrong, by the path of the field. */
  get errors() {
    return this.refused?.errors;
  }

  /**
   * Saves a form. Wrong fields are shown, and the first one gets the focus.
   *
   * @param {SubmitEvent} event
   * @param {(form: FormData) => object} body what it changes
   * @param {(firm: import('../types/model').Firm) => void} then what comes next
   */
  async saveFirm(event, body, then) {
    event.preventDefault();
    const form = /** @type {HTMLFormElement} */ (event.target);
    this.refused = null;
    try {
      await whileSent(form, async () => {
        const firm = await patch('/firm', body(new FormData(form)), this.state.firm.version);
        saved(form);
        this.knowFirm(firm);
        then(firm);
      });
    } catch (failed) {
      if (explainConflict(failed)) {
        this.state = { ...this.state, firm: { ...this.state.firm, version: undefined } };
      }
      this.refused = failed;
      await this.updateComplete;
      focusFirstError(form);
    }
  }
}
