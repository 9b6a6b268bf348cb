// What follows a change of the rows: menus, badge and pages learn of it, and the queue looks whether it has more to do.
import { announceSoon } from './announcements';
import { rebuildMenus } from './menus';
import { wake } from './pump';

/** To be wrapped around whatever makes, renames, deletes or brings back labels, with the images and jobs under them. */
export async function labelsChanged<T>(work: Promise<T>): Promise<T> {
  const result = await work;
  await rebuildMenus();
  announceSoon({ labels: true, samples: true, jobs: true });
  wake();
  return result;
}

/** To be wrapped around whatever changes images alone. */
export async function samplesChanged<T>(work: Promise<T>): Promise<T> {
  const result = await work;
  announceSoon({ samples: true });
  return result;
}
