// Reads everything the extension's database holds of a soak and compares it with what was offered.
import type { Page } from 'puppeteer-core';
import { inDatabase, readRows } from '../../harness/database';

export interface Audit {
  stored: number;
  queued: number;
  /** Ended without a sample, by reason. */
  rejected: Record<string, number>;
  /** Offered addresses without a sample whose bytes can be read and have the right hash. */
  lost: number;
  /** Samples, rows or bytes beyond one for each address. */
  duplicated: number;
  /** Poisonous addresses that ended as undecodable. */
  refusedPoison: number;
}

/** Queued jobs, by the index alone: cheap enough to be asked all the time. */
export function stillQueued(app: Page): Promise<number> {
  return inDatabase(app, ({ database, result }) =>
    result(database.transaction('jobs').objectStore('jobs').index('byState').count('queued')),
  );
}

/** Addresses of all samples that stand in the database now. */
export async function storedAddresses(app: Page): Promise<string[]> {
  return (await readRows<SampleRow>(app, 'samples')).map(({ candidate }) => candidate.url);
}

interface JobRow {
  state: string;
  reason?: string;
  candidate: { url: string };
}
interface SampleRow {
  sha256: string;
  candidate: { url: string };
}

/** Reads every row and every byte; `offered` addresses, all different, with different images; `poison` besides them. */
export async function audit(app: Page, offered: string[], poison: string[] = []): Promise<Audit> {
  const jobs = await readRows<JobRow>(app, 'jobs');
  const samples = await readRows<SampleRow>(app, 'samples');
  const blobs = await soundBlobs(app);
  const thumbnails = await readRows(app, 'thumbnails');
  const ends = jobs.map(({ state, reason }) => reason ?? state);
  const rejected: Record<string, number> = {};
  for (const end of ends) if (end !== 'queued' && end !== 'stored') rejected[end] = (rejected[end] ?? 0) + 1;
  const sound = samples.filter(({ sha256 }) => blobs.sound.has(sha256)).map(({ candidate }) => candidate.url);
  const had = new Set(sound);
  const beyond = ({ length }: { length: number }) => Math.max(0, length - offered.length);
  const undecodable = new Set(
    jobs.filter(({ reason }) => reason === 'undecodable').map(({ candidate }) => candidate.url),
  );
  return {
    stored: ends.filter(end => end === 'stored').length,
    queued: ends.filter(end => end === 'queued').length,
    rejected,
    lost: offered.filter(address => !had.has(address)).length,
    duplicated: Math.max(
      sound.length - had.size,
      jobs.length - offered.length - poison.length,
      ...[samples, thumbnails, blobs].map(beyond),
    ),
    refusedPoison: poison.filter(address => undecodable.has(address)).length,
  };
}

/** How many bytes' rows there are, and the keys of those that can be read and have the hash they are filed under. */
async function soundBlobs(app: Page): Promise<{ length: number; sound: Set<string> }> {
  const { length, sound } = await inDatabase(app, async ({ database, result }) => {
    const keys = (await result(database.transaction('blobs').objectStore('blobs').getAllKeys())) as string[];
    const sound: string[] = [];
    for (const key of keys) {
      const reading = result<{ blob: Blob }>(database.transaction('blobs').objectStore('blobs').get(key));
      const bytes = await reading.then(({ blob }) => blob.arrayBuffer()).catch(() => undefined);
      if (bytes === undefined) continue;
      const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
      if ([...digest].map(byte => byte.toString(16).padStart(2, '0')).join('') === key) sound.push(key);
    }
    return { length: keys.length, sound };
  });
  return { length, sound: new Set(sound) };
}
