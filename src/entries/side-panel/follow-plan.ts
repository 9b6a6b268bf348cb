// Keeps the plan going: a search that was opened is read as soon as its page is there, and done once images were taken from it.
import { computed, effect } from '@preact/signals';
import type { Search } from '../../contract/plan';
import { ask } from '../../edges/messages';
import { changePlan } from '../../edges/plan';
import { engineFor, searchUrl } from '../../engines';
import { doneWith } from '../../pipeline/harvest/plan';
import { queryOf } from '../../pipeline/harvest/query';
import { access, harvest, labels, tab } from '../parts/collect/state';
import { complain } from '../parts/complain';
import { plan } from '../parts/plan/open-search';
import { loads, looked, page } from './follow-tab';

/** The search of the plan that the page beside shows; undefined for every other page. */
export const shownSearch = computed<Search | undefined>(() => {
  const [planned, there] = [plan.value, tab.value];
  if (!planned || there?.id !== planned.tabId || !there) return undefined;
  const search = planned.searches[planned.at];
  if (!search || engineFor(new URL(there.url)).id !== (search.engine ?? planned.engine)) return undefined;
  // As the engine's address has it: some make one blank of many signs.
  const asked = searchUrl(search.engine ?? planned.engine, search.query);
  return URL.canParse(asked) && queryOf(new URL(asked)) === there.query ? search : undefined;
});

/** Images were taken for this label, so that its search is done. */
export function done(label: string): void {
  if (!plan.peek()?.searches.some(({ name, state }) => name === label && state === 'waiting')) return;
  changePlan(kept => kept && doneWith(kept, label)).catch(complain);
}

/** What was taken for this label was taken back, and nothing else is there: it is still to be searched for. */
function undone(label: string): void {
  if (labels.value === undefined || labels.value.some(({ name }) => name === label)) return;
  if (!plan.peek()?.searches.some(({ name, state }) => name === label && state === 'done')) return;
  changePlan(kept => kept && doneWith(kept, label, 'waiting')).catch(complain);
}

/** Until the signal aborts. */
export function followPlan(aborted: AbortSignal): void {
  // One beginning for each load of a page: whoever closed the pill meant it.
  let begun = '';
  const stopBegin = effect(() => {
    const [search, there] = [shownSearch.value, tab.value];
    const load = `${there?.id} ${there?.url} ${loads.value}`;
    if (search?.state !== 'waiting' || !there || access.value !== true) return;
    if (!looked.value || page.value || begun === load) return;
    begun = load;
    ask('startHarvest', { tabId: there.id, target: { newLabel: search.name }, seen: true }).catch(complain);
  });
  const stopEnd = effect(() => {
    const [planned, there, progress] = [plan.value, tab.value, harvest.value];
    if (!planned || there?.id !== planned.tabId || !progress) return;
    if (progress.harvest.undone) undone(progress.label);
    else if (progress.harvest.found > 0) done(progress.label);
  });
  aborted.addEventListener('abort', () => {
    stopBegin();
    stopEnd();
  });
}
