// The features that the extension cached, read from its own database through one of its pages.
import type { Page } from 'puppeteer-core';
import { inDatabase } from '../../harness/database';

/** m of each image by ResNet-50, by the SHA-256 of its bytes; images without such features are missing. */
export async function cachedFeatures(app: Page, sha256s: string[]): Promise<Map<string, number[]>> {
  const rows = await inDatabase(
    app,
    async ({ database, result }, wanted) => {
      const all = database.transaction('features').objectStore('features').getAll();
      const found = (await result(all)) as { key: string[]; values: Float32Array }[];
      const mine = found.filter(
        ({ key: [sha256 = '', backbone = '', variant] }) =>
          wanted.includes(sha256) && backbone.startsWith('resnet50') && variant === '',
      );
      return mine.map(
        ({ key, values }) => [key[0] ?? '', [...values.subarray(0, values.length / 2)]] as [string, number[]],
      );
    },
    sha256s,
  );
  return new Map(rows);
}

/** Takes these images' features out of the cache, so that the next training computes them anew. */
export async function forgetFeatures(app: Page, sha256s: string[]): Promise<void> {
  await inDatabase(
    app,
    async ({ database, result, done }, wanted) => {
      const transaction = database.transaction('features', 'readwrite');
      const store = transaction.objectStore('features');
      for (const key of (await result(store.getAllKeys())) as string[][]) {
        if (wanted.includes(key[0] ?? '')) store.delete(key);
      }
      await done(transaction);
    },
    sha256s,
  );
}
