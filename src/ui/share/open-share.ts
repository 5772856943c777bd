// Opens the share dialog; apart from it, so that the dialog itself is loaded only then.
import { openDialog } from '#state';

/** Opens the share dialog. */
export function openShare(): void {
  openDialog('share');
}
