// Looks once for images that no screen shows, and tells the pages of what was brought back.
import { t } from '../../edges/i18n';
import { readSettings } from '../../edges/settings';
import { bringBackStrays } from '../../edges/store/stray-samples';
import { announceSoon } from './announcements';
import { rebuildMenus } from './menus';

export async function lookForStrays(): Promise<void> {
  if ((await bringBackStrays(t('found_again'), (await readSettings()).ratios)) === 0) return;
  await rebuildMenus();
  announceSoon({ labels: true, samples: true });
}
