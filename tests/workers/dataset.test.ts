// What training makes of collections that are too small or uneven: a named reason, or the labels that can be learnt.
import { beforeEach, describe, expect, it } from 'vitest';
import { arrive, freshDatabase, type Store, store } from '../edges/store/database';

let db: Store;
beforeEach(async () => {
  freshDatabase();
  db = await store();
});

/** Bound to the database of this test. */
async function readDataset() {
  const { readDataset } = await import('../../src/entries/workers/dataset');
  return readDataset();
}

/** A label with so many images. */
async function label(name: string, images: number): Promise<string> {
  const { id } = await db.createLabel(name);
  for (let i = 0; i < images; i++) await arrive(db, id, `${name}${i}`);
  return id;
}

describe('the dataset of a training', () => {
  it('is refused with a reason where there are no images, or one label only', async () => {
    await expect(readDataset()).rejects.toMatchObject({ code: 'no_images' });
    await label('empty', 0);
    await expect(readDataset()).rejects.toMatchObject({ code: 'no_images' });
    await label('alone', 5);
    await expect(readDataset()).rejects.toMatchObject({ code: 'one_label' });
  });

  it('leaves an empty label out, and keeps one with a single image', async () => {
    await label('cats', 8);
    await label('empty', 0);
    await label('rare', 1);
    const { labels, samples, stored } = await readDataset();
    expect(labels.map(({ name }) => name)).toEqual(['cats', 'rare']);
    expect(samples.filter(({ truth }) => truth === 1).map(({ split }) => split)).toEqual(['train']);
    expect([samples.length, stored]).toEqual([9, 9]);
  });

  it('takes as many labels as have an image to learn from, a hundred and more', async () => {
    for (let i = 0; i < 110; i++) await label(`label ${i}`, 2);
    const all = await (await db.database()).getAll('samples');
    const learnt = new Set(all.filter(({ split }) => split === 'train').map(({ labelId }) => labelId));
    // Below ten images nobody sees to it that each split has one; the screen says which labels have none to learn from.
    expect(learnt.size).toBeGreaterThanOrEqual(100);
    const { labels, samples } = await readDataset();
    expect(new Set(labels.map(({ id }) => id))).toEqual(learnt);
    expect(new Set(samples.map(({ truth }) => truth)).size).toBe(learnt.size);
  });
});
