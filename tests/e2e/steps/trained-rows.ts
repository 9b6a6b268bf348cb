// What training left in the extension's own database: the check on what the report says.
import type { Page } from 'puppeteer-core';
import { inDatabase, readRows } from '../../../harness/database';
import type { Model } from '../../../src/contract/report';

/** The newest model without its weights. */
export async function trainedModel(app: Page): Promise<Pick<Model, 'report' | 'verdicts' | 'backbone'>> {
  const models = await readRows<Model>(app, 'models');
  const [newest] = models.sort((a, b) => b.createdAt - a.createdAt);
  if (!newest) throw new Error('there is no model');
  const { report, verdicts, backbone } = newest;
  return { report, verdicts, backbone };
}

/** Cosines between the cached features of the images, as plain dot products of unit vectors. */
export async function cosines(app: Page, backboneId: string, sha256s: string[]): Promise<number[][]> {
  const rows = await inDatabase(
    app,
    ({ database, result }, id, hashes) => {
      const store = database.transaction('features').objectStore('features');
      return Promise.all(
        hashes.map(async hash => {
          const { values } = (await result(store.get([hash, id, '']))) as { values: Float32Array };
          return [...values.slice(0, values.length / 2)];
        }),
      );
    },
    backboneId,
    sha256s,
  );
  const units = rows.map(row => {
    const length = Math.hypot(...row);
    return row.map(value => value / length);
  });
  return units.map(a => units.map(b => a.reduce((sum, value, i) => sum + value * b[i]!, 0)));
}
