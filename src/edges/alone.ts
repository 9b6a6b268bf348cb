// One at a time across all pages of the extension: a Web Lock, which also keeps browsers from freezing a hidden page.
import { GleanerError } from '../contract/error';

/** Runs work no other page does now; rejects with `<name>_elsewhere` when one does. The lock goes with the page. */
export async function alone<T>(name: 'training', work: () => Promise<T>): Promise<T> {
  return await navigator.locks.request(`gleaner-${name}`, { ifAvailable: true }, lock => {
    if (!lock) throw new GleanerError('training_elsewhere');
    return work();
  });
}
