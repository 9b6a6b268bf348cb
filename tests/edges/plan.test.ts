// The plan as contexts change it at once: none of the changes is written over, and what is forgotten stays so.
import { expect, it, vi } from 'vitest';
import type { Plan } from '../../src/contract/plan';
import { changePlan, forgetPlan, readPlan } from '../../src/edges/plan';
import { fakeLocks } from '../options/fake-locks';

vi.stubGlobal('navigator', { locks: fakeLocks() });
const local = vi.hoisted(() => new Map<string, unknown>());
vi.mock('webextension-polyfill', async () => ({ default: (await import('./fake-storage')).fakeBrowser(local) }));

const PLAN: Plan = { engine: 'bing', at: 0, searches: [{ name: 'Bear', query: 'bear', state: 'waiting' }] };

it('keeps each change, and stays forgotten where it is forgotten while it is changed', async () => {
  await changePlan(() => PLAN);
  const next = (kept: Plan | undefined) => kept && { ...kept, tabId: (kept.tabId ?? 0) + 1 };
  await Promise.all([changePlan(next), changePlan(next)]);
  expect(await readPlan()).toEqual({ ...PLAN, tabId: 2 });
  let forgotten: Promise<void> | undefined;
  await changePlan(kept => {
    forgotten = forgetPlan();
    return kept;
  });
  await forgotten;
  expect(await readPlan()).toBeUndefined();
});
