// Reads everything the extension's database holds of a soak and compares it with what was offered.
import type { Page } from 'puppeteer-core';

export interface Audit {
  stored: number;
  queued: number;
  /** Ended without a sample, by reason. */
  rejected: Record<string, number>;
  /** Offered addresses without a sample whose bytes can be read and have the right hash. */
  lost: number;
  /** Samples, rows or bytes beyond one for each address. */
  duplicated: number;
}

/** Queued jobs, by the index alone: cheap enough to be asked all the time. */
export function stillQueued(app: Page): Promise<number> {
  return app.evaluate(async () => {
    const open = indexedDB.open('gleaner');
    await new Promise((resolve, reject) => {
      open.onsuccess = resolve;
      open.onerror = () => reject(open.error);
    });
    const request = open.result.transaction('jobs').objectStore('jobs').index('byState').count('queued');
    await new Promise((resolve, reject) => {
      request.onsuccess = resolve;
      request.onerror = () => reject(request.error);
    });
    open.result.close();
    return request.result;
  });
}

/** Addresses of all samples that stand in the database now. */
export function storedAddresses(app: Page): Promise<string[]> {
  return app.evaluate(async () => {
    const open = indexedDB.open('gleaner');
    await new Promise((resolve, reject) => {
      open.onsuccess = resolve;
      open.onerror = () => reject(open.error);
    });
    const request = open.result.transaction('samples').objectStore('samples').getAll();
    await new Promise((resolve, reject) => {
      request.onsuccess = resolve;
      request.onerror = () => reject(request.error);
    });
    open.result.close();
    return (request.result as { candidate: { url: string } }[]).map(({ candidate }) => candidate.url);
  });
}

/** Reads every row and every byte; `offered` addresses, all different, with different pictures. */
export async function audit(app: Page, offered: string[]): Promise<Audit> {
  const found = await app.evaluate(async () => {
    const answer = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const database = await answer(indexedDB.open('gleaner'));
    const store = (name: string) => database.transaction(name).objectStore(name);
    type JobRow = { candidate: { url: string }; state: string; reason?: string };
    type SampleRow = { sha256: string; candidate: { url: string } };
    const jobs = (await answer(store('jobs').getAll())) as JobRow[];
    const samples = (await answer(store('samples').getAll())) as SampleRow[];
    const sound: string[] = [];
    for (const { sha256, candidate } of samples) {
      const row = (await answer(store('blobs').get(sha256))) as { blob: Blob } | undefined;
      const bytes = await row?.blob.arrayBuffer().catch(() => undefined);
      if (bytes === undefined) continue;
      const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
      const hex = [...digest].map(byte => byte.toString(16).padStart(2, '0')).join('');
      if (hex === sha256) sound.push(candidate.url);
    }
    const blobs = await answer(store('blobs').count());
    const thumbnails = await answer(store('thumbnails').count());
    database.close();
    const ends = jobs.map(({ state, reason }) => reason ?? state);
    return JSON.stringify({ ends, samples: samples.length, sound, blobs, thumbnails });
  });
  type Found = { ends: string[]; samples: number; sound: string[]; blobs: number; thumbnails: number };
  const { ends, samples, sound, blobs, thumbnails } = JSON.parse(found) as Found;
  const rejected: Record<string, number> = {};
  for (const end of ends) if (end !== 'queued' && end !== 'stored') rejected[end] = (rejected[end] ?? 0) + 1;
  const had = new Set(sound);
  const beyond = (rows: number) => Math.max(0, rows - offered.length);
  return {
    stored: ends.filter(end => end === 'stored').length,
    queued: ends.filter(end => end === 'queued').length,
    rejected,
    lost: offered.filter(address => !had.has(address)).length,
    duplicated: Math.max(
      sound.length - had.size,
      beyond(ends.length),
      beyond(samples),
      beyond(blobs),
      beyond(thumbnails),
    ),
  };
}
