// Who speaks from a page: judged by the sender that the browser names, never by what the message says.
import type { Runtime } from 'webextension-polyfill';
import { MAX_ADDRESS_LENGTH } from '../../contract/candidate';
import { isHarvestOf } from '../../edges/tab-harvests';
import { checkId, httpAddress } from '../../pipeline/harvest/check-batch';

/** Throws for who is no collector. */
export function tabOf(sender: Runtime.MessageSender): number {
  // Only the top frame holds a collector; frames of other sites never speak for the tab.
  if (sender.tab?.id === undefined || (sender.frameId ?? 0) !== 0) throw refused();
  return sender.tab.id;
}

/** The harvest's id, when this tab began it; rejects where it did not. */
export async function ownHarvest(value: unknown, sender: Runtime.MessageSender): Promise<string> {
  const id = checkId(value);
  if (id === undefined || !(await isHarvestOf(tabOf(sender), id))) throw refused();
  return id;
}

/** The page's address as it is now: a sender's own is the one its document was loaded from. */
export function pageOf(sender: Runtime.MessageSender): string {
  const loaded = httpAddress(sender.url, MAX_ADDRESS_LENGTH) ?? '';
  const now = httpAddress(sender.tab?.url, MAX_ADDRESS_LENGTH) ?? '';
  return now !== '' && loaded !== '' && new URL(now).origin === new URL(loaded).origin ? now : loaded;
}

/** Says no more than that: who asked is nobody to be told why. */
export function refused(): Error {
  return new Error('refused');
}
