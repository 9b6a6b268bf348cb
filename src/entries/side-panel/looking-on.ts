// The built-in network looks at the thumbnails of the finds while the panel is seen, some at a time, and says what it suspects.
import { batch, computed, signal } from '@preact/signals';
import { atWork } from '../../edges/locks';
import { readSettings } from '../../edges/settings';
import { chosenBackbone } from '../../edges/store/backbones';
import type { Suspicion } from '../../pipeline/harvest/judge-finds';
import { harvest, model } from '../parts/collect/state';
import { keepFresh } from '../parts/keep-fresh';
import { lookAtFinds, restFromLooking } from '../workers/finds';
import { atRest, watchMotion } from './at-rest';
import { finds, page } from './follow-tab';
import { thumbnail } from './thumbnails';

/** What speaks against finds by their look, by address. */
export const suspicions = signal<ReadonlyMap<string, Suspicion>>(new Map());
/** Whether the page's finds are looked at, and how many of them were. */
const looking = signal(false);
const done = signal(0);
/** How many of the page's finds were looked at, and how many are to be: those with a thumbnail. */
export const lookedAt = computed(() => ({ done: done.value, total: looking.value ? withThumbnail().length : 0 }));

/** Looked at before they are judged: marks come in such steps, not one by one. */
const STEP = 60;
/** Time between two looks whether a training has ended, in ms. */
const HELD_MS = 3000;

/** Goes up when there is more to look at than was looked at. */
const again = signal(0);
const seen = signal(false);
const modelId = computed(() => model.value?.id);
/** The label the shown finds are collected for; undefined while none are looked over. */
const labelId = computed(() => {
  const mine = harvest.value?.harvest;
  return mine?.seen && mine.id === page.value?.harvestId ? mine.labelId : undefined;
});

/** The harvest whose finds were looked at, and which of them were. */
let of: string | undefined;
let looked = new Set<string>();

/** Until the signal aborts. */
export function lookOn(aborted: AbortSignal): void {
  const changed = () => {
    if (document.hidden) restFromLooking();
    seen.value = !document.hidden;
  };
  document.addEventListener('visibilitychange', changed, { signal: aborted });
  // Browsers open a side panel unseen and show it a moment later, which may be over by now.
  changed();
  aborted.addEventListener('abort', restFromLooking);
  watchMotion(aborted);
  keepFresh([finds, labelId, modelId, seen, again], look, aborted, { rest: 0, atLeast: 300 });
}

async function look(aborted: AbortSignal): Promise<void> {
  const [harvestId, label] = [page.value?.harvestId, labelId.value];
  if (harvestId !== of) {
    of = harvestId;
    looked = new Set();
    batch(() => {
      suspicions.value = new Map();
      looking.value = false;
      done.value = 0;
    });
  }
  looking.value = harvestId !== undefined && label !== undefined && (await wanted());
  if (harvestId === undefined || label === undefined || !seen.value || !looking.value) return;
  // Judged once even where nothing is new: the label or the model may be another.
  for (let judged = false; !judged || fresh().length > 0; judged = true) {
    if (fresh().length === 0 && looked.size === 0) return;
    if (await atWork('training')) {
      setTimeout(() => again.value++, HELD_MS);
      return;
    }
    if (!(await lookAtSome(harvestId, label, aborted))) return;
  }
}

/** The finds of the page that have a thumbnail, and of those the ones nobody looked at. */
const withThumbnail = () => finds.value.filter(({ url, thumbnail: address }) => url !== '' && address);
const fresh = () => withThumbnail().filter(({ url }) => !looked.has(url));

/** Looks at the next ones and judges all; false where the page or the label is another by then, or nobody sees it any more. */
async function lookAtSome(harvestId: string, label: string, aborted: AbortSignal): Promise<boolean> {
  const ahead = fresh().slice(0, 2 * STEP);
  // Those of the next step are fetched while these are computed.
  for (const { thumbnail: address = '' } of ahead) void thumbnail(address);
  const some = ahead.slice(0, STEP).map(({ url, thumbnail: address = '' }) => ({
    url,
    image: async () => {
      await atRest();
      return (await thumbnail(address))?.image;
    },
  }));
  const hidden = new AbortController();
  const stop = seen.subscribe(now => now || hidden.abort());
  try {
    const found = await lookAtFinds({ harvestId, labelId: label }, some, AbortSignal.any([aborted, hidden.signal]));
    if (harvestId !== page.value?.harvestId || label !== labelId.value) return false;
    for (const { url } of some) looked.add(url);
    batch(() => {
      suspicions.value = found;
      done.value = looked.size;
    });
    return true;
  } catch (error) {
    if (!aborted.aborted && !hidden.signal.aborted) throw error;
    return false;
  } finally {
    stop();
  }
}

/** Weights from a seed are chosen by tests only, which count what is computed: nothing is done beside them. */
async function wanted(): Promise<boolean> {
  return (await readSettings()).lookAhead && (await chosenBackbone()).weights !== 'seeded';
}
