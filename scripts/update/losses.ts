// Compares what a user had with what is there after an update. A newer version may add rows and fields; it may lose none.
import type { WhatIsThere } from './what-is-there';

/**
 * What is held, store by store: whole rows, or that a row of the key is there. Jobs and harvests go on while the update is
 * made, features are the network's and can be computed anew, and `meta` is each version's own bookkeeping.
 */
const KEPT: Record<string, 'rows' | 'keys'> = {
  labels: 'rows',
  samples: 'rows',
  models: 'rows',
  blobs: 'rows',
  jobs: 'keys',
  harvests: 'keys',
  features: 'keys',
};

/** Each loss in words; empty when nothing was lost. */
export function losses(before: WhatIsThere, after: WhatIsThere): string[] {
  const lost = after.damaged.map(name => `image ${name} no longer has its bytes`);
  for (const [store, what] of Object.entries(KEPT)) {
    const now = after.rows[store] ?? {};
    for (const [key, row] of Object.entries(before.rows[store] ?? {})) {
      if (!(key in now)) lost.push(`${store}: ${key} is gone`);
      else if (what === 'rows') lost.push(...changes(row, now[key]).map(change => `${store}: ${key}: ${change}`));
    }
  }
  lost.push(...changes(before.settings, after.settings).map(change => `settings: ${change}`));
  // By the canary an emptied database is noticed; the notice lies in the database.
  if (before.database !== after.database) lost.push('the database is another one');
  if (after.rows.meta && '"loss"' in after.rows.meta) lost.push('the app says that it lost something');
  return lost;
}

/** Fields that are gone or other than before; further ones are no loss. */
function changes(before: unknown, after: unknown, path = ''): string[] {
  if (typeof before !== 'object' || before === null) {
    return before === after ? [] : [`${path || 'the value'} was ${short(before)} and is ${short(after)}`];
  }
  if (typeof after !== 'object' || after === null) return [`${path || 'the row'} is ${short(after)}`];
  return Object.entries(before).flatMap(([name, value]) =>
    changes(value, (after as Record<string, unknown>)[name], path === '' ? name : `${path}.${name}`),
  );
}

function short(value: unknown): string {
  return (JSON.stringify(value) ?? 'nothing').slice(0, 80);
}
