// Answers the extension's own pages: labels, samples, splits, the user's own images and the queue.
import { GleanerError } from '../../contract/error';
import type { PageOwnMessages } from '../../contract/messages';
import type { SplitRatios, UndeletedWhole } from '../../contract/sample';
import { SETTINGS } from '../../contract/settings';
import type { Handlers } from '../../edges/messages';
import { changeSettings, readSettings } from '../../edges/settings';
import { deleteForGood, emptyBin } from '../../edges/store/bin';
import { resolveConflicts } from '../../edges/store/conflicts';
import { deleteEmptyLabel, deleteLabel, undeleteLabel } from '../../edges/store/deleted-labels';
import { cancelLabel, queueState, retryRejected } from '../../edges/store/jobs';
import { joinNearDuplicates } from '../../edges/store/join-near-duplicates';
import { createLabel, renameLabel } from '../../edges/store/labels';
import { markLost, markSound } from '../../edges/store/lost-bytes';
import { mergeLabels, unmergeLabel } from '../../edges/store/merge-labels';
import { endPause, setPause } from '../../edges/store/pause';
import { deleteSamples, moveSamples, rebinSamples, undeleteSamples } from '../../edges/store/sample-changes';
import { applyRatios } from '../../edges/store/splits';
import { announceSoon } from './announcements';
import type { endHandlers } from './end-of-project';
import type { importHandlers } from './imports';
import { takeInbox } from './inbox';
import { wake } from './pump';
import type { restoreHandlers } from './restore';
import { labelsChanged, samplesChanged } from './rows-changed';

export const collectionHandlers: Handlers<
  Exclude<
    keyof PageOwnMessages,
    | 'startHarvest'
    | 'takeFinds'
    | 'undoHarvest'
    | 'redoHarvest'
    | keyof typeof restoreHandlers
    | keyof typeof importHandlers
    | keyof typeof endHandlers
  >
> = {
  createLabel: ({ name }) => labelsChanged(createLabel(name)),
  renameLabel: ({ labelId, name }) => labelsChanged(renameLabel(labelId, name)),
  deleteLabel: ({ labelId }) => labelsChanged(deleteLabel(labelId)),
  deleteEmptyLabels: ({ labelIds }) => labelsChanged(deleteEmptyLabels(labelIds)),
  undeleteLabel: ({ labelId, deletedAt }) => restored(labelId, deletedAt),
  mergeLabels: ({ from, into }) => labelsChanged(mergeLabels(from, into)),
  unmergeLabel: async ({ labelId }) => labelsChanged(unmergeLabel(labelId, await ratios())),

  moveSamples: async ({ sha256s, labelId }) => ({
    moved: await samplesChanged(moveSamples(sha256s, labelId, await ratios())),
  }),
  deleteSamples: async ({ sha256s, asBefore = false }) => ({
    deleted: await samplesChanged(deleteSamples(sha256s, await ratios(), { asBefore })),
  }),
  undeleteSamples: async ({ sha256s, asBefore = false }) =>
    labelsChanged(undeleteSamples(sha256s, await ratios(), { asBefore })),
  rebinSamples: async ({ places }) => labelsChanged(rebinSamples(places, await ratios())),
  emptyBin: () => samplesChanged(emptyBin()),
  deleteForGood: async ({ sha256s }) => ({ removed: await samplesChanged(deleteForGood(sha256s)) }),
  resolveConflicts: ({ confirmed }) => samplesChanged(resolveConflicts(confirmed)),
  joinNearDuplicates: async ({ pairs }) => samplesChanged(joinNearDuplicates(pairs, await ratios())),
  markLost: async ({ sha256 }) => {
    const requeued = await samplesChanged(markLost(sha256));
    if (requeued) wake();
    return { requeued };
  },
  markSound: ({ sha256 }) => samplesChanged(markSound(sha256)),
  setRatios: async ({ ratios }) => {
    const checked = SETTINGS.ratios.read(ratios);
    if (checked === undefined) throw new GleanerError('bad_ratios');
    await changeSettings({ ratios: checked });
    await samplesChanged(applyRatios(checked));
    announceSoon({ settings: true });
  },

  takeInbox: ({ ids }) => takeInbox(ids),

  pauseQueue: async () => {
    await setPause('user');
    announceSoon({ jobs: true });
    wake();
  },
  resumeQueue: async ({ pause }) => {
    await (pause === undefined ? setPause(undefined) : endPause(pause));
    announceSoon({ jobs: true });
    wake();
  },
  cancelLabel: async ({ labelId }) => {
    const cancelled = await cancelLabel(labelId);
    announceSoon({ jobs: true });
    wake();
    return { cancelled };
  },
  retryRejected: async ({ labelId, reason }) => {
    const requeued = await retryRejected(labelId, reason);
    announceSoon({ jobs: true });
    wake();
    return { requeued };
  },
  tellPages: async () => {
    await changeSettings({ sendReferer: 'always' });
    const requeued = await retryRejected(undefined, 'page-wanted');
    announceSoon({ jobs: true, settings: true });
    wake();
    return { requeued };
  },
  queueState: () => {
    // Whoever asks would like the queue to move: a background the browser stopped takes up its work here.
    wake();
    return queueState();
  },
};

async function deleteEmptyLabels(labelIds: readonly string[]): Promise<void> {
  for (const labelId of labelIds) await deleteEmptyLabel(labelId);
}

async function restored(labelId: string, deletedAt: number | undefined): Promise<UndeletedWhole & { name: string }> {
  const { label, ...back } = await labelsChanged(undeleteLabel(labelId, { deletedAt }));
  return { ...back, name: label.name };
}

async function ratios(): Promise<SplitRatios> {
  return (await readSettings()).ratios;
}
