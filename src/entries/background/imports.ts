// What the user imports, folders of images and lists of their addresses: harvests like others, without a page.
import { GleanerError } from '../../contract/error';
import type { Harvest } from '../../contract/harvest';
import type { Handlers } from '../../edges/messages';
import { beginHarvest, labelForImport } from '../../edges/store/begin-harvest';
import { changeHarvest, harvestById } from '../../edges/store/harvests';
import { enqueue } from '../../edges/store/jobs';
import { allLabels } from '../../edges/store/labels';
import { checkAddress } from '../../pipeline/harvest/check-address';
import { newHarvest } from '../../pipeline/harvest/new-harvest';
import { checkList } from '../../pipeline/import/check-list';
import { sumCounts } from '../../pipeline/queue/sum-counts';
import { inTurn } from '../../pipeline/streams/in-turn';
import { announceSoon } from './announcements';
import { wake } from './pump';
import { labelsChanged } from './rows-changed';

/** What stands as the engine of images that came from a folder or an archive, and of addresses from a list. */
const ENGINE = { folder: 'folder', list: 'list' } as const;

export const importHandlers: Handlers<'beginImport' | 'endImport' | 'labelForImport' | 'importUrls'> = {
  labelForImport: ({ name, after }) => labelsChanged(labelForImport(name, after)),

  async beginImport({ labelId, name, found }) {
    const { id } = await begin('folder', labelId, name, { tiles: found, found });
    return { harvestId: id };
  },

  async endImport({ harvestId, added, known }) {
    const ended = await changeHarvest(harvestId, harvest => ({ ...harvest, added, known }));
    if (!ended) throw new GleanerError('import_gone');
  },

  async importUrls({ labelId, list, urls, harvestId }) {
    const label = (await allLabels()).find(({ id }) => id === labelId);
    if (label === undefined) throw new GleanerError('label_gone');
    const harvest = harvestId === undefined ? await begin('list', labelId, list) : await harvestById(harvestId);
    if (harvest?.engine !== ENGINE.list || harvest.labelId !== labelId) throw new GleanerError('harvest_gone');
    const { candidates, refused } = checkList(urls, checkAddress);
    // An undo comes before or after, never in between: what it leaves is not queued again.
    const { added, known } = await inTurn(harvest.id, async () => {
      if ((await harvestById(harvest.id))?.undone !== false) throw new GleanerError('harvest_gone');
      const counts = await enqueue(harvest, candidates);
      await changeHarvest(harvest.id, now => ({
        ...now,
        tiles: now.tiles + urls.length,
        found: now.found + candidates.length,
        added: now.added + counts.added,
        known: now.known + counts.known,
        refused: sumCounts(now.refused, refused),
      }));
      return counts;
    });
    announceSoon({ jobs: true });
    wake();
    return { harvestId: harvest.id, added, known, refused };
  },
};

/** The row stands before its first image or job, so that what a killed background has taken can be undone. */
async function begin(
  kind: keyof typeof ENGINE,
  labelId: string,
  query: string,
  counts: Partial<Harvest> = {},
): Promise<Harvest> {
  const of = { id: crypto.randomUUID(), labelId, engine: ENGINE[kind], query, pageUrl: '' };
  return beginHarvest({ ...newHarvest(of, Date.now()), ...counts });
}
