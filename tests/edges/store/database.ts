// A fresh fake database for each test, and rows to fill it with.
import 'fake-indexeddb/auto';
import { createHash } from 'node:crypto';
import { IDBFactory } from 'fake-indexeddb';
import { vi } from 'vitest';
import { sampleRow } from '../../../harness/rows';
import type { Harvest } from '../../../src/contract/harvest';
import type { Job } from '../../../src/contract/job';
import { DEFAULT_RATIOS } from '../../../src/contract/sample';
import { newHarvest } from '../../../src/pipeline/harvest/new-harvest';

/** Forgets the database and every module that holds a connection to it. */
export function freshDatabase(): void {
  globalThis.indexedDB = new IDBFactory();
  vi.resetModules();
}

/** The store's modules, bound to the database of this test. */
export async function store() {
  const folder = '../../../src/edges/store';
  const [
    arrivals,
    bin,
    deleted,
    harvests,
    inbox,
    jobs,
    labels,
    merge,
    pause,
    queue,
    sampleChanges,
    samples,
    splits,
    holdings,
    undoHarvest,
    database,
  ] = await Promise.all([
    import(`${folder}/arrivals.ts`) as Promise<typeof import('../../../src/edges/store/arrivals')>,
    import(`${folder}/bin.ts`) as Promise<typeof import('../../../src/edges/store/bin')>,
    import(`${folder}/deleted-labels.ts`) as Promise<typeof import('../../../src/edges/store/deleted-labels')>,
    import(`${folder}/harvests.ts`) as Promise<typeof import('../../../src/edges/store/harvests')>,
    import(`${folder}/inbox.ts`) as Promise<typeof import('../../../src/edges/store/inbox')>,
    import(`${folder}/jobs.ts`) as Promise<typeof import('../../../src/edges/store/jobs')>,
    import(`${folder}/labels.ts`) as Promise<typeof import('../../../src/edges/store/labels')>,
    import(`${folder}/merge-labels.ts`) as Promise<typeof import('../../../src/edges/store/merge-labels')>,
    import(`${folder}/pause.ts`) as Promise<typeof import('../../../src/edges/store/pause')>,
    import(`${folder}/queue.ts`) as Promise<typeof import('../../../src/edges/store/queue')>,
    import(`${folder}/sample-changes.ts`) as Promise<typeof import('../../../src/edges/store/sample-changes')>,
    import(`${folder}/samples.ts`) as Promise<typeof import('../../../src/edges/store/samples')>,
    import(`${folder}/splits.ts`) as Promise<typeof import('../../../src/edges/store/splits')>,
    import(`${folder}/harvest-holdings.ts`) as Promise<typeof import('../../../src/edges/store/harvest-holdings')>,
    import(`${folder}/undo-harvest.ts`) as Promise<typeof import('../../../src/edges/store/undo-harvest')>,
    import('../../../src/edges/database') as Promise<typeof import('../../../src/edges/database')>,
  ]);
  return {
    ...arrivals,
    ...bin,
    ...deleted,
    ...harvests,
    ...inbox,
    ...jobs,
    ...labels,
    ...merge,
    ...pause,
    ...queue,
    ...sampleChanges,
    ...samples,
    ...splits,
    ...holdings,
    ...undoHarvest,
    ...database,
  };
}
export type Store = Awaited<ReturnType<typeof store>>;

export const sha = (text: string) => createHash('sha256').update(text).digest('hex');

export function harvestOf(labelId: string, id = `harvest of ${labelId}`): Harvest {
  return newHarvest({ id, labelId, engine: 'bing', query: 'bear', pageUrl: 'https://search.example.com/?q=bear' }, 1);
}

/** Stores an image named `name` as if its download of `https://img.example.com/<name>` had ended. `landed`: it says where. */
export async function arrive(
  db: Store,
  labelId: string,
  name: string,
  { near = [] as string[], content = name, host = 'img.example.com', landed = false } = {},
) {
  const harvest = harvestOf(labelId);
  await db.saveHarvest(harvest);
  const candidate = { url: `https://${host}/${name}` };
  await db.enqueue(harvest, [candidate]);
  const {
    group: _group,
    split: _split,
    addedAt: _addedAt,
    ...sample
  } = sampleRow(sha(content), {
    labelId,
    bytes: content.length,
    width: 40,
    height: 30,
    candidate,
    provenance: { engine: 'bing', query: 'bear', pageUrl: '', harvestedAt: 1 },
    harvestId: harvest.id,
  });
  const { jobAfter, jobId } = await import('../../../src/pipeline/queue/job');
  const id = jobId(labelId, candidate.url);
  const arrival = {
    ...{ sample, blob: new Blob([content]), thumbnail: new Blob(['t']), near: near.map(sha) },
    ...(landed && { landing: { asked: candidate.url, jobId: id } }),
  };
  const source = {
    jobId: id,
    ended: (sha256: string) => (job: Job) => jobAfter(job, { kind: 'stored', sha256 }, Date.now(), 0),
  };
  const [end] = await db.storeArrivals([{ arrival, source }], DEFAULT_RATIOS);
  if (!end) throw new Error('no end');
  return end;
}
