// The portal's own elements by their tags, for `querySelector`.
import type { FormDialog } from '../parts/form-dialog';

declare global {
  interface HTMLElementTagNameMap {
    'entry-dialog': FormDialog;
  }
}
