// What the popup shows: labels, queue, model, access; read again when another context says they changed.
import { signal } from '@preact/signals';
import type { PauseReason } from '../../contract/harvest';
import type { Label } from '../../contract/label';
import type { Model } from '../../contract/report';
import { onChanged } from '../../edges/changes';
import { explain } from '../../edges/i18n';
import { ask } from '../../edges/messages';
import { hasImageSites, onAccessChanged } from '../../edges/permissions';
import { allLabels } from '../../edges/store/labels';
import { newestModel } from '../../edges/store/models';
import { activeTab } from '../../edges/tabs';

export const labels = signal<Label[]>();
export const queue = signal<{ queued: number; paused?: PauseReason }>({ queued: 0 });
/** null when nothing has been trained yet; undefined until looked up. */
export const model = signal<Model | null>();
export const access = signal<boolean>();
/** The tab that can be collected from; null when the popup does not stand over a web page. */
export const tab = signal<{ id: number } | null>();
export const wrong = signal<string>();

export function complain(error: unknown): void {
  if (error instanceof DOMException && error.name === 'AbortError') return;
  console.error(error);
  wrong.value = explain(error);
}

async function readAll(): Promise<void> {
  const [rows, state, newest, has] = await Promise.all([
    allLabels(),
    ask('queueState', {}),
    newestModel(),
    hasImageSites(),
  ]);
  labels.value = rows;
  queue.value = state;
  model.value = newest ?? null;
  access.value = has;
}

/** Shortest time between two readings while changes stream in, in milliseconds. */
const PAUSE = 500;

export async function watch(signal: AbortSignal): Promise<void> {
  let waiting = false;
  const again = () => {
    if (waiting) return;
    waiting = true;
    setTimeout(() => {
      waiting = false;
      readAll().catch(complain);
    }, PAUSE);
  };
  onChanged(again, signal);
  onAccessChanged(again, signal);
  const active = await activeTab();
  tab.value = active && /^https?:/.test(active.url ?? '') ? { id: active.id } : null;
  await readAll();
}
