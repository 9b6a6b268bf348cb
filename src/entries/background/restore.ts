// Brings the rows of a backup back, and takes them back again.
import type { Handlers } from '../../edges/messages';
import { readSettings } from '../../edges/settings';
import { pauseReason, setPause } from '../../edges/store/pause';
import { restoreAddresses, restoreLabels } from '../../edges/store/restore';
import { restoreHarvests } from '../../edges/store/restore-harvests';
import { takeBackRows } from '../../edges/store/take-back-rows';
import { announceSoon } from './announcements';
import { rebuildMenus } from './menus';

export const restoreHandlers: Handlers<'restoreLabels' | 'restoreHarvests' | 'restoreAddresses' | 'takeBackRows'> = {
  async restoreLabels({ labels }) {
    const matches = await restoreLabels(labels);
    await rebuildMenus();
    announceSoon({ labels: true, samples: true, settings: true });
    return matches;
  },

  async restoreHarvests({ harvests }) {
    const matches = await restoreHarvests(harvests);
    announceSoon({ jobs: true });
    return matches;
  },

  async restoreAddresses({ addresses, missing }) {
    // Somebody else's addresses are not fetched before the user says so.
    const waiting = addresses.some(({ state }) => state === 'queued') || missing.length > 0;
    const pause = waiting && (await pauseReason()) !== 'user' ? crypto.randomUUID() : undefined;
    if (pause !== undefined) await setPause('user', pause);
    const result = await restoreAddresses(addresses, new Set(missing));
    announceSoon({ jobs: true });
    return { ...result, ...(pause !== undefined && { pause }) };
  },

  async takeBackRows(rows) {
    await takeBackRows(rows, (await readSettings()).ratios);
    announceSoon({ jobs: true, samples: true });
  },
};
