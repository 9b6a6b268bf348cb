// Why the queue stands still, as the background sets it and pages read it: each has its own copy of the code.
import { beforeEach, expect, it, vi } from 'vitest';
import { freshDatabase } from './database';

type Pause = typeof import('../../../src/edges/store/pause');
const context = (): Promise<Pause> => {
  vi.resetModules();
  return import('../../../src/edges/store/pause');
};

beforeEach(() => freshDatabase());

it('is what it now is for a page that has asked before', async () => {
  const [background, page] = [await context(), await context()];
  expect(await page.pauseReason()).toBeUndefined();
  for (const reason of ['no-permission', 'user', undefined, 'storage-full'] as const) {
    await background.setPause(reason);
    expect(await page.pauseReason()).toBe(reason);
    expect(await background.pauseReason()).toBe(reason);
  }
});

it('is ended by who set it alone, and by nobody once it is another', async () => {
  const background = await context();
  await background.setPause('user', 'mine');
  await background.endPause('theirs');
  expect(await background.pauseReason()).toBe('user');
  await background.setPause('user');
  await background.endPause('mine');
  expect(await background.pauseReason()).toBe('user');
  await background.setPause('user', 'mine');
  await background.endPause('mine');
  expect(await background.pauseReason()).toBeUndefined();
});
