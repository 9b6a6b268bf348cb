// The import as a person meets it: what came of it is said, with the way back.
import { GleanerError } from '../../../contract/error';
import type { Reason } from '../../../contract/job';
import { number, plural, t } from '../../../edges/i18n';
import { looksLikeBackup } from '../../../pipeline/backup/open-backup';
import { openZip } from '../../../pipeline/import/open-zip';
import { attempt } from '../../parts/complain';
import { ownReason } from '../../parts/own-reason';
import { perform } from '../app/changes';
import type { PageStep } from '../app/undo';
import { transfer } from './export-job';
import {
  type Imported,
  importFolders,
  nothingImported,
  type TreeFile,
  treeOfArchive,
  treeOfFiles,
  undoImport,
} from './import-folders';
import { inspectBackup } from './restoring';

export function importZip(file: File): Promise<void> {
  return attempt(async () => {
    const archive = await openZip(file);
    // Whoever chose the wrong card meant the same.
    if (looksLikeBackup(archive)) await inspectBackup([file]);
    else await importTree(treeOfArchive(archive), file.name.replace(/\.zip$/i, ''));
  });
}

export function importFolder(files: File[]): Promise<void> {
  return importTree(treeOfFiles(files), files[0]?.webkitRelativePath.split('/')[0] || t('folder'));
}

function importTree(tree: TreeFile[], name: string): Promise<void> {
  let imported = nothingImported();
  const step: PageStep = {
    words: '',
    async redo() {
      imported = nothingImported();
      step.words = await transfer('import', async (tell, abort) => {
        try {
          await importFolders(tree, name, imported, tell, abort);
          return { words: wordsOf(imported), kind: 'good' };
        } catch (error) {
          if (abort.aborted) {
            return { words: t('import_stopped', plural('images', imported.stored)), kind: 'info' };
          }
          // A file that lies is refused whole, so what it brought before it was found out goes again.
          if (error instanceof GleanerError) await undoImport(imported);
          throw error;
        }
      });
    },
    undo: () => undoImport(imported),
    lasting: () => ({ kind: 'bring', words: step.words, harvests: imported.harvests, labels: imported.made }),
  };
  return perform(step);
}

/** "240 images added · 3 labels · 2: too small": whatever is none is left out. */
function wordsOf({ stored, labels, rejected, others }: Imported): string {
  return [
    plural('imported_images', stored),
    plural('labels_count', labels),
    ...(Object.entries(rejected) as [Reason, number][]).map(([reason, n]) => `${number(n)}: ${ownReason(reason)}`),
    ...(others > 0 ? [plural('import_others', others)] : []),
  ].join(' · ');
}
