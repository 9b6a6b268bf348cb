// What each tab may harvest: the click that waits for its collector, and the harvests it began. Kept in storage.session,
// so that it survives the background's death and ends with the browser.
import browser from 'webextension-polyfill';
import type { LabelTarget } from '../contract/messages';

/** What the user asked for with a click. */
export interface Intent {
  /** `ask`: the side panel has yet to name the label. */
  target: LabelTarget | 'ask';
  /** The finds are looked over in the side panel before they are taken. */
  seen?: boolean;
  image?: string;
  everything?: boolean;
}

interface TabHarvests {
  intent?: Intent;
  harvestIds: string[];
}

/** Harvests of one tab that can still be added to or undone. */
const KEPT = 50;

export async function intentOf(tabId: number): Promise<Intent | undefined> {
  return (await read(tabId)).intent;
}

export async function setIntent(tabId: number, intent: Intent): Promise<void> {
  await write(tabId, { ...(await read(tabId)), intent });
}

/** The waiting click came to nothing: whatever the tab shows later was never pressed on. */
export async function dropIntent(tabId: number): Promise<void> {
  const { harvestIds } = await read(tabId);
  await write(tabId, { harvestIds });
}

/** The waiting click became this harvest. */
export async function bindHarvest(tabId: number, harvestId: string): Promise<void> {
  const { harvestIds } = await read(tabId);
  await write(tabId, { harvestIds: [...harvestIds, harvestId].slice(-KEPT) });
}

export async function isHarvestOf(tabId: number, harvestId: string): Promise<boolean> {
  return (await read(tabId)).harvestIds.includes(harvestId);
}

/** The harvest the tab began last. */
export async function latestHarvestOf(tabId: number): Promise<string | undefined> {
  return (await read(tabId)).harvestIds.at(-1);
}

/** Forgets tabs as they close. Must be called while the background starts. */
export function forgetClosedTabs(): void {
  browser.tabs.onRemoved.addListener(tabId => {
    void browser.storage.session.remove(key(tabId));
  });
}

const key = (tabId: number): string => `tab-${tabId}`;

async function read(tabId: number): Promise<TabHarvests> {
  const stored = (await browser.storage.session.get(key(tabId)))[key(tabId)] as TabHarvests | undefined;
  return stored ?? { harvestIds: [] };
}

async function write(tabId: number, value: TabHarvests): Promise<void> {
  await browser.storage.session.set({ [key(tabId)]: value });
}
