// Harvests in the background: a click becomes a collector in the tab, and what the collector sends is checked and queued.
import type { Runtime } from 'webextension-polyfill';
import { type Candidate, MAX_CANDIDATES } from '../../contract/candidate';
import { GleanerError } from '../../contract/error';
import type { Harvest, HarvestProgress, HarvestStart } from '../../contract/harvest';
import type { PageMessages } from '../../contract/messages';
import { announce } from '../../edges/changes';
import { type Handlers, isOwnPage } from '../../edges/messages';
import { hasImageSites } from '../../edges/permissions';
import { readSettings } from '../../edges/settings';
import { beginHarvest } from '../../edges/store/begin-harvest';
import { changeHarvest, harvestById } from '../../edges/store/harvests';
import { enqueue, progressOf } from '../../edges/store/jobs';
import { rememberStep } from '../../edges/store/steps';
import { dropEmptyLabel, redoHarvest, undoHarvest } from '../../edges/store/undo-harvest';
import { bindHarvest, type Intent, intentOf } from '../../edges/tab-harvests';
import { engineFor, engines } from '../../engines';
import { checkBatch, checkId } from '../../pipeline/harvest/check-batch';
import { newHarvest } from '../../pipeline/harvest/new-harvest';
import { inTurn } from '../../pipeline/streams/in-turn';
import { type HarvestLabel, labelFor, withLabel } from './harvest-label';
import { beginInTab } from './inject-collector';
import { wake } from './pump';
import { labelsChanged } from './rows-changed';
import { goneOnWith, seenIn } from './seen-harvests';
import { ownHarvest, pageOf, refused, tabOf } from './senders';

const IMAGE_ADDRESS = 65_536;

/** The messages of the collector, of those who begin and look over a harvest, and of those who undo it. */
export const harvestHandlers: Handlers<
  keyof PageMessages | 'startHarvest' | 'takeFinds' | 'undoHarvest' | 'redoHarvest'
> = {
  async beginHarvest({ engine, query }, sender) {
    return oneOfTab(tabOf(sender), async intent => {
      if (intent === undefined) return lookedOver(tabOf(sender), query);
      if (intent.target === 'ask') return undefined;
      return start(sender, intent, await labelFor(intent.target), engine, query);
    });
  },

  async sendCandidates(args, sender) {
    const batch = checkBatch(args);
    const harvestId = await ownHarvest(batch?.harvestId, sender);
    if (batch === undefined) throw refused();
    return inTurn(harvestId, async () => {
      const harvest = readBy(batch.engine, await existingHarvest(harvestId), sender);
      if (harvest.undone) return progress(harvestId);
      const { engine, pageUrl } = harvest;
      const tiles = Math.max(harvest.tiles, batch.tiles);
      await changeHarvest(harvestId, before => ({ ...before, engine, pageUrl, tiles, refused: batch.refused }));
      // What is to be looked over first is taken from the side panel, never from a page.
      if (harvest.seen) return progress(harvestId);
      return take(harvest, batch.candidates);
    });
  },

  async takeFinds({ harvestId, candidates, leftOut }, sender) {
    const batch = isOwnPage(sender) ? checkBatch({ harvestId, candidates }) : undefined;
    if (batch === undefined) throw refused();
    return inTurn(batch.harvestId, async () => {
      const harvest = await existingHarvest(batch.harvestId);
      if (harvest.undone) throw new GleanerError('harvest_gone');
      await changeHarvest(harvest.id, before => ({ ...before, leftOut }));
      return take(harvest, batch.candidates);
    });
  },

  async harvestProgress({ harvestId }, sender) {
    return progress(await ownHarvest(harvestId, sender));
  },

  async undoHarvest({ harvestId, step = false }, sender) {
    const id = isOwnPage(sender) ? checkId(harvestId) : undefined;
    if (id === undefined) throw refused();
    return inTurn(id, async () => {
      const { images, queued } = await undoHarvest(id, (await readSettings()).ratios);
      // The app remembers its own steps; what was undone in the side panel can be taken back there as well.
      if (step && images + queued > 0) await rememberStep({ kind: 'undo-harvest', harvestId: id, images, queued });
      await labelsChanged(dropEmptyLabel(id));
      return { removed: images + queued };
    });
  },

  async redoHarvest({ harvestId }, sender) {
    const id = isOwnPage(sender) ? checkId(harvestId) : undefined;
    if (id === undefined) throw refused();
    return inTurn(id, async () => {
      return labelsChanged(redoHarvest(id, (await readSettings()).ratios));
    });
  },

  async startHarvest({ tabId, target, seen = false }, sender) {
    if (!isOwnPage(sender)) throw refused();
    // Refused before the page hears of it.
    await labelFor(target);
    const waiting = await intentOf(tabId);
    const click = waiting?.target === 'ask' ? waiting : undefined;
    const { takeAtOnce } = await readSettings();
    // One image, or all of a page that is no search, were chosen by the click itself.
    const look = seen && !takeAtOnce && !click?.image;
    await beginInTab(tabId, { ...click, target, seen: look }, hasImageSites());
  },
};

