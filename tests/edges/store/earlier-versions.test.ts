// Databases as earlier versions left them, opened by this one: nothing collected, said or trained is lost.
import { beforeEach, describe, expect, it } from 'vitest';
import { freshDatabase, type Store, store } from './database';
import { openedByVersion } from './earlier-version';

let db: Store;
beforeEach(async () => {
  freshDatabase();
  await openedByVersion(3);
  db = await store();
});

describe('a database of version 3', () => {
  it('keeps its labels, samples and their bytes', async () => {
    const labels = await db.allLabels();
    expect(labels.map(({ name }) => name).sort()).toEqual(['dots', 'rings', 'stripes']);
    const rows = [];
    for (const { id } of labels) rows.push(...(await db.samplesOf(id, { limit: 99 })));
    expect(rows).toHaveLength(14);
    for (const { sha256, bytes } of rows) expect((await db.blobOf(sha256))?.size).toBe(bytes);
  });

  it('keeps its bin, and the deleted label comes back with its images', async () => {
    expect((await db.binContents()).images).toBe(3);
    const base = await db.database();
    const key = (await base.getAllKeys('meta')).find(key => key.startsWith('deleted-label:'));
    const { label } = await db.undeleteLabel(`${key}`.slice('deleted-label:'.length));
    expect(label.name).toBe('checks');
    expect(await db.samplesOf(label.id, { limit: 9 })).toHaveLength(2);
    expect((await db.binContents()).images).toBe(1);
  });

  it('keeps what the user said of pictures found for two labels, and asks of the others', async () => {
    const { openClaims } = await import('../../../src/edges/store/claims');
    expect((await openClaims()).map(({ sample }) => sample.candidate.url)).toEqual([
      'https://images.lantern.example/dots/0/dots-0.jpg',
    ]);
    const { groupsAcross } = await import('../../../src/edges/store/look-alikes');
    expect((await groupsAcross()).map(group => group.map(({ candidate }) => candidate.url).sort())).toEqual([
      ['https://photos.quarry.example/dots/5/dots-7.jpg', 'https://photos.quarry.example/rings/5/small.jpg'],
    ]);
  });

  it('keeps the queue, paused by the user, and the addresses that failed', async () => {
    expect(await db.queueState()).toEqual({ queued: 1, paused: 'user' });
    const dots = (await db.allLabels()).find(({ name }) => name === 'dots')?.id ?? '';
    expect((await db.rejectedJobs(dots, 9)).map(({ reason }) => reason)).toEqual(['not-found']);
  });

  it('keeps the trained model and the features it learnt from', async () => {
    const { newestModel } = await import('../../../src/edges/store/models');
    expect((await newestModel())?.report).toBeDefined();
    const features = await (await db.database()).getAll('features');
    expect(features).toHaveLength(10);
    for (const { values } of features) expect(values).toHaveLength(4096);
  });
});
