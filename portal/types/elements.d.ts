// The portal's own elements by their tags, for `querySelector`.
import type { FormDialog } from '../parts/form-dialog';
import type { TimeSpan } from '../parts/time-span';

declare global {
  interface HTMLElementTagNameMap {
    'entry-dialog': FormDialog;
    'time-span': TimeSpan;
  }
}
