// What popup and side panel show: labels, queue, model, access, and the page they stand beside; read again as they change.
import { signal } from '@preact/signals';
import type { HarvestProgress, PauseReason } from '../../../contract/harvest';
import type { Label } from '../../../contract/label';
import type { Model } from '../../../contract/report';
import { onChanged } from '../../../edges/changes';
import { ask } from '../../../edges/messages';
import { hasImageSites, onAccessChanged } from '../../../edges/permissions';
import { recentHarvests } from '../../../edges/store/harvests';
import { progressOf } from '../../../edges/store/jobs';
import { allLabels } from '../../../edges/store/labels';
import { newestModel } from '../../../edges/store/models';
import { latestHarvestOf } from '../../../edges/tab-harvests';
import { activeTab } from '../../../edges/tabs';
import { queryOf } from '../../../pipeline/harvest/query';
import { keepFresh } from '../keep-fresh';

export const labels = signal<Label[]>();
export const queue = signal<{ queued: number; paused?: PauseReason }>({ queued: 0 });
/** null when nothing has been trained yet; undefined until looked up. */
export const model = signal<Model | null>();
export const access = signal<boolean>();
export interface WebTab {
  id: number;
  url: string;
  /** What was searched for there; '' when the address does not say. */
  query: string;
}
/** The tab that can be collected from; null when popup or panel stand beside no web page. */
export const tab = signal<WebTab | null>();
/** How far what was collected from the tab is; undefined when nothing was. */
export const harvest = signal<HarvestProgress>();
/** The label collected for last, wherever that was. */
export const lastLabel = signal<string>();

async function readAll(): Promise<void> {
  const [rows, state, newest, has, [latest]] = await Promise.all([
    allLabels(),
    ask('queueState', {}),
    newestModel(),
    hasImageSites(),
    recentHarvests(1),
  ]);
  const id = tab.value ? await latestHarvestOf(tab.value.id) : undefined;
  // It may have been undone and forgotten meanwhile.
  harvest.value = id === undefined ? undefined : await progressOf(id).catch(() => undefined);
  lastLabel.value = latest?.labelId;
  labels.value = rows;
  queue.value = state;
  model.value = newest ?? null;
  access.value = has;
}

/** Shortest time between two readings while changes stream in, in milliseconds. */
const PAUSE = 500;

/** Goes up with every change of rows or access. */
export const changes = signal(0);

/** Reads everything and keeps it fresh until the signal aborts. */
export async function watch(aborted: AbortSignal): Promise<void> {
  const changed = () => void changes.value++;
  onChanged(changed, aborted);
  onAccessChanged(changed, aborted);
  standBeside(await activeTab());
  keepFresh([changes, tab], readAll, aborted, { atLeast: PAUSE });
}

/** The tab to show; one without a web page counts as none. */
export function standBeside(there: { id: number; url: string | undefined } | undefined): void {
  const url = there?.url;
  const next = there && url && /^https?:/.test(url) ? { id: there.id, url, query: queryOf(new URL(url)) } : null;
  // A page that is told of once more changes nothing.
  if (next === null ? tab.value !== null : tab.value?.id !== next.id || tab.value.url !== next.url) tab.value = next;
}
