// The plan as contexts change it at once: none of the changes is written over, and what is forgotten stays so.
import { expect, it, vi } from 'vitest';
import type { Plan } from '../../src/contract/plan';
import { changePlan, forgetPlan, readPlan } from '../../src/edges/plan';
import { fakeLocks } from '../options/fake-locks';

vi.stubGlobal('navigator', { locks: fakeLocks() });
const local = new Map<string, unknown>();
vi.mock('webextension-polyfill', () => ({
  default: {
    storage: {
      local: {
        get: async (key: string) => (local.has(key) ? { [key]: local.get(key) } : {}),
        set: async (values: object) => {
          for (const [key, value] of Object.entries(values)) local.set(key, value);
        },
        remove: async (key: string) => void local.delete(key),
      },
    },
  },
}));

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
