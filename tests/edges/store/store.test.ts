// The collection in IndexedDB: arrivals, duplicates, groups and splits, labels and their undoing, paging, counts.
import { beforeEach, describe, expect, it } from 'vitest';
import { sampleRow } from '../../../harness/rows';
import type { Job } from '../../../src/contract/job';
import { DEFAULT_RATIOS, type Sample } from '../../../src/contract/sample';
import { newJob } from '../../../src/pipeline/queue/job';
import { arrive, freshDatabase, harvestOf, type Store, sha, store } from './database';

let db: Store;
beforeEach(async () => {
  freshDatabase();
  db = await store();
});

async function everything(): Promise<Sample[]> {
  const all: Sample[] = [];
  for await (const sample of db.everySample()) all.push(sample);
  return all;
}
async function rowCounts() {
  const base = await db.database();
  return Promise.all((['samples', 'blobs', 'thumbnails', 'jobs'] as const).map(name => base.count(name)));
}

describe('the jobs of a label', () => {
  it("come each once, page by page, and no other label's", async () => {
    const bear = await db.createLabel('Bear');
    const cub = await db.createLabel('Cub');
    const urls = Array.from({ length: 2300 }, (_, i) => `https://img.example.com/${i}`);
    await db.enqueue(
      harvestOf(bear.id),
      urls.map(url => ({ url })),
    );
    await db.enqueue(harvestOf(cub.id), [{ url: 'https://img.example.com/cub' }]);
    const found: string[] = [];
    for await (const job of db.jobsOf(bear.id)) found.push(job.candidate.url);
    expect(found).toHaveLength(2300);
    expect(new Set(found)).toEqual(new Set(urls));
    for await (const _ of db.jobsOf('nobody')) expect.unreachable();
  });
});

