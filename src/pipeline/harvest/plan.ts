// The searches that were asked for by the names of labels: which are waiting, which is open, which are done.
import { LONGEST_LABEL_NAME } from '../../contract/label';
import type { Plan, Search } from '../../contract/plan';

/** Labels of one plan: fewer tell nothing apart. */
export const PLAN_LABELS = { least: 2, most: 100 } as const;
const STATES = ['waiting', 'done', 'skipped'] as const satisfies Search['state'][];

/**
 * The names in a pasted list, each once: one a line, or, in a single line, parted by tabs, semicolons or commas. Numbers and
 * bullets before them are no part of them. At most `PLAN_LABELS.most`.
 * @param tidy  makes of a name what a label of it is called, so that label and search know each other; '' where nothing is left
 */
export function namesIn(text: string, tidy: (name: string) => string): string[] {
  const lines = text.slice(0, 100_000).split(/[\r\n]+/u);
  const parts =
    lines.filter(line => line.trim() !== '').length > 1 ? lines : text.slice(0, 100_000).split(/[\r\n\t;,，、]+/u);
  const names = parts.map(part => tidy(part.replace(/^\s*(?:[-*•]|\d{1,3}[.)])\s+/u, '')));
  return [...new Set(names.filter(name => name !== '' && name.length <= LONGEST_LABEL_NAME))].slice(
    0,
    PLAN_LABELS.most,
  );
}

/** A plan to search for each name with one engine. */
export function newPlan(names: readonly string[], engine: string): Plan {
  return { engine, at: 0, searches: names.map(name => ({ name, query: name, state: 'waiting' })) };
}

/** The plan with this search of it open, in this tab. */
export function openedIn(plan: Plan, at: number, tabId: number | undefined): Plan {
  const { tabId: _before, ...rest } = plan;
  return { ...rest, at, ...(tabId === undefined ? {} : { tabId }) };
}

/** The plan with a change of one search. */
export function withSearch(plan: Plan, at: number, change: Partial<Search>): Plan {
  return { ...plan, searches: plan.searches.map((search, i) => (i === at ? { ...search, ...change } : search)) };
}

/** The plan in which the search for this label is done, or waits again. */
export function doneWith(plan: Plan, name: string, state: 'done' | 'waiting' = 'done'): Plan {
  const at = plan.searches.findIndex(search => search.name === name);
  return at < 0 ? plan : withSearch(plan, at, { state });
}

/** The plan with what was done meanwhile of another one. */
export function withDoneOf(plan: Plan, kept: Plan | undefined): Plan {
  const done = (kept?.searches ?? []).filter(({ state }) => state === 'done');
  return done.reduce((now, { name }) => doneWith(now, name), plan);
}

/** The next search that waits, after the open one and then from the beginning; undefined when all are done. */
export function nextSearch({ searches, at }: Plan): number | undefined {
  const after = searches.findIndex(({ state }, i) => state === 'waiting' && i > at);
  if (after >= 0) return after;
  const before = searches.findIndex(({ state }, i) => state === 'waiting' && i !== at);
  return before >= 0 ? before : undefined;
}

/** A stored value as a plan; undefined for anything else. */
export function checkedPlan(value: unknown): Plan | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { engine, at, tabId, searches } = value as Record<string, unknown>;
  if (!isText(engine) || !Array.isArray(searches) || searches.length > PLAN_LABELS.most) return undefined;
  const checked = searches.map(checkedSearch);
  if (!checked.every(search => search !== undefined) || !isPlace(at) || at >= checked.length) return undefined;
  return { engine, at, searches: checked, ...(isPlace(tabId) ? { tabId } : {}) };
}

function checkedSearch(value: unknown): Search | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { name, query, engine, state } = value as Record<string, unknown>;
  const known = STATES.find(one => one === state);
  if (!isText(name) || !isText(query) || !known) return undefined;
  return { name, query, ...(isText(engine) ? { engine } : {}), state: known };
}

const isText = (value: unknown): value is string =>
  typeof value === 'string' && value !== '' && value.length <= LONGEST_LABEL_NAME;
const isPlace = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;
