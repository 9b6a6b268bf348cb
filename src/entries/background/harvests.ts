// Harvests in the background: a click becomes a collector in the tab, and what the collector sends is checked and queued.
import type { Runtime } from 'webextension-polyfill';
import { MAX_CANDIDATES } from '../../contract/candidate';
import { GleanerError } from '../../contract/error';
import type { Harvest, HarvestProgress, HarvestStart } from '../../contract/harvest';
import type { Label } from '../../contract/label';
import type { LabelTarget, PageMessages } from '../../contract/messages';
import { announce } from '../../edges/changes';
import { type Handlers, isOwnPage } from '../../edges/messages';
import { hasImageSites } from '../../edges/permissions';
import { readSettings } from '../../edges/settings';
import { changeHarvest, harvestById, saveHarvest } from '../../edges/store/harvests';
import { enqueue, progressOf } from '../../edges/store/jobs';
import { allLabels, createLabel } from '../../edges/store/labels';
import { rememberStep } from '../../edges/store/steps';
import { redoHarvest, undoHarvest } from '../../edges/store/undo-harvest';
import { bindHarvest, type Intent, intentOf } from '../../edges/tab-harvests';
import { engineFor, engines } from '../../engines';
import { BATCH_LIMITS, checkBatch, checkId, checkText } from '../../pipeline/harvest/check-batch';
import { newHarvest } from '../../pipeline/harvest/new-harvest';
import { inTurn } from '../../pipeline/streams/in-turn';
import { beginInTab } from './inject-collector';
import { rebuildMenus } from './menus';
import { wake } from './pump';
import { ownHarvest, pageOf, refused, tabOf } from './senders';

const IMAGE_ADDRESS = 65_536;

/** The messages of the collector and its panel, the popup's "Add", and the way back of the app's harvest log. */
export const harvestHandlers: Handlers<keyof PageMessages | 'redoHarvest' | 'startHarvest'> = {
  async beginHarvest({ engine, query }, sender) {
    return oneOfTab(tabOf(sender), async intent => {
      if (intent === undefined || intent.target === 'ask') return undefined;
      return start(sender, intent, await labelFor(intent.target), engine, query);
    });
  },

  async nameHarvest({ name, engine, query }, sender) {
    const label = checkText(name, BATCH_LIMITS.name);
    return oneOfTab(tabOf(sender), async intent => {
      if (intent?.target !== 'ask' || label === '') return undefined;
      return start(sender, intent, await labelFor({ newLabel: label }), engine, query);
    });
  },

  async sendCandidates(args, sender) {
    const batch = checkBatch(args);
    const harvestId = await ownHarvest(batch?.harvestId, sender);
    if (batch === undefined) throw refused();
    return inTurn(harvestId, async () => {
      const harvest = readBy(batch.engine, await existingHarvest(harvestId), sender);
      if (harvest.undone) return progress(harvestId);
      const room = Math.max(0, MAX_CANDIDATES - harvest.found);
      const candidates = batch.candidates.slice(0, room);
      const { added, known } = await enqueue(harvest, candidates);
      await changeHarvest(harvestId, before => ({
        ...before,
        engine: harvest.engine,
        pageUrl: harvest.pageUrl,
        tiles: Math.max(before.tiles, batch.tiles),
        refused: batch.refused,
        found: before.found + candidates.length,
        added: before.added + added,
        known: before.known + known,
      }));
      announce({ jobs: true });
      wake();
      return progress(harvestId);
    });
  },

  async harvestProgress({ harvestId }, sender) {
    return progress(await ownHarvest(harvestId, sender));
  },

  async undoHarvest({ harvestId }, sender) {
    // The app's harvest log may undo any harvest, a page only its own.
    const id = isOwnPage(sender) ? checkId(harvestId) : await ownHarvest(harvestId, sender);
    if (id === undefined) throw refused();
    return inTurn(id, async () => {
      const { images, queued } = await undoHarvest(id, (await readSettings()).ratios);
      // The app remembers its own steps; what was undone in a panel can be taken back there as well.
      if (!isOwnPage(sender) && images + queued > 0)
        await rememberStep({ kind: 'undo-harvest', harvestId: id, images, queued });
      announce({ jobs: true, samples: true });
      wake();
      return { removed: images + queued };
    });
  },

  async redoHarvest({ harvestId }, sender) {
    const id = isOwnPage(sender) ? checkId(harvestId) : undefined;
    if (id === undefined) throw refused();
    return inTurn(id, async () => {
      const restored = await redoHarvest(id, (await readSettings()).ratios);
      await rebuildMenus();
      announce({ labels: true, jobs: true, samples: true });
      wake();
      return restored;
    });
  },

  async startHarvest({ tabId, target }, sender) {
    if (!isOwnPage(sender)) throw refused();
    await beginInTab(tabId, { target }, hasImageSites());
  },
};

/** One click is one harvest: whoever asks while one begins finds the intent used up. */
function oneOfTab<T>(tabId: number, begin: (intent: Intent | undefined) => Promise<T>): Promise<T> {
  return inTurn(`tab ${tabId}`, async () => begin(await intentOf(tabId)));
}

async function start(
  sender: Runtime.MessageSender,
  intent: Intent,
  label: Label,
  engine: string,
  query: string,
): Promise<HarvestStart> {
  const generic = engineFor(new URL('about:blank')).id;
  const readByEngine = engines.some(({ id }) => id === engine) && !intent.everything;
  const of = {
    id: crypto.randomUUID(),
    labelId: label.id,
    engine: readByEngine ? engine : generic,
    query,
    pageUrl: pageOf(sender),
  };
  const harvest = newHarvest(of, Date.now());
  await saveHarvest(harvest);
  await bindHarvest(tabOf(sender), harvest.id);
  const image = intent.image?.slice(0, IMAGE_ADDRESS);
  const { target } = await readSettings();
  return {
    harvest,
    label: label.name,
    target,
    ...(image ? { image } : {}),
    ...(intent.everything ? { everything: true } : {}),
  };
}

async function labelFor(target: LabelTarget): Promise<Label> {
  if ('newLabel' in target) {
    const label = await createLabel(target.newLabel);
    await rebuildMenus();
    announce({ labels: true });
    return label;
  }
  const label = (await allLabels()).find(({ id }) => id === target.labelId);
  if (label === undefined) throw new GleanerError('label_gone');
  return label;
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
