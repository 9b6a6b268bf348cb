// The restore as a person meets it: the file is looked through, then asked about, then brought in, with a way back.
import { signal } from '@preact/signals';
import { number, plural, t } from '../../../edges/i18n';
import { wordsFor } from '../../parts/complain';
import { perform } from '../app/changes';
import { isFull } from '../app/hand-over';
import type { PageStep } from '../app/undo';
import { runTransfer, transfer } from '../transfer/transfer';
import { nothingRestored, type Restored, restoreBackup } from './restore-backup';
import { planRestore, type RestorePlan, type SettingsChoice } from './restore-plan';
import { undoRestore } from './undo-restore';

/** What was found in a file and waits for a yes. */
export const planned = signal<RestorePlan>();

export function inspectBackup(files: File[]): Promise<void> {
  return runTransfer('backup', async (tell, abort) => {
    tell({ phase: t('backup_reading') });
    planned.value = await planRestore(files, abort);
    return undefined;
  });
}

export function restorePlanned(plan: RestorePlan, choice: SettingsChoice): Promise<void> {
  planned.value = undefined;
  let restored = nothingRestored();
  const step: PageStep = {
    words: '',
    async redo() {
      restored = nothingRestored();
      step.words = await transfer('backup', async (tell, abort) => {
        try {
          await restoreBackup(plan, choice, restored, tell, abort);
          return { words: wordsOf(restored, plan), kind: isWhole(restored, plan) ? 'good' : 'warn' };
        } catch (error) {
          // What came before the stop stays: restoring the same file again goes on from there.
          if (!abort.aborted && !isFull(error)) throw error;
          const came = t('restore_stopped', plural('images', restored.images.length));
          return isFull(error) ? { words: `${came} ${wordsFor(error)}`, kind: 'warn' } : { words: came, kind: 'info' };
        }
      });
    },
    undo: () => undoRestore(restored),
  };
  return perform(step);
}

function isWhole({ damaged, noRoom }: Restored, { modelsLeftOut }: RestorePlan): boolean {
  return damaged + noRoom + modelsLeftOut === 0;
}

/** "Restored 240 images · 3 labels · 12 wait to be downloaded": whatever is none is left out. */
function wordsOf({ labels, images, damaged, queued, models, noRoom }: Restored, plan: RestorePlan): string {
  return [
    plural('restored_images', images.length),
    ...(labels.length > 0 ? [plural('labels_count', labels.length)] : []),
    ...(models.length > 0 ? [plural('models_count', models.length)] : []),
    ...(plan.here > 0 ? [t('restore_here', number(plan.here))] : []),
    ...(plan.elsewhere > 0 ? [t('restore_elsewhere', number(plan.elsewhere))] : []),
    ...(damaged > 0 ? [plural('restore_damaged', damaged)] : []),
    ...(plan.modelsLeftOut > 0 ? [plural('restore_models_damaged', plan.modelsLeftOut)] : []),
    ...(noRoom > 0 ? [plural('restore_models_no_room', noRoom)] : []),
    ...(queued > 0 ? [plural('restore_queued', queued)] : []),
  ].join(' · ');
}
