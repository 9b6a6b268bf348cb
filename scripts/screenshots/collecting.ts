// The start, and a search that is being collected from.
import { join } from 'node:path';
import { grantAccess, harvest } from '../../harness/steps/harvest-steps';
import { show, type Walk } from '../../harness/walk';
import { saveScreen } from './save';

/** Leaves everything collected that was found. */
export async function collectingScreens(walk: Walk, folder: string): Promise<void> {
  await show(walk, 'dataset');
  await saveScreen(walk.app, join(folder, '1-labels.jpg'));
  await grantAccess(walk);
  const page = await harvest(walk, walk.labels[0]?.label ?? '');
  await page.evaluate(() => scrollTo(0, 0));
  await saveScreen(page, join(folder, '2-search.jpg'));
}
