// What a backup would bring into this project, read without changing anything, so that a person can decide.
import { GleanerError } from '../../../contract/error';
import type { Label } from '../../../contract/label';
import { allLabels } from '../../../edges/store/labels';
import { labelsOf } from '../../../edges/store/restore';
import { IMAGE_LIMITS } from '../../../pipeline/download/limits';
import { type Backup, openBackup } from '../../../pipeline/export/backup/open-backup';
import { chunks } from '../../../pipeline/export/chunks';
import { openArchive } from '../../../pipeline/export/unzip/directory';

export interface RestorePlan {
  /** The parts, in the order of their numbers. */
  backups: Backup[];
  name: string;
  /** Labels of all parts, each once. */
  labels: Label[];
  /** Images in the file, and of those: already here under the same label, and here under another. */
  images: number;
  here: number;
  elsewhere: number;
  addresses: number;
  features: number;
  models: number;
  /** The project is empty: splits, order and settings come back exactly as they were. */
  empty: boolean;
  /** Some part of the backup is not among the files. */
  partMissing: boolean;
}

/** Images asked about at a time. */
const BATCH = 500;

/** Opens and checks the files of one backup. Rejects with the reason when any of them is refused. */
export async function planRestore(files: File[], signal: AbortSignal): Promise<RestorePlan> {
  const backups: Backup[] = [];
  for (const file of files) backups.push(await openBackup(await openArchive(file), IMAGE_LIMITS.bytes, signal));
  backups.sort((a, b) => a.manifest.part - b.manifest.part);
  const [first] = backups;
  if (!first) throw new GleanerError('backup_unknown');
  const labels = [...new Map(backups.flatMap(backup => backup.labels).map(label => [label.id, label])).values()];
  const project = await allLabels();
  const sum = (table: keyof Backup['counts']) => backups.reduce((total, { counts }) => total + counts[table], 0);
  return {
    backups,
    name: files.map(file => file.name).join(', '),
    labels,
    images: sum('samples'),
    ...(await known(backups, labels, project, signal)),
    addresses: sum('jobs'),
    features: sum('features'),
    models: sum('models'),
    empty: project.length === 0,
    partMissing: backups.some(
      ({ manifest }, i) => manifest.part !== i + 1 || manifest.last !== (i === backups.length - 1),
    ),
  };
}

async function known(
  backups: Backup[],
  labels: Label[],
  project: Label[],
  signal: AbortSignal,
): Promise<{ here: number; elsewhere: number }> {
  const into = new Map(
    labels.map(({ id, name }) => [
      id,
      project.find(label => label.id === id) ?? project.find(label => label.name === name),
    ]),
  );
  const count = { here: 0, elsewhere: 0 };
  for (const backup of backups) {
    for await (const batch of chunks(backup.images(), BATCH)) {
      signal.throwIfAborted();
      const present = await labelsOf(batch.map(({ row }) => row.sha256));
      for (const { row } of batch) {
        const labelId = present.get(row.sha256);
        if (labelId === undefined) continue;
        count[labelId === into.get(row.labelId)?.id ? 'here' : 'elsewhere']++;
      }
    }
  }
  return count;
}
