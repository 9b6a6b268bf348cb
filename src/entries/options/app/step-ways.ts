// How each kind of step is done and undone: what the background is asked for, and what the page shows of it at once.
import { GleanerError } from '../../../contract/error';
import type { Undeleted } from '../../../contract/sample';
import type { Step } from '../../../contract/step';
import { plural, t } from '../../../edges/i18n';
import { ask } from '../../../edges/messages';
import { samplesByHash } from '../../../edges/store/samples';
import { named } from '../../../pipeline/bucket/label-name';
import { warn } from '../../parts/complain';
import { RESOLVE_CONFLICTS } from './resolve-conflicts';
import { showAtOnce } from './sample-moves';
import type { Ways } from './undo';

export const WAYS: Ways = {
  create: {
    redo: ({ label }) => done(ask('undeleteLabel', { labelId: label.id })),
    undo: ({ label }) => done(ask('deleteLabel', { labelId: label.id })),
  },
  rename: {
    redo: ({ label, name }) => done(ask('renameLabel', { labelId: label.id, name })),
    undo: ({ label }) => done(ask('renameLabel', { labelId: label.id, name: label.name })),
  },
  'delete-label': {
    redo: async step => ({ ...step, ...(await ask('deleteLabel', { labelId: step.label.id })) }),
    undo: async ({ label, deletedAt }) => {
      const time = deletedAt === undefined ? {} : { deletedAt };
      const { name, gone } = await ask('undeleteLabel', { labelId: label.id, ...time });
      tellGone(gone);
      if (name !== label.name) warn(t('did_restore_label_as', named(label.name), named(name)));
      return undefined;
    },
  },
  'restore-label': {
    redo: async step => {
      const { name, before, gone } = await ask('undeleteLabel', { labelId: step.label.id });
      tellGone(gone);
      return { ...step, as: name, before };
    },
    undo: async ({ label, before = [] }) => {
      await ask('rebinSamples', { places: before });
      await ask('deleteLabel', { labelId: label.id });
      return undefined;
    },
  },
  merge: {
    redo: ({ from, into }) => done(ask('mergeLabels', { from: from.id, into: into.id })),
    undo: ({ from }) => done(ask('unmergeLabel', { labelId: from.id })),
  },
  delete: {
    // A second one while the first is under way finds nothing more to delete, and is no step.
    redo: async step => {
      const deleted = await remove(step.sha256s);
      if (deleted.length > 0) return { ...step, sha256s: deleted };
      throw await missing(step.sha256s);
    },
    undo: async step => ({ ...step, sha256s: (await bringBack(step.sha256s)).sha256s }),
  },
  restore: {
    redo: async step => ({ ...step, ...(await bringBack(step.sha256s)) }),
    undo: takeBack,
  },
  add: {
    redo: ({ sha256s }) => done(bringBack(sha256s, true)),
    undo: ({ sha256s }) => done(remove(sha256s, true)),
  },
  move: {
    redo: async step => {
      const moved = new Set(
        await move(
          step.from.flatMap(({ sha256s }) => sha256s),
          step.to.id,
        ),
      );
      // What was deleted meanwhile was not moved, and is not to be moved back.
      const from = step.from.map(({ labelId, sha256s }) => ({ labelId, sha256s: sha256s.filter(id => moved.has(id)) }));
      return { ...step, from: from.filter(({ sha256s }) => sha256s.length > 0) };
    },
    undo: async ({ from }) => {
      const ends = await Promise.allSettled(from.map(({ labelId, sha256s }) => move(sha256s, labelId)));
      const failed = ends.find(end => end.status === 'rejected');
      if (failed) throw failed.reason;
      return undefined;
    },
  },
  'resolve-conflicts': RESOLVE_CONFLICTS,
  'undo-harvest': {
    redo: ({ harvestId }) => done(ask('undoHarvest', { harvestId })),
    undo: async ({ harvestId }) => {
      tellGone((await ask('redoHarvest', { harvestId })).gone);
      return undefined;
    },
  },
  'redo-harvest': {
    redo: ({ harvestId }) => done(ask('redoHarvest', { harvestId })),
    undo: ({ harvestId }) => done(ask('undoHarvest', { harvestId })),
  },
  bring: {
    redo: ({ harvests, labels }) =>
      allOf([
        ...labels.map(labelId => () => ask('undeleteLabel', { labelId })),
        ...harvests.map(harvestId => () => ask('redoHarvest', { harvestId })),
      ]),
    undo: async ({ harvests, labels }) => {
      await allOf(harvests.map(harvestId => () => ask('undoHarvest', { harvestId })));
      // What came to stand under them since, or belongs to another page's import of the same name, keeps its label.
      return done(ask('deleteEmptyLabels', { labelIds: labels }));
    },
  },
  page: { redo: elsewhere, undo: elsewhere },
};

