// A model that reads two backbones, as a training leaves it where both together won: made of the newest model and weights at hand.
import type { Page } from 'puppeteer-core';
import { backboneOf, featuresId } from '../src/backbones';
import type { BackboneInfo } from '../src/contract/features';
import type { Model } from '../src/contract/report';
import { inDatabase, readRows } from './database';

/**
 * Makes the newest model one of its own backbone and of weights the user brought, of another network, with a linear head of
 * random numbers that is never sure; the page has to be opened anew to see it.
 */
export async function joinBackbones(page: Page): Promise<void> {
  const [newest] = (await readRows<Model>(page, 'models')).sort((a, b) => b.createdAt - a.createdAt);
  const brought = (await readRows<{ info: BackboneInfo }>(page, 'backbones')).map(({ info }) => info);
  const other = brought.find(({ family }) => family !== newest?.backbone.family);
  if (!newest || !other) throw new Error('there is no model, or there are no weights of another network');
  const own = { ...newest.backbone, id: featuresId(newest.backbone.id, 'crop') };
  const beside = [{ ...other, id: featuresId(other.id, 'crop') }];
  const rows = [own, ...beside].reduce((sum, { family }) => sum + backboneOf(family).length, 0);
  await inDatabase(
    page,
    async ({ database, result, done }, id, backbone, beside, rows) => {
      const transaction = database.transaction('models', 'readwrite');
      const store = transaction.objectStore('models');
      const { unseen: _unseen, resemblance: _resemblance, ...model } = await result(store.get(id));
      const columns = model.labels.length;
      const values = new Float32Array(rows * columns);
      let state = 1;
      for (let i = 0; i < values.length; i++) {
        state = (state * 48271) % 2147483647;
        values[i] = 0.05 * (state / 2147483647 - 0.5);
      }
      const head = { kind: 'linear', w: { rows, columns, values }, b: new Float32Array(columns), l2: 1, lambda: 1 };
      store.put({ ...model, id: crypto.randomUUID(), createdAt: model.createdAt + 1, backbone, beside, head });
      await done(transaction);
    },
    newest.id,
    own,
    beside,
    rows,
  );
}
