// What the panel shows of the page beside: the harvest it is read for, whether its finds are looked over, and what comes next.
import { computed, signal } from '@preact/signals';
import { holdingsOf } from '../../edges/store/harvest-holdings';
import { access, harvest, tab } from '../parts/collect/state';
import { keepFresh } from '../parts/keep-fresh';
import { plan } from '../parts/plan/open-search';
import { page } from './follow-tab';
import { ticked } from './marks';

/** A collector is at work in the page, and its label has a name. */
export const reading = computed(() => page.value !== undefined && page.value.phase !== 'naming');
/** How far the harvest of the page is. */
export const mine = computed(() => (harvest.value?.harvest.id === page.value?.harvestId ? harvest.value : undefined));
export const undone = computed(() => page.value?.phase === 'undone' || mine.value?.harvest.undone === true);
/** What an undone harvest would bring back: images and downloads. */
export const removed = signal(0);

/** Keeps `removed` until the signal aborts. */
export function watchUndone(aborted: AbortSignal): void {
  const read = async () => {
    if (!mine.value?.harvest.undone) return;
    const { deleted, cancelled } = await holdingsOf(mine.value.harvest);
    removed.value = deleted + cancelled;
  };
  keepFresh([mine], read, aborted);
}

/** What the page finds is shown before it is taken. */
export const lookingOver = computed(() => reading.value && mine.value?.harvest.seen === true && !undone.value);

/** The one thing to do next, which alone has the colour of it. */
export const nextThing = computed<'access' | 'take' | 'collect' | 'next'>(() => {
  if (reading.value && mine.value?.paused === 'no-permission' && !access.value) return 'access';
  if (lookingOver.value && ticked.value.length > 0) return 'take';
  // A page that is not the plan's may be collected from.
  if (!reading.value && tab.value) return 'collect';
  const open = plan.value?.searches[plan.value.at];
  return open?.state === 'waiting' ? 'collect' : 'next';
});
