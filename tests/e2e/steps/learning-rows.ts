// Reads and changes what training finds in the extension's own database.
import type { Page } from 'puppeteer-core';
import { inDatabase, readRows } from '../../../harness/database';
import { BUILT_IN } from '../../../src/backbones';
import type { Sample } from '../../../src/contract/sample';

/**
 * Hashes of the images whose features by the installed weights are stored. Those of the built-in network do not count: it
 * looks ahead in its own time as soon as the weights pass for ones from a file.
 */
export async function featured(app: Page): Promise<string[]> {
  const rows = await readRows<{ key: [sha256: string, backbone: string] }>(app, 'features');
  return rows.filter(({ key }) => !key[1].startsWith(BUILT_IN.prefix)).map(({ key }) => key[0]);
}

/** Empties the store of features, or marks each row as seen: a row that is computed anew loses its mark. */
export async function overFeatures(app: Page, work: 'empty' | 'mark'): Promise<void> {
  await inDatabase(
    app,
    async ({ database, result, done }, mark) => {
      const transaction = database.transaction('features', 'readwrite');
      const store = transaction.objectStore('features');
      const rows = await result(store.getAll());
      store.clear();
      if (mark) for (const row of rows) store.put({ ...row, seen: true });
      await done(transaction);
    },
    work === 'mark',
  );
}

/** Overwrites the bytes of one image that has no features yet; gives its hash. */
export async function damageOne(app: Page): Promise<string> {
  const had = await featured(app);
  const { sha256 } = (await readRows<Sample>(app, 'samples')).find(
    ({ sha256, split }) => split === 'train' && !had.includes(sha256),
  )!;
  await inDatabase(
    app,
    async ({ database, done }, sha256) => {
      const transaction = database.transaction('blobs', 'readwrite');
      transaction.objectStore('blobs').put({ sha256, blob: new Blob([new Uint8Array(5000)]) });
      await done(transaction);
    },
    sha256,
  );
  return sha256;
}

/**
 * Gives each image features of its own, none like another's, but for two of one label in groups of their own: the first is
 * trained with, the second has the features of the first.
 */
export async function makeFeatures(app: Page): Promise<[learnt: string, copy: string]> {
  const had = new Set(await featured(app));
  const samples = (await readRows<Sample>(app, 'samples')).filter(({ sha256 }) => had.has(sha256));
  const learnt = samples.find(({ split }) => split === 'train')!;
  const mates = samples.filter(({ labelId, group }) => labelId === learnt.labelId && group !== learnt.group);
  const copy = mates.find(({ split }) => split !== 'train') ?? mates[0]!;
  await inDatabase(
    app,
    async ({ database, result, done }, learnt, copy) => {
      const transaction = database.transaction('features', 'readwrite');
      const store = transaction.objectStore('features');
      const rows = await result(store.getAll());
      const hashes = rows.map(({ key }) => key[0]);
      for (const { key } of rows) {
        const values = new Float32Array(4096);
        values[hashes.indexOf(key[0] === copy ? learnt : key[0])] = 1;
        store.put({ key, values });
      }
      await done(transaction);
    },
    learnt.sha256,
    copy.sha256,
  );
  return [learnt.sha256, copy.sha256];
}

/** Has the installed weights pass for ones from a file, or for what they are. */
export async function callWeights(app: Page, weights: 'seeded' | 'file'): Promise<void> {
  await inDatabase(
    app,
    async ({ database, result, done }, weights) => {
      const transaction = database.transaction('backbones', 'readwrite');
      const store = transaction.objectStore('backbones');
      for (const row of await result(store.getAll())) store.put({ ...row, info: { ...row.info, weights } });
      await done(transaction);
    },
    weights,
  );
}

/** Remembers of a backend that its numbers are right with the weights of this id. */
export async function trustBackend(app: Page, backend: string, id: string): Promise<void> {
  await inDatabase(
    app,
    async ({ database, done }, name) => {
      const transaction = database.transaction('meta', 'readwrite');
      const row = { userAgent: navigator.userAgent, right: { [name]: true } };
      transaction.objectStore('meta').put(row, 'backend-checks');
      await done(transaction);
    },
    `${backend} ${id.replace(/-(crop|squash)\d+$/, '')}`,
  );
}
