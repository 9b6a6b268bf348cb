// Who may work while others do, across all contexts: Web Locks, which also keep browsers from freezing a hidden page.
import { GleanerError } from '../contract/error';

/** Runs work no other page does now; rejects with 'training_elsewhere' when one does. The lock goes with the page. */
export async function alone<T>(name: 'training', work: () => Promise<T>): Promise<T> {
  return await navigator.locks.request(`gleaner-${name}`, { ifAvailable: true }, lock => {
    if (!lock) throw new GleanerError('training_elsewhere');
    return work();
  });
}

/** Runs work after all other work of this name, in whichever page. */
export async function afterOthers<T>(
  name: 'steps' | 'features' | 'look-ahead' | 'inbox',
  work: () => Promise<T>,
): Promise<T> {
  return await navigator.locks.request(`gleaner-${name}`, work);
}

/** Makes `atWork` true of this name for as long as the page stands. */
export function standFor(name: string): void {
  // Ends with the page alone; should the browser refuse, the name is only not known of.
  navigator.locks.request(`gleaner-${name}`, () => new Promise(() => undefined)).catch(() => undefined);
}

/** Whether some context of the extension is at work under this name. */
export async function atWork(name: string): Promise<boolean> {
  const { held = [] } = await navigator.locks.query();
  return held.some(lock => lock.name === `gleaner-${name}`);
}

/** Runs work beside other such work of this name; whoever works `afterOthers` waits meanwhile, and `unlessOthers` stays out. */
export async function amongOthers<T>(name: 'inbox' | 'exports', work: () => Promise<T>): Promise<T> {
  return await navigator.locks.request(`gleaner-${name}`, { mode: 'shared' }, work);
}

/** Runs work if no other of this name is at work; undefined where one is. */
export async function unlessOthers<T>(name: 'exports' | 'pump', work: () => Promise<T>): Promise<T | undefined> {
  return await navigator.locks.request(`gleaner-${name}`, { ifAvailable: true }, lock => (lock ? work() : undefined));
}
