// Answers the Export screen: rows of a backup, imports of class folders, and the end of a whole project.
import type { PageOwnMessages } from '../../contract/messages';
import type { Handlers } from '../../edges/messages';
import { forgetSettings } from '../../edges/settings';
import { deleteEverything } from '../../edges/store/delete-everything';
import { changeHarvest, saveHarvest } from '../../edges/store/harvests';
import { setPause } from '../../edges/store/pause';
import { forgetAddresses, restoreLabels, restoreRows } from '../../edges/store/restore';
import { newHarvest } from '../../pipeline/harvest/new-harvest';
import { announceSoon } from './announcements';
import { rebuildMenus } from './menus';
import { taker, wake } from './pump';

/** What stands as the engine of pictures that came from a folder or an archive. */
const ENGINE = 'folder';

type Names = 'restoreLabels' | 'restoreRows' | 'forgetAddresses' | 'beginImport' | 'endImport' | 'deleteEverything';

export const restoreHandlers: Handlers<Names & keyof PageOwnMessages> = {
  async restoreLabels({ labels }) {
    const matches = await restoreLabels(labels);
    await rebuildMenus();
    announceSoon({ labels: true, samples: true, settings: true });
    return matches;
  },

  async restoreRows({ harvests, addresses, missing }) {
    // Somebody else's addresses are not fetched before the user says so.
    if (addresses.some(({ state }) => state === 'queued') || missing.length > 0) await setPause('user');
    const result = await restoreRows(harvests, addresses, new Set(missing));
    announceSoon({ jobs: true });
    return result;
  },

  async forgetAddresses({ ids }) {
    await forgetAddresses(ids);
    announceSoon({ jobs: true });
  },

  async beginImport({ labelId, name, found }) {
    const of = { id: crypto.randomUUID(), labelId, engine: ENGINE, query: name, pageUrl: '' };
    const harvest = { ...newHarvest(of, Date.now()), tiles: found, found };
    await saveHarvest(harvest);
    return { harvestId: harvest.id };
  },

  async endImport({ harvestId, added, known }) {
    await changeHarvest(harvestId, harvest => ({ ...harvest, added, known }));
  },

  async deleteEverything() {
    await deleteEverything();
    // The pause went with its row, but this context remembers it.
    await setPause(undefined);
    await forgetSettings();
    await taker.forget();
    await rebuildMenus();
    announceSoon({ labels: true, jobs: true, samples: true, models: true, settings: true });
    wake();
  },
};
