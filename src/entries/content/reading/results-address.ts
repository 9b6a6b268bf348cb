// What a change of the page's address means for a running harvest: more of its results, another view of them, or the end.
import { engineFor } from '../../../engines';
import type { Engine } from '../../../engines/engine';
import { queryOf } from '../../../pipeline/harvest/query';

/** The engine of ordinary pages. */
export function genericEngine(): Engine {
  return engineFor(new URL('about:blank'));
}

/**
 * The engine that reads the page at its new address, or undefined when it no longer shows the results of `query`:
 * another search, another tab of the site, or, on an ordinary page, another path.
 */
export function engineAfter(before: URL, now: URL, query: string, current: Engine): Engine | undefined {
  if (queryOf(now) !== query) return undefined;
  const engine = engineFor(now);
  if (engine.id !== genericEngine().id) return engine;
  return current.id === engine.id && now.pathname === before.pathname ? engine : undefined;
}