describe('an arrival', () => {
  it('stores row, bytes, thumbnail and the job in one go', async () => {
    const { id } = await db.createLabel('Bear');
    expect(await arrive(db, id, 'a')).toEqual({ kind: 'stored' });
    expect(await rowCounts()).toEqual([1, 1, 1, 1]);
    expect(await (await db.blobOf(sha('a')))?.text()).toBe('a');
    expect(await db.progressOf(harvestOf(id).id)).toMatchObject({ label: 'Bear', stored: 1, queued: 0, rejected: 0 });
  });

  it('of the same bytes is a duplicate, under whichever label', async () => {
    const bear = await db.createLabel('Bear');
    const cub = await db.createLabel('Cub');
    await arrive(db, bear.id, 'a');
    expect(await arrive(db, bear.id, 'b', { content: 'a' })).toEqual({ kind: 'duplicate', labelId: bear.id });
    expect(await arrive(db, cub.id, 'a')).toEqual({ kind: 'duplicate', labelId: bear.id });
    expect((await rowCounts()).slice(0, 3)).toEqual([1, 1, 1]);
  });

  it('the user deleted stays deleted under its label and may come back under another', async () => {
    const bear = await db.createLabel('Bear');
    const cub = await db.createLabel('Cub');
    await arrive(db, bear.id, 'a');
    await db.deleteSamples([sha('a')], DEFAULT_RATIOS);
    expect((await arrive(db, bear.id, 'b', { content: 'a' })).kind).toBe('duplicate');
    expect((await arrive(db, cub.id, 'a')).kind).toBe('stored');
    expect((await db.samplesOf(cub.id, { limit: 9 })).map(({ sha256 }) => sha256)).toEqual([sha('a')]);
  });

  it('brings lost bytes back for good, also where it is one more of its host', async () => {
    const [bear, fox] = [await db.createLabel('Bear'), await db.createLabel('Fox')];
    await arrive(db, bear.id, 'a.jpg', { content: 'same', landed: true });
    const { markLost } = await import('../../../src/edges/store/lost-bytes');
    await markLost(sha('same'));
    expect(await arrive(db, fox.id, 'b.jpg', { content: 'same', landed: true })).toMatchObject({ besides: true });
    const row = await (await db.database()).get('samples', sha('same'));
    expect([row?.landings?.length, row?.lost]).toEqual([2, undefined]);
  });

  it('is unwanted when its job was cancelled or undone on the way', async () => {
    const { id } = await db.createLabel('Bear');
    const harvest = harvestOf(id);
    await db.enqueue(harvest, [{ url: 'https://img.example.com/a' }]);
    await db.cancelLabel(id);
    const before = await rowCounts();
    const sample = (await import('./database')).sha('a');
    const arrival = {
      sample: {
        sha256: sample,
        labelId: id,
        type: 'png' as const,
        bytes: 1,
        width: 1,
        height: 1,
        dHash: sample,
        candidate: { url: 'https://img.example.com/a' },
        provenance: { engine: '', query: '', pageUrl: '', harvestedAt: 0 },
        harvestId: harvest.id,
      },
      blob: new Blob(['a']),
      thumbnail: new Blob(['a']),
      near: [],
    };
    const source = { jobId: `${id}\nhttps://img.example.com/a`, ended: () => (job: Job) => job };
    const [end] = await db.storeArrivals([{ arrival, source }], DEFAULT_RATIOS);
    expect(end).toEqual({ kind: 'unwanted' });
    expect(await rowCounts()).toEqual(before);
  });

  it('is unwanted when its harvest was undone on the way and its address collected anew: that one brings it', async () => {
    const { id } = await db.createLabel('Bear');
    const [first, second] = [harvestOf(id), harvestOf(id, 'second')];
    for (const harvest of [first, second]) await db.saveHarvest(harvest);
    const url = 'https://img.example.com/a';
    await db.enqueue(first, [{ url }]);
    await db.undoHarvest(first.id, DEFAULT_RATIOS);
    await db.enqueue(second, [{ url }]);
    const { group: _group, split: _split, addedAt: _addedAt, ...row } = sampleRow(sha('a'), { labelId: id });
    const source = {
      jobId: `${id}\n${url}`,
      ended:
        () =>
        (job: Job): Job => ({ ...job, state: 'stored' }),
    };
    const arrive = (harvestId: string) => {
      const sample = { ...row, candidate: { url }, harvestId };
      const arrival = { sample, blob: new Blob(['a']), thumbnail: new Blob(['a']), near: [] };
      return db.storeArrivals([{ arrival, source }], DEFAULT_RATIOS);
    };
    expect(await arrive(first.id)).toEqual([{ kind: 'unwanted' }]);
    expect(await db.progressOf(second.id)).toMatchObject({ queued: 1, stored: 0 });
    expect(await arrive(second.id)).toEqual([{ kind: 'stored' }]);
    expect(await db.undoHarvest(second.id, DEFAULT_RATIOS)).toEqual({ images: 1, queued: 0 });
  });

  it('is stored under no label that is not there, and its job still waits', async () => {
    const { id } = await db.createLabel('Bear');
    await (await db.database()).delete('labels', id);
    const harvest = harvestOf(id);
    const job = newJob(harvest, { url: 'https://img.example.com/a' }, 1, 0);
    await (await db.database()).put('jobs', job);
    const {
      group: _group,
      split: _split,
      addedAt: _addedAt,
      ...sample
    } = sampleRow(sha('a'), { labelId: id, harvestId: harvest.id });
    const arrival = { sample, blob: new Blob(['a']), thumbnail: new Blob(['a']), near: [] };
    const source = { jobId: job.id, ended: () => (row: Job) => row };
    expect(await db.storeArrivals([{ arrival, source }], DEFAULT_RATIOS)).toEqual([{ kind: 'label-gone' }]);
    expect([await everything(), await rowCounts()]).toEqual([[], [0, 0, 0, 1]]);
  });

  it('near others joins their group and their split, also across labels', async () => {
    const bear = await db.createLabel('Bear');
    const cub = await db.createLabel('Cub');
    for (const name of ['a', 'b', 'c']) await arrive(db, bear.id, name);
    await arrive(db, cub.id, 'd', { near: ['a', 'b'] });
    const rows = new Map((await everything()).map(row => [row.sha256, row]));
    const three = ['a', 'b', 'd'].map(name => rows.get(sha(name)));
    expect(new Set(three.map(row => row?.group))).toEqual(new Set([['a', 'b', 'd'].map(sha).sort()[0]]));
    expect(new Set(three.map(row => row?.split)).size).toBe(1);
    expect(rows.get(sha('c'))?.group).toBe(sha('c'));
  });

  it('leaves no split of a label empty from ten on, deletions included', async () => {
    const { id } = await db.createLabel('Bear');
    for (let n = 0; n < 12; n++) await arrive(db, id, `picture ${n}`);
    const [counts] = await db.labelCounts();
    expect(counts).toMatchObject({ queued: 0, rejected: {} });
    expect(Math.min(counts?.train ?? 0, counts?.valid ?? 0, counts?.test ?? 0)).toBeGreaterThan(0);
    const test = (await everything()).filter(row => row.split === 'test').slice(0, 2);
    await db.deleteSamples(
      test.map(row => row.sha256),
      DEFAULT_RATIOS,
    );
    const left = await everything();
    expect(left.length).toBe(12 - test.length);
    expect(left.filter(row => row.split === 'test').length).toBeGreaterThan(0);
  });
});

