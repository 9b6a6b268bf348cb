// Opens backups off the page's thread: whatever a file costs, the page stays awake, and ending the worker ends it all.
import * as Comlink from 'comlink';
import { GleanerError } from '../../contract/error';
import type { Label } from '../../contract/label';
import type { ProjectSettings } from '../../contract/settings';
import { adoptFeatures } from '../../edges/store/features';
import { allLabels } from '../../edges/store/labels';
import { bringModel, modelDates } from '../../edges/store/models';
import { rowsOf } from '../../edges/store/restore';
import { type Backup, type BackupTables, openBackup } from '../../pipeline/backup/open-backup';
import type { SampleRow } from '../../pipeline/backup/rows';
import { OWN_LIMITS } from '../../pipeline/download/limits';
import { openZip } from '../../pipeline/import/open-zip';
import { chunks } from '../../pipeline/streams/chunks';
import { expose } from './worker-bridge';

/** What the files of one backup hold, and what of it is here. */
export interface Inspected {
  /** Of each part's manifest, in the order of their numbers, as are the files. */
  parts: { file: File; hash: string }[];
  /** Labels of all parts, each once. */
  labels: Label[];
  settings: ProjectSettings;
  /** Images in the files, and of those: already here under the same label, and here under another. */
  images: number;
  here: number;
  elsewhere: number;
  addresses: number;
  models: number;
  /** In the files, and left out: they cannot be read, or are more than a project may have. */
  modelsLeftOut: number;
  /** Id of the model that was chosen to answer where the backup was made. */
  chosenModel?: string;
  /** When the newest model that is not here was trained, in ms since the epoch. */
  newestModel?: number;
  /** Some part of the backup is not among the files. */
  partMissing: boolean;
}

export type Table = Exclude<keyof BackupTables, 'features'>;
/** Rows handed over at a time: few enough that neither thread holds much. */
const ROWS: Record<Table, number> = { images: 500, harvests: 500, jobs: 500, confirmed: 500, models: 1 };
/** Features stored at a time. */
const FEATURES = 64;

const { signal } = new AbortController();
let backups: Backup[] = [];
let table: AsyncIterator<unknown[]> | undefined;

const api = {
  /** Checks the files of one backup as a whole. */
  async inspect(files: File[]): Promise<Inspected> {
    const opened: { file: File; backup: Backup }[] = [];
    for (const file of files) {
      opened.push({ file, backup: await openBackup(await openZip(file), OWN_LIMITS.bytes, signal) });
    }
    opened.sort((a, b) => a.backup.manifest.part - b.backup.manifest.part);
    backups = opened.map(({ backup }) => backup);
    const [first] = backups;
    if (!first) throw new GleanerError('backup_unknown');
    const labels = [...new Map(backups.flatMap(backup => backup.labels).map(label => [label.id, label])).values()];
    const sum = (name: keyof Backup['counts']) => backups.reduce((total, { counts }) => total + counts[name], 0);
    const newest = await newestModel();
    const chosen = backups.find(({ manifest }) => manifest.chosenModel !== undefined)?.manifest.chosenModel;
    return {
      parts: opened.map(({ file, backup: { hash } }) => ({ file, hash })),
      labels,
      settings: first.manifest.settings,
      images: sum('samples'),
      ...(await imagesHere(labels)),
      addresses: sum('jobs'),
      models: sum('models'),
      modelsLeftOut: backups.reduce((total, backup) => total + backup.modelsLeftOut, 0),
      ...(chosen === undefined ? {} : { chosenModel: chosen }),
      ...(newest === undefined ? {} : { newestModel: newest }),
      partMissing: backups.some(({ manifest }, i) => manifest.part !== i + 1) || !backups.at(-1)?.manifest.last,
    };
  },

  /** Opens files that were inspected before; one that is another by now is checked anew. */
  async open(parts: Inspected['parts']): Promise<void> {
    backups = [];
    for (const { file, hash } of parts) {
      backups.push(await openBackup(await openZip(file), OWN_LIMITS.bytes, signal, hash));
    }
  },

  /** From here on `next` gives the rows of one table of a part. */
  begin(part: number, name: Table): void {
    const backup = backups[part];
    const rows = name === 'images' ? backup && imageRows(backup) : backup?.[name]();
    table = rows && chunks(rows as AsyncGenerator<unknown>, ROWS[name]);
  },

  /** The next rows, none at the end. Images come without their bytes. */
  async next(): Promise<unknown[]> {
    return (await table?.next())?.value ?? [];
  },

  /** The bytes of an image by its row. */
  async bytes(part: number, row: SampleRow): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = (await backups[part]?.read(row)) ?? new Uint8Array();
    return Comlink.transfer(bytes, [bytes.buffer]);
  },

  /** Stores what a part holds of the features of these images. */
  async adoptFeatures(part: number, sha256s: readonly string[]): Promise<void> {
    const backup = backups[part];
    if (!backup) return;
    const wanted = new Set(sha256s);
    for await (const batch of chunks(backup.features(), FEATURES)) {
      await adoptFeatures(batch.filter(({ sha256 }) => wanted.has(sha256)));
    }
  },

  bringModel,
};
export type BackupWorker = typeof api;
expose(api);

async function* imageRows(backup: Backup): AsyncGenerator<SampleRow> {
  for await (const { row } of backup.images()) yield row;
}

async function imagesHere(labels: Label[]): Promise<{ here: number; elsewhere: number }> {
  const project = await allLabels();
  const into = new Map(
    labels.map(({ id, name }) => [
      id,
      project.find(label => label.id === id) ?? project.find(label => label.name === name),
    ]),
  );
  const count = { here: 0, elsewhere: 0 };
  for (const backup of backups) {
    for await (const batch of chunks(backup.images(), ROWS.images)) {
      const present = await rowsOf(batch.map(({ row }) => row.sha256));
      for (const { row } of batch) {
        const same = present.get(row.sha256);
        if (!same || same.deletedAt !== undefined) continue;
        count[same.labelId === into.get(row.labelId)?.id ? 'here' : 'elsewhere']++;
      }
    }
  }
  return count;
}

async function newestModel(): Promise<number | undefined> {
  const here = await modelDates();
  let newest: number | undefined;
  for (const backup of backups) {
    for await (const { id, createdAt } of backup.models()) {
      if (!here.has(id)) newest = Math.max(newest ?? 0, createdAt);
    }
  }
  return newest;
}
