// Opens a search of the plan beside the side panel.
import { signal } from '@preact/signals';
import { GleanerError } from '../../../contract/error';
import type { Plan } from '../../../contract/plan';
import { requestImageSites } from '../../../edges/permissions';
import { changePlan, onPlanChanged, readPlan } from '../../../edges/plan';
import { pageScriptsRegistered } from '../../../edges/scripting';
import { readSettings } from '../../../edges/settings';
import { openSidePanel } from '../../../edges/side-panel';
import { openAddress } from '../../../edges/tabs';
import { searchUrl } from '../../../engines';
import type { SearchWay } from '../../../pipeline/harvest/further-searches';
import { newPlan, openedIn, PLAN_LABELS, withDoneOf } from '../../../pipeline/harvest/plan';

/** null when nothing is planned; undefined until looked up. */
export const plan = signal<Plan | null>();

/** Keeps `plan` as it is stored until the signal aborts. */
export async function watchPlan(aborted: AbortSignal): Promise<void> {
  const read = async () => {
    plan.value = (await readPlan()) ?? null;
  };
  onPlanChanged(() => void read(), aborted);
  await read();
}

/**
 * Opens a search of the plan. Must be called first thing in a click: panel and access are asked for at once. Rejects with
 * 'access_needed' when the user says no.
 * @param inTab  the tab to search in, where that still stands; otherwise in one of its own
 * @param beside  false in the side panel, which is open already
 */
export async function openSearch(wanted: Plan, at: number, inTab?: number, beside = true): Promise<void> {
  if (beside) void openSidePanel();
  const asked = requestImageSites();
  // What was planned is kept, whatever the answer.
  const opened = (tabId: number | undefined) => changePlan(kept => openedIn(withDoneOf(wanted, kept), at, tabId));
  await opened(inTab);
  if (!(await asked)) throw new GleanerError('access_needed');
  await pageScriptsRegistered();
  const { query = '', engine = wanted.engine } = wanted.searches[at] ?? {};
  const tabId = await openAddress(searchUrl(engine, query), inTab);
  await opened(tabId);
}

/**
 * As `openSearch`, for one label, which joins what is planned.
 * @param way  another engine or other words than those planned
 */
export async function searchFor(name: string, way?: SearchWay): Promise<void> {
  const wanted = plan.value ?? newPlan([], '');
  const there = wanted.searches.findIndex(search => search.name === name);
  const searches =
    there >= 0 ? wanted.searches : [...wanted.searches, { name, query: name, state: 'waiting' as const }];
  const at = there >= 0 ? there : searches.length - 1;
  const fresh = searches.map((search, i) => (i === at ? { ...search, ...way, state: 'waiting' as const } : search));
  void openSidePanel();
  const asked = requestImageSites();
  const engine = wanted.engine || (await readSettings()).searchEngine;
  if (!(await asked)) throw new GleanerError('access_needed');
  await pageScriptsRegistered();
  const now = { ...wanted, engine, searches: fresh.slice(-PLAN_LABELS.most) };
  const place = now.searches.findIndex(search => search.name === name);
  const search = now.searches[place];
  const tabId = await openAddress(searchUrl(search?.engine ?? engine, search?.query ?? name));
  await changePlan(() => openedIn(now, place, tabId));
}
