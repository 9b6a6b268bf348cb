// Takes lists of image addresses that the user imports: a harvest like others, without a page.
import { GleanerError } from '../../contract/error';
import type { Harvest } from '../../contract/harvest';
import type { Handlers } from '../../edges/messages';
import { beginHarvest } from '../../edges/store/begin-harvest';
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

/** What stands as the engine of addresses that came from a list. */
const ENGINE = 'list';

export const urlListHandlers: Handlers<'importUrls'> = {
  async importUrls({ labelId, list, urls, harvestId }) {
    const label = (await allLabels()).find(({ id }) => id === labelId);
    if (label === undefined) throw new GleanerError('label_gone');
    const harvest = harvestId === undefined ? await begin(labelId, list) : await harvestById(harvestId);
    if (harvest?.engine !== ENGINE || harvest.labelId !== labelId) throw new GleanerError('harvest_gone');
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

/** The row stands before its first job, so that what a killed background has queued can be undone. */
async function begin(labelId: string, list: string): Promise<Harvest> {
  const of = { id: crypto.randomUUID(), labelId, engine: ENGINE, query: list, pageUrl: '' };
  return beginHarvest(newHarvest(of, Date.now()));
}