describe('labels', () => {
  it('are one per name, with folders legal and apart', async () => {
    const a = await db.createLabel('Bear');
    expect(await db.createLabel(' Bear ')).toEqual(a);
    expect((await db.createLabel('bear')).folder).toBe('bear-2');
    expect((await db.createLabel('__proto__')).folder).toBe('label __proto__');
    await expect(db.createLabel(' \u0000 '.trim() && '   ')).rejects.toMatchObject({ code: 'label_name_empty' });
    await expect(db.renameLabel(a.id, 'bear')).rejects.toMatchObject({ code: 'label_name_taken' });
    expect((await db.renameLabel(a.id, 'CON')).folder).toBe('label CON');
  });

  it('come back with what went with them, and with nothing else', async () => {
    const { id } = await db.createLabel('Bear');
    await arrive(db, id, 'a');
    await arrive(db, id, 'b');
    await db.deleteSamples([sha('b')], DEFAULT_RATIOS);
    await db.enqueue(harvestOf(id), [{ url: 'https://img.example.com/later' }]);
    await db.deleteLabel(id);
    expect(await db.allLabels()).toEqual([]);
    expect(await everything()).toEqual([]);
    expect((await db.queueState()).queued).toBe(0);
    expect([await db.retryRejected(), await db.retryRejected(id)]).toEqual([0, 0]);
    await db.createLabel('Bear');
    expect((await db.undeleteLabel(id)).label.name).toBe('Bear (2)');
    expect((await everything()).map(({ sha256 }) => sha256)).toEqual([sha('a')]);
    expect((await db.queueState()).queued).toBe(1);
  });

  it('merge with their jobs, of which the better end wins', async () => {
    const bear = await db.createLabel('Bear');
    const cub = await db.createLabel('Cub');
    await arrive(db, cub.id, 'same');
    await db.enqueue(harvestOf(bear.id), [{ url: 'https://img.example.com/same' }]);
    await db.enqueue(harvestOf(cub.id), [{ url: 'https://img.example.com/other' }]);
    await db.mergeLabels(cub.id, bear.id);
    expect((await db.allLabels()).map(({ name }) => name)).toEqual(['Bear']);
    expect((await db.samplesOf(bear.id, { limit: 9 })).length).toBe(1);
    const jobs = await (await db.database()).getAll('jobs');
    expect(jobs.map(job => [job.id, job.state]).sort()).toEqual([
      [`${bear.id}\nhttps://img.example.com/other`, 'queued'],
      [`${bear.id}\nhttps://img.example.com/same`, 'stored'],
    ]);
    expect((await db.progressOf(harvestOf(cub.id).id)).label).toBe('Bear');
  });
});

