// Takes labels back that a restore or an import made, unless something else stands under them by now.
import { splitTotal } from '../../../contract/sample';
import { ask } from '../../../edges/messages';
import { labelCounts } from '../../../edges/store/labels';

/**
 * To be called when what was brought is gone: whatever a label still holds came from elsewhere, and keeps it. One that had been
 * deleted before goes back with all that went with it then.
 */
export async function takeBackLabels(made: readonly string[]): Promise<void> {
  for (const { labelId, queued, ...counts } of await labelCounts()) {
    if (made.includes(labelId) && splitTotal(counts) + queued === 0) await ask('deleteLabel', { labelId });
  }
}
