// How each kind of step is done and undone: what the background is asked for, and what the page shows of it at once.
import { GleanerError } from '../../contract/error';
import { plural } from '../../edges/i18n';
import { ask } from '../../edges/messages';
import { labelCounts } from '../../edges/store/labels';
import { samplesByHash } from '../../edges/store/samples';
import { warn } from './notices';
import { showAtOnce } from './sample-moves';
import { imagesOf } from './state';
import type { Ways } from './undo';

export const WAYS: Ways = {
  create: {
    redo: ({ label }) => done(ask('restoreLabel', { labelId: label.id })),
    undo: ({ label }) => done(ask('deleteLabel', { labelId: label.id })),
  },
  rename: {
    redo: ({ label, name }) => done(ask('renameLabel', { labelId: label.id, name })),
    undo: ({ label }) => done(ask('renameLabel', { labelId: label.id, name: label.name })),
  },
  'delete-label': {
    redo: ({ label }) => done(ask('deleteLabel', { labelId: label.id })),
    undo: ({ label }) => done(ask('restoreLabel', { labelId: label.id })),
  },
  'restore-label': {
    redo: ({ label }) => done(ask('restoreLabel', { labelId: label.id })),
    undo: ({ label }) => done(ask('deleteLabel', { labelId: label.id })),
  },
  merge: {
    redo: ({ from, into }) => done(ask('mergeLabels', { from: from.id, into: into.id })),
    undo: ({ from }) => done(ask('unmergeLabel', { labelId: from.id })),
  },
  delete: {
    redo: ({ sha256s }) => remove(sha256s),
    undo: async step => ({ ...step, sha256s: (await bringBack(step.sha256s)).sha256s }),
  },
  restore: {
    redo: async step => ({ ...step, ...(await bringBack(step.sha256s)) }),
    undo: ({ sha256s, labels }) => takeBack(sha256s, labels),
  },
  add: {
    redo: ({ sha256s }) => done(bringBack(sha256s)),
    undo: ({ sha256s }) => remove(sha256s),
  },
  move: {
    redo: async ({ to, from }) => {
      await move(
        from.flatMap(({ sha256s }) => sha256s),
        to.id,
      );
      return undefined;
    },
    undo: async ({ from }) => {
      const ends = await Promise.allSettled(from.map(({ labelId, sha256s }) => move(sha256s, labelId)));
      const failed = ends.find(end => end.status === 'rejected');
      if (failed) throw failed.reason;
      return undefined;
    },
  },
  keep: {
    redo: ({ jobIds }) => done(ask('settleClaims', { jobIds, settled: true })),
    undo: ({ jobIds }) => done(ask('settleClaims', { jobIds, settled: false })),
  },
  'keep-alike': {
    redo: ({ words }) => done(ask('settleLookAlikes', { words })),
    undo: ({ before }) => done(ask('settleLookAlikes', { words: before })),
  },
  'undo-harvest': {
    redo: ({ harvestId }) => done(ask('undoHarvest', { harvestId })),
    undo: ({ harvestId }) => done(ask('redoHarvest', { harvestId })),
  },
  'redo-harvest': {
    redo: ({ harvestId }) => done(ask('redoHarvest', { harvestId })),
    undo: ({ harvestId }) => done(ask('undoHarvest', { harvestId })),
  },
  bring: {
    redo: ({ harvests, labels }) =>
      allOf([
        ...labels.map(labelId => () => ask('restoreLabel', { labelId })),
        ...harvests.map(harvestId => () => ask('redoHarvest', { harvestId })),
      ]),
    undo: ({ harvests, labels }) =>
      allOf([
        ...harvests.map(harvestId => () => ask('undoHarvest', { harvestId })),
        ...labels.map(labelId => () => ask('deleteLabel', { labelId })),
      ]),
  },
  page: { redo: elsewhere, undo: elsewhere },
};

async function done(work: Promise<unknown>): Promise<undefined> {
  await work;
}

async function elsewhere(): Promise<never> {
  throw new GleanerError('step_elsewhere');
}

async function remove(sha256s: string[]): Promise<undefined> {
  await ask('deleteSamples', { sha256s });
  showAtOnce({ samples: sha256s.map(sha256 => ({ sha256 })), to: undefined });
}

/**
 * Gives the images that came back, and the ids of labels that came with them. Some that are gone for good are told of;
 * rejects with 'images_gone' when all are.
 */
async function bringBack(sha256s: string[]): Promise<{ sha256s: string[]; labels: string[] }> {
  const { restored, labels } = await ask('restoreSamples', { sha256s });
  if (restored === 0) throw new GleanerError('images_gone');
  const gone = sha256s.length - restored;
  if (gone > 0) warn(plural('gone_for_good', gone));
  return { sha256s: await showThem(sha256s), labels };
}

async function move(sha256s: string[], labelId: string): Promise<void> {
  const { moved } = await ask('moveSamples', { sha256s, labelId });
  if (moved === 0) throw new GleanerError('images_gone');
  await showThem(sha256s);
}

/** Shows images where they stand now; gives those that are in the dataset. */
async function showThem(sha256s: string[]): Promise<string[]> {
  const rows = (await samplesByHash(sha256s)).filter(({ deletedAt }) => deletedAt === undefined);
  for (const labelId of new Set(rows.map(row => row.labelId)))
    showAtOnce({ samples: rows.filter(row => row.labelId === labelId), to: labelId });
  return rows.map(({ sha256 }) => sha256);
}

/** Deletes restored images again, and labels that came back with them as long as they hold nothing else. */
async function takeBack(sha256s: string[], labels: string[]): Promise<undefined> {
  const rows = await samplesByHash(sha256s);
  const counts = new Map((await labelCounts()).map(count => [count.labelId, count]));
  const whole = labels.filter(id => imagesOf(counts.get(id)) === rows.filter(({ labelId }) => labelId === id).length);
  for (const labelId of whole) await ask('deleteLabel', { labelId, withEarlier: true });
  const others = rows.filter(({ labelId }) => !whole.includes(labelId)).map(({ sha256 }) => sha256);
  if (others.length > 0) await ask('deleteSamples', { sha256s: others });
  showAtOnce({ samples: rows, to: undefined });
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