async function done(work: Promise<unknown>): Promise<undefined> {
  await work;
}

async function elsewhere(): Promise<never> {
  throw new GleanerError('step_elsewhere');
}

/** Gives those that were in the dataset. */
async function remove(sha256s: string[], asBefore = false): Promise<string[]> {
  const { deleted } = await ask('deleteSamples', { sha256s, asBefore });
  showAtOnce({ samples: sha256s.map(sha256 => ({ sha256 })), to: undefined });
  return deleted;
}

/** Why nothing could be done with images. */
async function missing(sha256s: string[]): Promise<GleanerError> {
  return new GleanerError((await samplesByHash(sha256s)).length > 0 ? 'images_in_bin' : 'images_gone');
}

function tellGone(gone: number): void {
  if (gone > 0) warn(plural('gone_for_good', gone));
}

/**
 * Gives the images that came back, how they lay in the bin, and the ids of labels that came with them. Some that are gone for good are told of;
 * rejects with 'images_gone' when all are.
 */
async function bringBack(
  sha256s: string[],
  asBefore = false,
): Promise<Pick<Undeleted, 'labels' | 'before'> & { sha256s: string[] }> {
  const { restored, labels, before } = await ask('undeleteSamples', { sha256s, asBefore });
  if (restored === 0) throw new GleanerError('images_gone');
  tellGone(sha256s.length - restored);
  return { sha256s: await showThem(sha256s), labels, before };
}

/** Gives the images that were moved; rejects when there are none, because all are gone for good or some lie in the bin. */
async function move(sha256s: string[], labelId: string): Promise<string[]> {
  const { moved } = await ask('moveSamples', { sha256s, labelId });
  const shown = await showThem(sha256s);
  if (moved > 0) return shown;
  throw await missing(sha256s);
}

/** Shows images where they stand now; gives those that are in the dataset. */
async function showThem(sha256s: string[]): Promise<string[]> {
  const rows = (await samplesByHash(sha256s)).filter(({ deletedAt }) => deletedAt === undefined);
  for (const labelId of new Set(rows.map(row => row.labelId)))
    showAtOnce({ samples: rows.filter(row => row.labelId === labelId), to: labelId });
  return rows.map(({ sha256 }) => sha256);
}

/** Puts restored images back as they lay in the bin, and labels that came with them as long as they hold nothing else. */
async function takeBack({ sha256s, labels, before = [] }: Extract<Step, { kind: 'restore' }>): Promise<undefined> {
  await ask('rebinSamples', { places: before });
  // Of some it is not known: a page was closed in the middle of restoring them.
  const known = new Set(before.flatMap(place => place.sha256s));
  const others = sha256s.filter(sha256 => !known.has(sha256));
  if (others.length > 0) await ask('deleteSamples', { sha256s: others });
  await ask('deleteEmptyLabels', { labelIds: labels });
  showAtOnce({ samples: await samplesByHash(sha256s), to: undefined });
}

/** Does all it can; what is gone does not keep the rest from it, unless it is all of it. */
async function allOf(asks: (() => Promise<unknown>)[]): Promise<undefined> {
  let gone: GleanerError | undefined;
  let count = 0;
  for (const one of asks) {
    try {
      await one();
      count++;
    } catch (error) {
      if (!(error instanceof GleanerError)) throw error;
      gone = error;
    }
  }
  if (count === 0 && gone) throw gone;
}
