// The plan of searches in storage.local, held against what it may be whenever it is read, as settings are.
import browser from 'webextension-polyfill';
import type { Plan } from '../contract/plan';
import { checkedPlan } from '../pipeline/harvest/plan';

const KEY = 'plan';

export async function readPlan(): Promise<Plan | undefined> {
  return checkedPlan((await browser.storage.local.get(KEY))[KEY]);
}

/** Changes the plan as it is kept, one change after the other, so that none is written over; undefined leaves it alone. */
export async function changePlan(change: (kept: Plan | undefined) => Plan | undefined): Promise<void> {
  await navigator.locks.request(KEY, async () => {
    const plan = change(await readPlan());
    if (plan) await browser.storage.local.set({ [KEY]: plan });
  });
}

export async function forgetPlan(): Promise<void> {
  // After a change that is being made, which would bring the plan back.
  await navigator.locks.request(KEY, () => browser.storage.local.remove(KEY));
}

/** Calls back when the plan changed, here or in another context, until the signal aborts. */
export function onPlanChanged(callback: () => void, signal: AbortSignal): void {
  const changed = (changes: Record<string, unknown>, area: string): void => {
    if (area === 'local' && Object.hasOwn(changes, KEY)) callback();
  };
  browser.storage.onChanged.addListener(changed);
  signal.addEventListener('abort', () => browser.storage.onChanged.removeListener(changed));
}
