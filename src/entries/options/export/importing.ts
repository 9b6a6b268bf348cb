// The import as a person meets it: what came of it is said, with the way back.
import { GleanerError } from '../../../contract/error';
import type { Reason } from '../../../contract/job';
import { number, plural, t } from '../../../edges/i18n';
import { looksLikeBackup } from '../../../pipeline/export/backup/open-backup';
import { openArchive } from '../../../pipeline/export/unzip/directory';
import { perform } from '../changes';
import { runTransfer } from './export-job';
import {
  type Imported,
  importFolders,
  nothingImported,
  type TreeFile,
  treeOfArchive,
  treeOfFiles,
  undoImport,
} from './import-folders';
import { planRestore } from './restore-plan';
import { planned } from './restoring';

export function importZip(file: File): Promise<void> {
  return runImport(file.name.replace(/\.zip$/i, ''), async abort => {
    const archive = await openArchive(file);
    if (!looksLikeBackup(archive)) return treeOfArchive(archive);
    // Whoever chose the wrong card meant the same.
    planned.value = await planRestore([file], abort);
    return undefined;
  });
}

export function importFolder(files: File[]): Promise<void> {
  const name = files[0]?.webkitRelativePath.split('/')[0] || t('folder');
  return runImport(name, async () => treeOfFiles(files));
}

function runImport(name: string, open: (abort: AbortSignal) => Promise<TreeFile[] | undefined>): Promise<void> {
  return runTransfer('import', async (tell, abort) => {
    const tree = await open(abort);
    if (!tree) return undefined;
    let imported = nothingImported();
    const step = {
      words: '',
      async redo() {
        imported = nothingImported();
        try {
          await importFolders(tree, name, imported, tell, abort);
          step.words = wordsOf(imported);
        } catch (error) {
          if (abort.aborted) step.words = t('import_stopped', plural('images', imported.stored));
          // A file that lies is refused whole, so what it brought before it was found out goes again.
          else if (error instanceof GleanerError) await undoImport(imported);
          if (!abort.aborted) throw error;
        }
      },
      undo: () => undoImport(imported),
    };
    await perform(step);
    return step.words || undefined;
  });
}

/** "240 images added · 3 labels · 2: too small": whatever is none is left out. */
function wordsOf({ stored, labels, rejected, others }: Imported): string {
  return [
    plural('imported_images', stored),
    plural('labels_count', labels),
    ...(Object.entries(rejected) as [Reason, number][]).map(([reason, n]) => `${number(n)}: ${t(`reason_${reason}`)}`),
    ...(others > 0 ? [plural('import_others', others)] : []),
  ].join(' · ');
}