describe('harvests', () => {
  it('count an address once per label, and take up what was cancelled', async () => {
    const { id } = await db.createLabel('Bear');
    const candidates = ['a', 'b', 'a#x'].map(name => ({ url: `https://img.example.com/${name}` }));
    expect(await db.enqueue(harvestOf(id), candidates)).toEqual({ added: 2, known: 1 });
    expect(await db.enqueue(harvestOf(id), candidates)).toEqual({ added: 0, known: 3 });
    expect(await db.cancelLabel(id)).toBe(2);
    expect(await db.enqueue(harvestOf(id), candidates.slice(0, 1))).toEqual({ added: 1, known: 0 });
  });
});

describe('samples', () => {
  it('page in the order they came, deleted ones apart', async () => {
    const { id } = await db.createLabel('Bear');
    const names = Array.from({ length: 23 }, (_, n) => `picture ${n}`);
    for (const name of names) await arrive(db, id, name);
    await db.deleteSamples(names.slice(0, 8).map(sha), DEFAULT_RATIOS);
    const seen: string[] = [];
    let after: number | undefined;
    for (;;) {
      const page: Sample[] = await db.samplesOf(id, { limit: 5, ...(after === undefined ? {} : { after }) });
      seen.push(...page.map(row => row.sha256));
      after = page.at(-1)?.addedAt;
      if (page.length < 5) break;
    }
    expect(seen).toEqual(names.slice(8).map(sha));
    await db.undeleteSamples(names.slice(0, 8).map(sha), DEFAULT_RATIOS);
    expect((await everything()).length).toBe(23);
  });

  it('take on other ratios and go back to the same splits', async () => {
    const { id } = await db.createLabel('Bear');
    for (let n = 0; n < 40; n++) await arrive(db, id, `picture ${n}`);
    const before = (await everything()).map(row => row.split);
    await db.applyRatios({ train: 1, valid: 0, test: 0 });
    expect(new Set((await everything()).map(row => row.split))).toEqual(new Set(['train']));
    await db.applyRatios(DEFAULT_RATIOS);
    expect((await everything()).map(row => row.split)).toEqual(before);
  });
});

describe('the queue', () => {
  it('is read host by host, in the order of the page', async () => {
    const { id } = await db.createLabel('Bear');
    const urls = ['b', 'a', 'c'].flatMap(host => [3, 1, 2].map(n => ({ url: `https://${host}.test/${n}` })));
    await db.enqueue(harvestOf(id), urls);
    const addresses = (jobs: Job[] | undefined) => jobs?.map(job => job.candidate.url);
    const first = await db.waitingHosts('', 2, 2, () => false);
    expect([...first.jobs].map(([host, jobs]) => [host, addresses(jobs)])).toEqual([
      ['a.test', ['https://a.test/3', 'https://a.test/1']],
      ['b.test', ['https://b.test/3', 'https://b.test/1']],
    ]);
    expect(first.last).toBe('b.test');
    const rest = await db.waitingHosts('b.test', 2, 9, () => false);
    expect(rest.last).toBeUndefined();
    expect(addresses(rest.jobs.get('c.test'))?.length).toBe(3);
    const skipped: string[] = [];
    const none = await db.waitingHosts('', 9, 9, host => skipped.push(host) > 0);
    expect({ skipped, ...none }).toEqual({ skipped: ['a.test', 'b.test', 'c.test'], jobs: new Map(), last: undefined });
    const waiting = await db.waitingOf(['a.test', 'nobody.test'], 2);
    expect(addresses(waiting.get('a.test') ?? [])).toEqual(['https://a.test/3', 'https://a.test/1']);
    expect(waiting.get('nobody.test')).toEqual([]);
    expect(await db.nothingQueued()).toBe(false);
    await db.cancelLabel(id);
    expect(await db.nothingQueued()).toBe(true);
  });
});
