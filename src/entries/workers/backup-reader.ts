// What a page calls to read backups: a worker looks into the files, hands over their rows as they are asked for, and stores
// features and models, which workers alone write.
import type * as Comlink from 'comlink';
import type { Model } from '../../contract/report';
import type { Bringing } from '../../edges/store/models';
import type { BackupTables } from '../../pipeline/backup/open-backup';
import type { SampleRow } from '../../pipeline/backup/rows';
import type { BackupWorker, Inspected, Table } from './backup.worker';
import BackupThread from './backup.worker?worker';
import { inWorker } from './one-call';

/** Opens and checks the files of one backup. Rejects with the reason when any of them is refused, or with the signal's. */
export function inspectBackups(files: File[], signal: AbortSignal): Promise<Inspected> {
  return inWorker<BackupWorker, Inspected>(BackupThread, remote => remote.inspect(files), signal);
}

/** A part of a backup that is being restored. */
export interface OpenPart extends Omit<BackupTables, 'features'> {
  /** Stores the features the part holds of these images; what a file says of others would decide how ours are learnt. */
  adoptFeatures(sha256s: readonly string[]): Promise<void>;
  /** Stores a model of the part, or says why not. `own`: this project was made of the backup. `labelIds` as the store wants them. */
  bringModel(model: Model, own: boolean, labelIds: readonly string[]): Promise<Bringing>;
}

/**
 * Works on the parts of a backup that was inspected. An abort ends the reading at once; what the work does then is its own
 * to end, and is waited for.
 */
export function withBackups<R>(
  parts: Inspected['parts'],
  signal: AbortSignal,
  work: (parts: OpenPart[]) => Promise<R>,
): Promise<R> {
  const run = async (remote: Remote) => {
    await remote.open(parts);
    return work(parts.map((_, part) => openPart(remote, part)));
  };
  return inWorker<BackupWorker, R>(BackupThread, run, signal);
}

type Remote = Comlink.Remote<BackupWorker>;

/** The worker reads one table at a time: one must come to its end before the next is begun. */
function openPart(remote: Remote, part: number): OpenPart {
  async function* rows<T>(table: Table): AsyncGenerator<T> {
    await remote.begin(part, table);
    for (;;) {
      const batch = (await remote.next()) as T[];
      if (batch.length === 0) return;
      yield* batch;
    }
  }
  return {
    async *images() {
      for await (const row of rows<SampleRow>('images')) {
        yield { row, read: () => remote.bytes(part, row) };
      }
    },
    harvests: () => rows('harvests'),
    jobs: () => rows('jobs'),
    confirmed: () => rows('confirmed'),
    models: () => rows('models'),
    adoptFeatures: sha256s => remote.adoptFeatures(part, sha256s),
    bringModel: (model, own, labelIds) => remote.bringModel(model, own, labelIds),
  };
}
