// The import as a person meets it: what was understood is shown first; what came of it is said, with the way back.
import { GleanerError } from '../../../contract/error';
import { plural, t } from '../../../edges/i18n';
import { looksLikeBackup } from '../../../pipeline/backup/open-backup';
import { named } from '../../../pipeline/bucket/label-name';
import type { TreeFile } from '../../../pipeline/import/image-files';
import { type OpenZip, openZip } from '../../../pipeline/import/open-zip';
import { treeOfArchive, type Understood, understand } from '../../../pipeline/import/tree';
import { attempt, complain, wordsFor } from '../../parts/complain';
import { perform } from '../app/changes';
import { isFull } from '../app/hand-over';
import type { PageStep } from '../app/undo';
import { inspectBackup } from '../backup/restoring';
import { askImport, type Choice } from '../import/asked';
import { treeWords } from '../import/folder-words';
import { refusedWords } from '../import/refused-words';
import { runTransfer, transfer } from '../transfer/transfer';
import { type Imported, importFolders, nothingImported, treeOfFiles, undoImport } from './import-folders';

export function importZip(file: File): Promise<void> {
  return attempt(async () => {
    const name = file.name.replace(/\.zip$/i, '');
    const opened = await readThrough(file.name, async signal => {
      const archive = await openZip(file, navigator.languages);
      // Whoever chose the wrong card meant the same.
      return looksLikeBackup(archive) ? 'backup' : treeIn(archive, name, signal);
    });
    if (opened === undefined) return;
    if (opened === 'backup') return inspectBackup([file]);
    const pages = new Map([[opened.page?.taken, Promise.resolve(opened)]]);
    await importTree(file.name, name, async ({ page }) => {
      const taken = page ?? opened.page?.taken;
      // Opened anew where a person says that the names are in another code page.
      const tree = pages.get(taken) ?? openZip(file, navigator.languages, page).then(archive => treeIn(archive, name));
      pages.set(taken, tree);
      return tree;
    });
  });
}

export function importFolder(files: File[]): Promise<void> {
  return attempt(async () => {
    const name = files[0]?.webkitRelativePath.split('/')[0] || t('folder');
    const tree = await readThrough(name, signal => understand(treeOfFiles(files), name, signal, named(name)));
    if (tree) await importTree(name, name, async () => ({ tree }));
  });
}

/** What was chosen, read before it is asked about: a large one takes a while, and can be let go. Undefined where it was, or failed. */
async function readThrough<T>(title: string, read: (signal: AbortSignal) => Promise<T>): Promise<T | undefined> {
  let found: T | undefined;
  await runTransfer('import', async (tell, signal) => {
    tell({ phase: t('list_reading', title) });
    found = await read(signal);
    return undefined;
  });
  return found;
}

interface Tree {
  tree: Understood;
  page?: OpenZip['page'];
}

async function treeIn(archive: OpenZip, name: string, signal = new AbortController().signal): Promise<Tree> {
  const tree = await understand(treeOfArchive(archive), name, signal, named(name));
  return { tree, page: archive.page };
}

/** Shows what the tree was understood as, and imports it as it was chosen in the end. */
async function importTree(title: string, name: string, read: (choice: Choice) => Promise<Tree>): Promise<void> {
  const chosen = await askImport(
    title,
    async choice => {
      const { tree, page } = await read(choice);
      return treeWords(tree, choice, page);
    },
    complain,
  );
  if (chosen) await importLabels(chosen.labels, name);
}

function importLabels(classes: ReadonlyMap<string, readonly TreeFile[]>, name: string): Promise<void> {
  let imported = nothingImported();
  const step: PageStep = {
    words: '',
    async redo() {
      imported = nothingImported();
      step.words = await transfer('import', async (tell, abort) => {
        try {
          await importFolders(classes, name, imported, tell, abort);
          return { words: wordsOf(imported), kind: 'good' };
        } catch (error) {
          if (abort.aborted) {
            return { words: t('import_stopped', plural('images', imported.stored)), kind: 'info' };
          }
          if (isFull(error)) {
            const came = t('import_stopped', plural('images', imported.stored));
            return { words: `${came} ${wordsFor(error)}`, kind: 'warn' };
          }
          // A file that lies is refused whole, so what it brought before it was found out goes again.
          if (error instanceof GleanerError && error.code !== 'import_gone') await undoImport(imported);
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
function wordsOf({ stored, labels, rejected, refused }: Imported): string {
  return [plural('imported_images', stored), plural('labels_count', labels), ...refusedWords(rejected, refused)].join(
    ' · ',
  );
}
