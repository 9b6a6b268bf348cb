// What every screen shows of the collection: rows read again whenever another context says they changed.
import { batch, computed, signal } from '@preact/signals';
import type { BackboneInfo } from '../../../contract/features';
import type { PauseReason } from '../../../contract/harvest';
import type { Label, LabelCounts } from '../../../contract/label';
import type { Changed } from '../../../contract/messages';
import type { Model } from '../../../contract/report';
import { splitTotal } from '../../../contract/sample';
import type { Settings } from '../../../contract/settings';
import { onChanged } from '../../../edges/changes';
import { ask } from '../../../edges/messages';
import { hasImageSites, onAccessChanged } from '../../../edges/permissions';
import { readSettings } from '../../../edges/settings';
import { availableBackbones, chosenBackbone } from '../../../edges/store/backbones';
import { deletedCount } from '../../../edges/store/bin';
import { allLabels, labelCounts } from '../../../edges/store/labels';
import { modelDates, modelInUse } from '../../../edges/store/models';
import { complain } from '../../parts/complain';
import { type Pace, paceAfter, STANDSTILL } from './pace';

export const labels = signal<Label[]>();
export const counts = signal<Map<string, LabelCounts>>(new Map());
/** How many deleted images can be brought back. */
export const deletedImages = signal(0);
export const queue = signal<{ queued: number; paused?: PauseReason }>({ queued: 0 });
/** How fast the queue empties. */
export const pace = signal<Pace>(STANDSTILL);
/** All there are, the built-in one first. */
export const backbones = signal<BackboneInfo[]>([]);
/** The one new trainings use. */
export const backbone = signal<BackboneInfo>();
export const model = signal<Model>();
/** How many are kept, the one in use among them. */
export const modelCount = signal(0);
export const settings = signal<Settings>();
/** Access to image sites; undefined until looked up, so that nothing flashes. */
export const access = signal<boolean>();
/** Goes up by one when samples changed: grids read again. */
export const samplesVersion = signal(0);
/** Goes up by one when jobs changed. */
export const jobsVersion = signal(0);

export const totalImages = computed(() => {
  let total = 0;
  for (const count of counts.value.values()) total += imagesOf(count);
  return total;
});

export function imagesOf(count: LabelCounts | undefined): number {
  return count ? splitTotal(count) : 0;
}

/** @param beside  what is to be there as soon as the rows are shown */
async function readRows(beside?: Promise<unknown>): Promise<void> {
  const [rows, perLabel, deleted, state] = await Promise.all([
    allLabels(),
    labelCounts(),
    deletedCount(),
    ask('queueState', {}),
    beside,
  ]);
  batch(() => {
    labels.value = rows;
    counts.value = new Map(perLabel.map(count => [count.labelId, count]));
    deletedImages.value = deleted;
    queue.value = state;
    // While nothing may move the time is not counted.
    pace.value = paceAfter(state.paused ? { ...pace.value, seen: [] } : pace.value, state.queued, Date.now());
  });
}

/** Reads which weights there are, and which new trainings use. */
export async function readBackbone(): Promise<void> {
  backbones.value = await availableBackbones();
  backbone.value = await chosenBackbone();
}

/** Reads which model is in use, and counts those that are kept. */
export async function readModel(): Promise<void> {
  const [used, dates] = await Promise.all([modelInUse(), modelDates()]);
  batch(() => {
    model.value = used;
    modelCount.value = dates.size;
  });
}

/** Shortest time between two readings while changes stream in, in milliseconds. */
const PAUSE = 400;

/** Reads everything once and keeps it fresh until the signal aborts. */
export async function watchCollection(signal: AbortSignal): Promise<void> {
  let pending: Changed = {};
  let waiting = false;
  const flush = async () => {
    const changed = pending;
    pending = {};
    try {
      if (changed.labels || changed.jobs || changed.samples) await readRows();
      if (changed.models) await Promise.all([readModel(), readBackbone()]);
      if (changed.settings) settings.value = await readSettings();
      if (changed.samples) samplesVersion.value++;
      if (changed.jobs) jobsVersion.value++;
    } catch (error) {
      complain(error);
    }
    waiting = false;
    if (Object.keys(pending).length > 0) soon();
  };
  const soon = () => {
    if (!waiting) setTimeout(flush, PAUSE);
    waiting = true;
  };
  onChanged(changed => {
    pending = { ...pending, ...changed };
    soon();
  }, signal);
  const lookUpAccess = () => {
    hasImageSites().then(has => {
      access.value = has;
    }, complain);
  };
  onAccessChanged(lookUpAccess, signal);
  lookUpAccess();
  settings.value = await readSettings();
  // The screens open with the labels; a model that came after them would move what stands below it.
  const others = Promise.all([readModel(), readBackbone()]);
  await Promise.all([readRows(others.catch(() => undefined)), others]);
}
