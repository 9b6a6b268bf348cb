// Notices a database the browser lost in silence: its name and size are kept in storage.local as well, and compared. The
// notice itself is kept in the database: in Firefox the process of a page may write storage.local, but never there.
import browser from 'webextension-polyfill';
import { database } from './database';
import { metaItem } from './store/meta';

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

/** The last moment a date can be. */
const LATEST = 8.64e15;
const CANARY = 'canary';
const LOSS = 'loss';
const loss = metaItem<LossNotice>(LOSS);
/** The random name of the database. */
const identity = metaItem<string>('identity');
/** Says that a notice of an earlier version, which kept it in storage.local, was looked for. */
const lossMoved = metaItem<true>('loss-moved');

/**
 * Compares the database with its canary. A damaged database opens empty and without an error, so that it has no name is the
 * only sign; one that has a name was not lost, whatever a canary says. A loss is remembered until `dismissLoss`, and the
 * database goes on under a new name.
 */
export async function guardCollection(): Promise<void> {
  await navigator.locks.request('gleaner-canary', async () => {
    const db = await database();
    const stored = await browser.storage.local.get([CANARY, LOSS]);
    const canary = checkedCanary(stored[CANARY]);
    const tx = db.transaction('meta', 'readwrite');
    const name = await identity.get(tx.store);
    const moved = await lossMoved.get(tx.store);
    const lost =
      (name === undefined ? canary : undefined) ?? (moved === undefined ? checkedCanary(stored[LOSS]) : undefined);
    if (lost && lost.rowCount > 0) await loss.set({ rowCount: lost.rowCount, lastWrite: lost.lastWrite }, tx.store);
    if (name === undefined) await identity.set(crypto.randomUUID(), tx.store);
    if (moved === undefined) await lossMoved.set(true, tx.store);
    await tx.done;
    if (canary?.dbUuid !== name || name === undefined) await writeCanary();
  });
}

/** What storage holds, when it can be a canary or a notice of a loss. */
function checkedCanary(value: unknown): Canary | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { dbUuid = '', rowCount, lastWrite } = value as Partial<Record<keyof Canary, unknown>>;
  if (typeof dbUuid !== 'string' || typeof rowCount !== 'number' || typeof lastWrite !== 'number') return undefined;
  return Number.isSafeInteger(rowCount) && Math.abs(lastWrite) <= LATEST ? { dbUuid, rowCount, lastWrite } : undefined;
}

/** Brings the canary up to date; called after writes, a few times a minute at most. */
export async function feedCanary(): Promise<void> {
  await navigator.locks.request('gleaner-canary', writeCanary);
}

/** The loss nobody has seen yet. Safe to ask from any page. */
export async function lossNotice(): Promise<LossNotice | undefined> {
  await guardCollection();
  return loss.get();
}

export async function dismissLoss(): Promise<void> {
  await loss.remove();
}

/** After the user deleted everything there is nothing to miss; the database goes on under a new name. */
export async function forgetCanary(): Promise<void> {
  await navigator.locks.request('gleaner-canary', async () => {
    await browser.storage.local.remove([CANARY, LOSS]);
    const tx = (await database()).transaction('meta', 'readwrite');
    await loss.remove(tx.store);
    await lossMoved.set(true, tx.store);
    await identity.set(crypto.randomUUID(), tx.store);
    await tx.done;
    await writeCanary();
  });
}

async function writeCanary(): Promise<void> {
  const db = await database();
  const dbUuid = await identity.get();
  // Without a name the loss has not been looked for yet; writing now would hide it.
  if (dbUuid === undefined) return;
  // Deleted samples keep their rows, but nobody would count them as lost.
  const rowCount = (await db.count('samples')) - (await db.countFromIndex('samples', 'byDeletion'));
  const canary: Canary = { dbUuid, rowCount, lastWrite: Date.now() };
  await browser.storage.local.set({ [CANARY]: canary });
}
