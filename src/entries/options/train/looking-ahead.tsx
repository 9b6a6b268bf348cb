// How many images the built-in network has looked at before anyone trains, and the line that says so.
import { computed, signal } from '@preact/signals';
import { number, plural } from '../../../edges/i18n';
import { lookAheadHere } from '../../workers/look-ahead';
import { queue } from '../app/state';
import { training } from './training';

const looked = signal<{ done: number; total: number; held: boolean }>();
/** How many images a training would still have to look at changes with this. */
export const lookedAtAll = computed(() => looked.value !== undefined && looked.value.done >= looked.value.total);

/** Looks at what comes until the signal aborts. A failure is no one's concern before a training, which meets and names it. */
export async function startLookingAhead(signal: AbortSignal): Promise<void> {
  const busy = () => queue.value.queued > 0 && queue.value.paused === undefined;
  const tell = (progress: { done: number; total: number; held: boolean }) => {
    looked.value = progress;
  };
  await lookAheadHere(busy, tell, signal).catch(error => {
    looked.value = undefined;
    if (!signal.aborted) console.warn('Images are looked at when a training begins.', error);
  });
}

/** Nothing while there is no more to come, or nothing comes. */
export function LookedAhead() {
  const progress = looked.value;
  if (!progress || progress.held || progress.done >= progress.total || training.value) return null;
  return <p class="soft small">{plural('looked_at', progress.total, number(progress.done))}</p>;
}
