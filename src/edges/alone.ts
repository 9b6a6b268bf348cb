// One at a time across all pages of the extension: a Web Lock, which also keeps browsers from freezing a hidden page.
import { GleanerError } from '../contract/error';

/** Runs work no other page does now; rejects with `<name>_elsewhere` when one does. The lock goes with the page. */
export async function alone<T>(name: 'training', work: () => Promise<T>): Promise<T> {
  return await navigator.locks.request(`gleaner-${name}`, { ifAvailable: true }, lock => {
    if (!lock) throw new GleanerError('training_elsewhere');
    return work();
  });
}

/** Whether some context of the extension is at work under this name. */
export async function atWork(name: string): Promise<boolean> {
  const { held = [] } = await navigator.locks.query();
  return held.some(lock => lock.name === `gleaner-${name}`);
}
