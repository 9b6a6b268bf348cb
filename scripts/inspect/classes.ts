// Folders of images as classes: which labels, what is left out, what is asked, and where each image would lie.
import { checkedName } from '../../src/pipeline/bucket/label-name';
import { OWN_LIMITS } from '../../src/pipeline/download/limits';
import { MOST_LABELS } from '../../src/pipeline/import/folder-choices';
import type { TreeFile } from '../../src/pipeline/import/image-files';
import type { OpenZip } from '../../src/pipeline/import/open-zip';
import { understand } from '../../src/pipeline/import/tree';
import { count, type Found, type Question } from './found';
import { Bucket } from './images';
import { classOrder } from './order';

/** Files of refused images that are named. */
const MOST_NAMED = 50;

export async function inspectClasses(tree: readonly TreeFile[], name: string, page?: OpenZip['page']): Promise<Found> {
  const { readings, unfit, others } = await understand(tree, name, new AbortController().signal);
  const [meant] = readings;
  if (!meant) throw new Error('a tree with images can be read');
  const left: Record<string, number> = {};
  count(left, 'no-image', others.length);
  count(left, 'unfit', unfit.length);
  for (const [reason, files] of Object.entries(meant.left)) count(left, reason, files.length);
  const found = {
    kind: 'classes' as const,
    name,
    left,
    asked: askedOf(readings, page),
    splitFolders: [...new Set(meant.splits)],
  };
  if (meant.labels.size > MOST_LABELS)
    return { ...found, kind: 'refused', reason: 'import_many_labels', labelCount: meant.labels.size };
  const refused: Record<string, number> = {};
  const refusedFiles: { file: string; reason: string }[] = [];
  const bucket = new Bucket();
  const names: string[] = [];
  for (const [label, files] of meant.labels) {
    const tidy = checkedName(label);
    if (!names.includes(tidy)) names.push(tidy);
    for (const file of files) {
      const reason = file.size > OWN_LIMITS.bytes ? 'too-large' : await bucket.take(await bytesOf(file), tidy);
      if (reason === undefined) continue;
      count(refused, reason);
      if (refusedFiles.length < MOST_NAMED) refusedFiles.push({ file: file.path, reason });
    }
  }
  return { ...found, order: classOrder(names), ...bucket.placed(names), refused, refusedFiles };
}

async function bytesOf(file: TreeFile): Promise<Uint8Array<ArrayBuffer> | undefined> {
  try {
    return new Uint8Array(await (await file.read()).arrayBuffer());
  } catch {
    // Damaged there: one image, not the whole import.
    return undefined;
  }
}

type Readings = Awaited<ReturnType<typeof understand>>['readings'];

function askedOf(readings: Readings, page: OpenZip['page']): Question[] | null {
  const asked: Question[] = [];
  const shown = (reading: Readings[number]) =>
    `${reading.choice}: ${[...reading.labels.keys()].slice(0, 20).join(', ')}`;
  const [meant] = readings;
  for (const why of meant?.doubts ?? [])
    asked.push({ question: 'folders', why, taken: meant ? shown(meant) : '', choices: readings.map(shown) });
  if (page)
    asked.push({
      question: 'code-page',
      why: page.sure ? 'confirm' : 'unsure',
      taken: page.taken,
      choices: page.pages,
    });
  return asked.length > 0 ? asked : null;
}
