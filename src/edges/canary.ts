// Notices a database the browser lost in silence: its name and size are kept in storage.local as well, and compared.
import browser from 'webextension-polyfill';
import { database } from './database';

interface Canary {
  /** Random name of the database this was written beside. */
  dbUuid: string;
  rowCount: number;
  /** Milliseconds since the epoch. */
  lastWrite: number;
}

/** What was lost: how many samples there were, and when the last one was written. */
export interface LossNotice {
  rowCount: number;
  lastWrite: number;
}

const CANARY = 'canary';
const LOSS = 'loss';
const IDENTITY = 'identity';

/**
 * Compares the database with its canary. A damaged database opens empty and without an error, so an unknown name is the
 * only sign. A loss is remembered until `dismissLoss`, and the database goes on under a new name.
 */
export async function guardCollection(): Promise<void> {
  await navigator.locks.request('gleaner-canary', async () => {
    const db = await database();
    const canary = (await browser.storage.local.get(CANARY))[CANARY] as Canary | undefined;
    const identity = (await db.get('meta', IDENTITY)) as string | undefined;
    if (canary && canary.dbUuid !== identity && canary.rowCount > 0) {
      const loss: LossNotice = { rowCount: canary.rowCount, lastWrite: canary.lastWrite };
      await browser.storage.local.set({ [LOSS]: loss });
    }
    if (identity === undefined) await db.put('meta', crypto.randomUUID(), IDENTITY);
    if (canary?.dbUuid !== identity || identity === undefined) await writeCanary();
  });
}

/** Brings the canary up to date; called after writes, a few times a minute at most. */
export async function feedCanary(): Promise<void> {
  await navigator.locks.request('gleaner-canary', writeCanary);
}

/** The loss nobody has seen yet. Safe to ask from any page. */
export async function lossNotice(): Promise<LossNotice | undefined> {
  await guardCollection();
  return (await browser.storage.local.get(LOSS))[LOSS] as LossNotice | undefined;
}

export async function dismissLoss(): Promise<void> {
  await browser.storage.local.remove(LOSS);
}

/** After the user deleted everything there is nothing to miss; the database goes on under a new name. */
export async function forgetCanary(): Promise<void> {
  await navigator.locks.request('gleaner-canary', async () => {
    await browser.storage.local.remove([CANARY, LOSS]);
    await (await database()).put('meta', crypto.randomUUID(), IDENTITY);
    await writeCanary();
  });
}

async function writeCanary(): Promise<void> {
  const db = await database();
  const dbUuid = (await db.get('meta', IDENTITY)) as string | undefined;
  // Without a name the loss has not been looked for yet; writing now would hide it.
  if (dbUuid === undefined) return;
  // Deleted samples keep their rows, but nobody would count them as lost.
  const rowCount = (await db.count('samples')) - (await db.countFromIndex('samples', 'byDeletion'));
  const canary: Canary = { dbUuid, rowCount, lastWrite: Date.now() };
  await browser.storage.local.set({ [CANARY]: canary });
}
