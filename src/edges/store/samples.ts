// Samples in the database, read page by page; bytes are read one by one.
import type { Sample } from '../../contract/sample';
import { database } from '../database';
import { isLive, labelRange } from './splits';

const BATCH = 200;

/** Live samples of a label in the order they came, after the time `after` (the last `addedAt` seen), at most `limit`. */
export async function samplesOf(
  labelId: string,
  { after = Number.NEGATIVE_INFINITY, limit }: { after?: number; limit: number },
): Promise<Sample[]> {
  const db = await database();
  const page: Sample[] = [];
  let from = after;
  while (page.length < limit) {
    const range = IDBKeyRange.bound([labelId, from], [labelId, []], true);
    const rows = await db.getAllFromIndex('samples', 'byLabel', range, limit);
    page.push(...rows.filter(isLive));
    const last = rows.at(-1);
    if (!last || rows.length < limit) break;
    from = last.addedAt;
  }
  return page.slice(0, limit);
}

/** The newest live samples of a label, newest first: what a grid shows first, before the rest is read. */
export async function newestSamplesOf(labelId: string, limit: number): Promise<Sample[]> {
  const index = (await database()).transaction('samples').store.index('byLabel');
  const newest: Sample[] = [];
  let cursor = await index.openCursor(labelRange(labelId), 'prev');
  for (; cursor && newest.length < limit; cursor = await cursor.continue()) {
    if (isLive(cursor.value)) newest.push(cursor.value);
  }
  return newest;
}

/**
 * Every live sample, by SHA-256. Reads in batches with no transaction held open between them, so the consumer may await
 * whatever it likes; a sample that comes or goes meanwhile may be missed or met.
 */
export async function* everySample(): AsyncGenerator<Sample> {
  let last = '';
  for (;;) {
    const rows = await (await database()).getAll('samples', IDBKeyRange.lowerBound(last, true), BATCH);
    yield* rows.filter(isLive);
    if (rows.length < BATCH) return;
    last = rows.at(-1)?.sha256 ?? last;
  }
}

/** What every sample is compared by, deleted ones included, in batches. */
export async function* everyFingerprint(): AsyncGenerator<Pick<Sample, 'sha256' | 'dHash' | 'sketch'>> {
  const batch = 1000;
  let last = '';
  for (;;) {
    const rows = await (await database()).getAll('samples', IDBKeyRange.lowerBound(last, true), batch);
    yield* rows;
    if (rows.length < batch) return;
    last = rows.at(-1)?.sha256 ?? last;
  }
}

export async function sampleByHash(sha256: string): Promise<Sample | undefined> {
  return (await database()).get('samples', sha256);
}

/** Samples by their hashes, in that order and in one transaction; those that are gone are left out. Deleted ones are not. */
export async function samplesByHash(sha256s: readonly string[]): Promise<Sample[]> {
  const { store } = (await database()).transaction('samples');
  const rows = await Promise.all(sha256s.map(sha256 => store.get(sha256)));
  return rows.filter(row => row !== undefined);
}

/** The bytes as downloaded; undefined when the browser lost them (`verifyCollection` fetches them again). */
export async function blobOf(sha256: string): Promise<Blob | undefined> {
  return readable((await (await database()).get('blobs', sha256))?.blob);
}

/** As `blobOf` of many, in their order and in one transaction, for those who read the bytes at once and see then whether they are lost. */
export function storedBlobs(sha256s: readonly string[]): Promise<(Blob | undefined)[]> {
  return blobsIn('blobs', sha256s);
}

export async function thumbnailOf(sha256: string): Promise<Blob | undefined> {
  return readable((await (await database()).get('thumbnails', sha256))?.blob);
}

/** The thumbnails of many samples, in their order, read in one transaction. A damaged one shows only when it is drawn. */
export function thumbnailsOf(sha256s: readonly string[]): Promise<(Blob | undefined)[]> {
  return blobsIn('thumbnails', sha256s);
}

async function blobsIn(name: 'blobs' | 'thumbnails', sha256s: readonly string[]): Promise<(Blob | undefined)[]> {
  const { store } = (await database()).transaction(name);
  const rows = await Promise.all(sha256s.map(sha256 => store.get(sha256)));
  return rows.map(row => row?.blob);
}

/** A blob whose file was lost or cut short still has its row; reading the last byte tells. */
async function readable(blob: Blob | undefined): Promise<Blob | undefined> {
  if (!blob) return undefined;
  try {
    await blob.slice(-1).arrayBuffer();
    return blob;
  } catch {
    return undefined;
  }
}
