// What training left in the extension's own database: the check on what the report says.
import type { Page } from 'puppeteer-core';
import type { Model } from '../../src/contract/report';

/** The newest model without its weights. */
export async function trainedModel(app: Page): Promise<Pick<Model, 'report' | 'verdicts' | 'backbone'>> {
  const rows = await app.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open('gleaner');
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const models = await new Promise<Model[]>((resolve, reject) => {
      const request = database.transaction('models').objectStore('models').getAll();
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    database.close();
    const [newest] = models.sort((a, b) => b.createdAt - a.createdAt);
    if (!newest) throw new Error('there is no model');
    const { report, verdicts, backbone } = newest;
    return JSON.stringify({ report, verdicts, backbone });
  });
  return JSON.parse(rows);
}

/** Cosines between the cached features of the pictures, as plain dot products of unit vectors. */
export async function cosines(app: Page, backboneId: string, sha256s: string[]): Promise<number[][]> {
  return app.evaluate(
    async (id, hashes) => {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open('gleaner');
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
      const store = database.transaction('features').objectStore('features');
      const rows = await Promise.all(
        hashes.map(
          hash =>
            new Promise<number[]>((resolve, reject) => {
              const request = store.get([hash, id, '']);
              request.onsuccess = () => resolve([...(request.result.values as Float32Array).slice(0, 2048)]);
              request.onerror = () => reject(request.error);
            }),
        ),
      );
      database.close();
      const units = rows.map(row => {
        const length = Math.hypot(...row);
        return row.map(value => value / length);
      });
      return units.map(a => units.map(b => a.reduce((sum, value, i) => sum + value * b[i]!, 0)));
    },
    backboneId,
    sha256s,
  );
}
