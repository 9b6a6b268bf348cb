// The features that the extension cached, read from its own database through one of its pages.
import type { Page } from 'puppeteer-core';

/** m of each picture, 2048 long, by the SHA-256 of its bytes; pictures without features are missing. */
export async function cachedFeatures(app: Page, sha256s: string[]): Promise<Map<string, number[]>> {
  const rows = await app.evaluate(async wanted => {
    const request = indexedDB.open('gleaner');
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const all = database.transaction('features').objectStore('features').getAll();
    const found = await new Promise<{ key: string[]; values: Float32Array }[]>((resolve, reject) => {
      all.onsuccess = () => resolve(all.result);
      all.onerror = () => reject(all.error);
    });
    database.close();
    const mine = found.filter(({ key }) => wanted.includes(key[0] ?? '') && key[2] === '');
    return mine.map(({ key, values }) => [key[0] ?? '', [...values.subarray(0, 2048)]] as [string, number[]]);
  }, sha256s);
  return new Map(rows);
}

/** Takes these pictures' features out of the cache, so that the next training computes them anew. */
export async function forgetFeatures(app: Page, sha256s: string[]): Promise<void> {
  await app.evaluate(async wanted => {
    const request = indexedDB.open('gleaner');
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const transaction = database.transaction('features', 'readwrite');
    const store = transaction.objectStore('features');
    const keys = store.getAllKeys();
    keys.onsuccess = () => {
      for (const key of keys.result) if (wanted.includes((key as string[])[0] ?? '')) store.delete(key);
    };
    await new Promise((resolve, reject) => {
      transaction.oncomplete = resolve;
      transaction.onerror = () => reject(transaction.error);
    });
    database.close();
  }, sha256s);
}
