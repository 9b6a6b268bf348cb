// Batches what is told to other contexts: at most four announcements a second, however fast the rows change.
import type { Changed } from '../../contract/messages';
import { showBadge } from '../../edges/badge';
import { feedCanary } from '../../edges/canary';
import { announce } from '../../edges/changes';
import { queueState } from '../../edges/store/jobs';

const INTERVAL = 250;
const CANARY_INTERVAL = 5_000;

// Lost with the background, which only means that one announcement less is made.
let pending: Changed | undefined;
let canaryFedAt = 0;

/** Tells pages soon that rows changed, and brings the badge and the canary up to date with them. */
export function announceSoon(changed: Changed): void {
  if (pending) {
    Object.assign(pending, changed);
    return;
  }
  pending = { ...changed };
  setTimeout(() => {
    const now = pending ?? {};
    pending = undefined;
    announce(now);
    // A badge or canary that is late is no reason to stop anything.
    void tidy(now).catch(error => console.warn(error));
  }, INTERVAL);
}

async function tidy(changed: Changed): Promise<void> {
  if (changed.jobs) await showBadge((await queueState()).queued);
  if (!changed.samples || Date.now() - canaryFedAt < CANARY_INTERVAL) return;
  canaryFedAt = Date.now();
  await feedCanary();
}
