// Answers the Export screen: rows of a backup, imports of class folders, and the end of a whole project.
import { GleanerError } from '../../contract/error';
import type { PageOwnMessages } from '../../contract/messages';
import type { Handlers } from '../../edges/messages';
import { forgetPlan } from '../../edges/plan';
import { forgetSettings, readSettings } from '../../edges/settings';
import { beginHarvest } from '../../edges/store/begin-harvest';
import { deleteEverything } from '../../edges/store/delete-everything';
import { changeHarvest } from '../../edges/store/harvests';
import { pauseReason, setPause } from '../../edges/store/pause';
import { restoreAddresses, restoreLabels } from '../../edges/store/restore';
import { restoreHarvests } from '../../edges/store/restore-harvests';
import { takeBackRows } from '../../edges/store/take-back-rows';
import { newHarvest } from '../../pipeline/harvest/new-harvest';
import { announceSoon } from './announcements';
import { rebuildMenus } from './menus';
import { taker, wake } from './pump';

/** What stands as the engine of images that came from a folder or an archive. */
const ENGINE = 'folder';

type Names =
  | 'restoreLabels'
  | 'restoreHarvests'
  | 'restoreAddresses'
  | 'takeBackRows'
  | 'beginImport'
  | 'endImport'
  | 'deleteEverything';

export const restoreHandlers: Handlers<Names & keyof PageOwnMessages> = {
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

  async beginImport({ labelId, name, found }) {
    const of = { id: crypto.randomUUID(), labelId, engine: ENGINE, query: name, pageUrl: '' };
    const { id } = await beginHarvest({ ...newHarvest(of, Date.now()), tiles: found, found });
    return { harvestId: id };
  },

  async endImport({ harvestId, added, known }) {
    const ended = await changeHarvest(harvestId, harvest => ({ ...harvest, added, known }));
    if (!ended) throw new GleanerError('import_gone');
  },

  async deleteEverything() {
    await deleteEverything();
    // The pause went with its row, but this context remembers it.
    await setPause(undefined);
    await forgetSettings();
    await forgetPlan();
    await taker.forget();
    await rebuildMenus();
    announceSoon({ labels: true, jobs: true, samples: true, models: true, settings: true });
    wake();
  },
};
