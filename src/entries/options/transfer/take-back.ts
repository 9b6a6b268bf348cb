// Takes labels back that a restore or an import made, unless something else stands under them by now.
import { ask } from '../../../edges/messages';

/**
 * To be called when what was brought is gone: whatever a label still holds came from elsewhere, and keeps it. One that had been
 * deleted before goes back with all that went with it then.
 */
export async function takeBackLabels(made: readonly string[]): Promise<void> {
  if (made.length > 0) await ask('deleteEmptyLabels', { labelIds: [...made] });
}
