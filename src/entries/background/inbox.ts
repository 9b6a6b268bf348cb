// Takes the user's own, imported and restored images out of the inbox: checked, decoded and stored like downloaded ones.
import type { Reason } from '../../contract/job';
import type { Answer, RefusedFile } from '../../contract/messages';
import { keepAwake } from '../../edges/keep-awake';
import { afterOthers } from '../../edges/locks';
import { type InboxEntry, inboxEntry, inboxIds, removeFromInbox } from '../../edges/store/inbox';
import { isStorageFailure } from '../../edges/store/storage-failure';
import { OWN_LIMITS } from '../../pipeline/download/limits';
import { announceSoon } from './announcements';
import { taker } from './pump';
import type { ImageEnd } from './take-image';

/** How often an image's bytes are asked for when reading fails, and how long is waited between, in ms. */
const READS = 3;
const READ_AGAIN_MS = 200;
/** Refused files that are told by name. */
const MOST_NAMED = 20;

/**
 * Takes these of the waiting images: what others have put in is theirs to count. An image leaves the inbox in the transaction that
 * stores it, or when it was refused; the rest is left waiting when the storage refuses.
 */
export async function takeInbox(ids: readonly number[]): Promise<Answer<'takeInbox'>> {
  const asleep = new AbortController();
  keepAwake(asleep.signal);
  const rejected: Partial<Record<Reason, number>> = {};
  const refused: RefusedFile[] = [];
  const stored: string[] = [];
  try {
    for (const id of ids) {
      const { name, end } = await takeOne(id);
      if (end.kind === 'stored') {
        stored.push(end.sha256);
      } else if (end.kind !== 'unwanted') {
        const reason = reasonOf(end);
        rejected[reason] = (rejected[reason] ?? 0) + 1;
        if (refused.length < MOST_NAMED) refused.push({ name, reason });
        await removeFromInbox(id);
      }
      announceSoon({ samples: true });
    }
    return { stored, rejected, refused };
  } catch (error) {
    if (isStorageFailure(error)) return { stored, rejected, refused, full: true };
    throw error;
  } finally {
    asleep.abort();
    // What cannot be written down now makes bystanders of images that are looked at again; no more.
    await taker.rest().catch(() => undefined);
  }
}

/**
 * Takes what a page or a background that died has left. A page that hands images over right now counts what becomes of
 * them, so they are left to it, and what it does not take is taken after it; one at a time, so that no page waits long.
 */
export async function takeLeftovers(): Promise<void> {
  for (const id of await inboxIds()) {
    const { full } = await afterOthers('inbox', () => takeInbox([id]));
    if (full) return;
  }
}

function reasonOf(end: Exclude<ImageEnd, { kind: 'stored' | 'unwanted' }>): Reason {
  if (end.kind === 'rejected') return end.reason;
  return end.kind === 'undone' ? 'undone' : 'duplicate-of';
}

/** Under the label as it is when the image is stored, should that be merged while it is looked at; not at all where it is deleted. */
async function takeOne(id: number): Promise<{ name: string; end: Exclude<ImageEnd, { kind: 'label-gone' }> }> {
  for (;;) {
    const entry = await inboxEntry(id);
    if (!entry) return { name: '', end: { kind: 'unwanted', sha256: '' } };
    const { name, labelId } = entry;
    if (labelId === undefined) return { name, end: { kind: 'rejected', reason: 'cancelled' } };
    const end = await take({ ...entry, labelId });
    if (end.kind !== 'label-gone') return { name, end };
  }
}

async function take({ id, labelId, name, blob, origin }: InboxEntry): Promise<ImageEnd> {
  if (blob.size > OWN_LIMITS.bytes) return { kind: 'rejected', reason: 'too-large', detail: `${blob.size}` };
  if (await taker.gaveUp({ inboxId: id })) return { kind: 'rejected', reason: 'undecodable' };
  const body = await bytesOf(blob);
  if (!body) return { kind: 'rejected', reason: 'undecodable' };
  if (origin) {
    const { fromBackup, ...from } = origin;
    return taker.take(body, { labelId, ...from }, { inboxId: id }, { fromBackup });
  }
  const provenance = { engine: 'own', query: '', pageUrl: '', harvestedAt: Date.now() };
  // An image of the user's own has a name but no address.
  const own = { labelId, candidate: { url: '', title: name }, provenance, harvestId: '' };
  return taker.take(body, own, { inboxId: id });
}

/** The bytes; undefined when they cannot be read, also not a little later. Others behind this one shall not wait for ever. */
async function bytesOf(blob: Blob): Promise<Uint8Array<ArrayBuffer> | undefined> {
  for (let tries = 1; ; tries++) {
    try {
      return new Uint8Array(await blob.arrayBuffer());
    } catch (error) {
      if (tries === READS) {
        console.warn(error);
        return undefined;
      }
      await new Promise(resolve => setTimeout(resolve, READ_AGAIN_MS * tries));
    }
  }
}
