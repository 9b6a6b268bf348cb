// Runs the queue in the background: one pump under a lock, kept awake while it works, woken when it may go on.
import type { PauseReason } from '../../contract/harvest';
import { feedCanary, guardCollection } from '../../edges/canary';
import { decodeImage } from '../../edges/decode-image';
import { fetchGuarded } from '../../edges/fetch-guarded';
import { keepAwake, wakeAt, wakeNoMore } from '../../edges/keep-awake';
import { unlessOthers } from '../../edges/locks';
import { hasAccessTo, hasImageSites } from '../../edges/permissions';
import { keepsOutOfPrivateNetworks } from '../../edges/private-network-rule';
import { clearRefererRules, withReferer } from '../../edges/referer-rule';
import { readSettings } from '../../edges/settings';
import { freeBytes } from '../../edges/storage-estimate';
import { pauseReason, setPause } from '../../edges/store/pause';
import { storageTakesBytes } from '../../edges/store/storage-failure';
import { sha256 } from '../../formats/sha256';
import { LOOK_LIMITS } from '../../pipeline/download/limits';
import { announceSoon } from './announcements';
import { DiskFloor } from './disk-floor';
import { pump } from './pump-loop';
import type { PumpEnd, PumpTools } from './pump-tools';
import { ImageTaker, type ImageTools } from './take-image';

const SAFETY = 30_000;
const FULL_RETRY = 60_000;

/** A new background answers the messages it was started for before it looks at what the one before may have died of. */
const rested = new Promise(resolve => setTimeout(resolve, LOOK_LIMITS.rest));

const decode: ImageTools['decode'] = (blob, stored) =>
  decodeImage(blob, stored.width * stored.height, undefined, stored);
/** Shared by the pump and `takeInbox`, so that both see the same hashes, and neither looks at an image beside a dangerous one. */
export const taker = new ImageTaker({ decode, sha256, settings: readSettings }, rested);

// None of this is truth: a new background begins with an idle pump and finds its work in the database.
let running = false;
let again = false;
let changed = true;
let nudge: () => void = () => undefined;
/** The pause that pages were told of last; 'nothing' before this background told them anything. */
let told: PauseReason | 'nothing' | undefined = 'nothing';

/**
 * Says that there may be something to do: jobs were added, cancelled or moved, access was given, the alarm rang. Cheap, and
 * harmless when there is nothing.
 */
export function wake(): void {
  again = true;
  changed = true;
  nudge();
  if (!running) void work();
}

async function work(): Promise<void> {
  running = true;
  try {
    // A call that comes while a run is ending would otherwise be lost.
    while (again) {
      again = false;
      await unlessOthers('pump', run);
    }
  } catch (error) {
    console.error(error);
    await wakeAt(Date.now() + SAFETY);
  } finally {
    running = false;
  }
}

async function run(): Promise<void> {
  const asleep = new AbortController();
  keepAwake(asleep.signal);
  try {
    await wakeAt(Date.now() + SAFETY);
    await guardCollection();
    await clearRefererRules();
    await forgetOldPause();
    if (!(await keepsOutOfPrivateNetworks()) && (await pauseReason()) === undefined) await setPause('unguarded');
    await afterEnd(await pump(taker, tools, (await readSettings()).transfers));
    await feedCanary();
    await tellPause();
  } finally {
    asleep.abort();
  }
}

/**
 * Tells pages how the queue stands now; of attempts they were told already. Not where nothing is new: whoever is told reads
 * again, asks for the queue and so wakes the pump, which would go round for ever.
 */
async function tellPause(): Promise<void> {
  const reason = await pauseReason();
  if (reason !== told) announceSoon({ jobs: true, samples: true });
  told = reason;
}

/**
 * The user's pause holds until the user ends it; the others until what they stand for is over. None is forgotten to be set
 * again at once: whoever looks in between would find a queue that goes on.
 */
async function forgetOldPause(): Promise<void> {
  // It may change once more while this looks.
  const other = accessIsOther;
  accessIsOther = false;
  const reason = await pauseReason();
  const over =
    (reason === 'no-permission' && (other || (await hasImageSites()))) ||
    (reason === 'unguarded' && (await keepsOutOfPrivateNetworks())) ||
    (reason === 'storage-full' && (await diskHasRoom()));
  if (over) await setPause(undefined);
}

/** Access may be another than when the queue came to stand still for want of it; not to all sites, perhaps, but to some. */
let accessIsOther = true;

/** To be called when access was given or taken away. */
export function wakeForAccess(): void {
  accessIsOther = true;
  wake();
}

/** What the browser says is believed only where it says no: then trying is spared. */
async function diskHasRoom(): Promise<boolean> {
  return (await new DiskFloor(tools).hasRoom()) && (await storageTakesBytes());
}

async function afterEnd(end: PumpEnd): Promise<void> {
  if (end.kind === 'failed') console.error(end.error);
  // Never in place of the user's own pause, which may have come while the last transfers ended; nor that pause once more,
  // which the user may have ended by then.
  if (end.kind === 'paused' && end.reason !== 'user' && (await pauseReason()) !== 'user') await setPause(end.reason);
  if (end.kind === 'later') await wakeAt(end.at);
  else if (end.kind === 'failed') await wakeAt(Date.now() + SAFETY);
  else if (end.kind === 'paused' && end.reason === 'storage-full') await wakeAt(Date.now() + FULL_RETRY);
  else await wakeNoMore();
}

const tools: PumpTools = {
  decode,
  sha256,
  settings: readSettings,
  fetchImage: fetchGuarded,
  hasAccessTo,
  withReferer,
  freeBytes,
  now: () => Date.now(),
  random: () => Math.random(),
  paused: pauseReason,
  online: () => navigator.onLine,
  waitUntil,
  news,
  progressed: () => announceSoon({ jobs: true, samples: true }),
};

function news(): boolean {
  const was = changed;
  changed = false;
  return was;
}

let timer: ReturnType<typeof setTimeout> | undefined;

function waitUntil(time: number): Promise<void> {
  clearTimeout(timer);
  return new Promise(resolve => {
    nudge = resolve;
    if (Number.isFinite(time)) timer = setTimeout(resolve, Math.max(0, time - Date.now()));
  });
}