/** One click is one harvest: whoever asks while one begins finds the intent used up. */
function oneOfTab<T>(tabId: number, begin: (intent: Intent | undefined) => Promise<T>): Promise<T> {
  return inTurn(`tab ${tabId}`, async () => begin(await intentOf(tabId)));
}

async function start(
  sender: Runtime.MessageSender,
  intent: Intent,
  label: HarvestLabel,
  engine: string,
  query: string,
): Promise<HarvestStart> {
  const generic = engineFor(new URL('about:blank')).id;
  const known = engines.some(({ id }) => id === engine) && !intent.everything;
  const of = { labelId: label.id, engine: known ? engine : generic, query, pageUrl: pageOf(sender) };
  const before = await goneOnWith(tabOf(sender), intent, label, of);
  // One that is gone on with is not written: it may have been undone, or have brought images, since it was read.
  const harvest =
    before ??
    (await beginHarvest({
      ...newHarvest({ ...of, id: crypto.randomUUID() }, Date.now()),
      ...(intent.seen ? { seen: true as const } : {}),
      ...(label.isNew ? { newLabel: label.name } : {}),
    }));
  await bindHarvest(tabOf(sender), harvest.id);
  announce({ jobs: true });
  const image = intent.image?.slice(0, IMAGE_ADDRESS);
  const { target } = await readSettings();
  return {
    harvest,
    label: label.name,
    target,
    ...(intent.seen ? { seen: true } : {}),
    ...(image ? { image } : {}),
    ...(intent.everything ? { everything: true } : {}),
  };
}

/** A collector that is put in twice by one wish goes on with the finds it shows. */
async function lookedOver(tabId: number, query: string): Promise<HarvestStart | undefined> {
  const harvest = await seenIn(tabId, query);
  if (harvest === undefined) return undefined;
  const { label } = await progressOf(harvest.id);
  return { harvest, label, target: (await readSettings()).target, seen: true };
}

/** Queues candidates under the harvest's label, which comes into being with the first. */
async function take(harvest: Harvest, candidates: Candidate[]): Promise<HarvestProgress> {
  const room = Math.max(0, MAX_CANDIDATES - harvest.found);
  const taken = candidates.slice(0, room);
  if (taken.length > 0) {
    const labelled = await withLabel(harvest);
    const { added, known } = await enqueue(labelled, taken);
    await changeHarvest(harvest.id, before => ({
      ...before,
      found: before.found + taken.length,
      added: before.added + added,
      known: before.known + known,
    }));
  }
  announce({ jobs: true });
  wake();
  return progress(harvest.id);
}

async function progress(harvestId: string): Promise<HarvestProgress> {
  const now = await progressOf(harvestId);
  // The queue learns of missing access when it next tries; the person who just pressed "Deny" should hear it at once.
  return now.paused === undefined && !(await hasImageSites()) ? { ...now, paused: 'no-permission' } : now;
}

/** Rejects where there is none of this id. */
async function existingHarvest(harvestId: string): Promise<Harvest> {
  const harvest = await harvestById(harvestId);
  if (harvest === undefined) throw refused();
  return harvest;
}

/** The harvest as read by this engine: where a page switched to its image tab, engine and address are those of the tab. */
function readBy(engine: string, harvest: Harvest, sender: Runtime.MessageSender): Harvest {
  if (engine === harvest.engine || !engines.some(({ id }) => id === engine)) return harvest;
  return { ...harvest, engine, pageUrl: pageOf(sender) };
}
