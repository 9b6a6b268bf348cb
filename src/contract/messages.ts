// The one list of messages between contexts. A missing handler or a misspelt name is a compile error.
// Bytes never travel in messages: contexts meet in IndexedDB.
import type { Candidate } from './candidate';
import type { ConfirmedLabels } from './conflict';
import type { CandidateBatch, Harvest, HarvestProgress, HarvestStart, ListAdded, PauseReason } from './harvest';
import type { Job, Reason } from './job';
import type { Label } from './label';
import type { RestoredAddress, RestoredRows } from './restored-rows';
import type { BinPlace, SplitRatios, Undeleted, UndeletedWhole } from './sample';

/** A harvest's label: an existing one, or one to be made under this name. */
export type LabelTarget = { labelId: string } | { newLabel: string };

/** A file of a person's own that was not taken. */
export interface RefusedFile {
  name: string;
  reason: Reason;
}

/** Messages a content script may send. The page can forge them, so they can only add to this tab's own harvest. */
export interface PageMessages {
  /** The collector asks what it was injected for. Undefined when nothing waits for this tab. */
  beginHarvest(args: { engine: string; query: string }): HarvestStart | undefined;
  sendCandidates(args: CandidateBatch): HarvestProgress;
  harvestProgress(args: { harvestId: string }): HarvestProgress;
}

/** Messages of the extension's own pages. */
export interface PageOwnMessages {
  /**
   * Begins a harvest in a tab. `seen`: its finds are looked over before they are taken. A click that waits there for the name
   * of its label gets this one.
   */
  startHarvest(args: { tabId: number; target: LabelTarget; seen?: boolean }): void;
  /** Takes finds the user has looked over; `leftOut` says how many were left. At most 500 a message. */
  takeFinds(args: { harvestId: string; candidates: Candidate[]; leftOut: number }): HarvestProgress;
  /**
   * Puts what this harvest added into the bin and ends its downloads; says how many images and waiting downloads went. With
   * `step` the app can take it back.
   */
  undoHarvest(args: { harvestId: string; step?: boolean }): { removed: number };
  /** Puts addresses of a list under a label, at most 500 a message. With `harvestId` they join an import begun before. */
  importUrls(args: { labelId: string; list: string; urls: string[]; harvestId?: string }): ListAdded;
  createLabel(args: { name: string }): Label;
  /** As `createLabel`, and whether it was made. `after`: the harvest the import has begun last; once that is gone, everything is. */
  labelForImport(args: { name: string; after?: string }): { label: Label; made: boolean };
  renameLabel(args: { labelId: string; name: string }): Label;
  /** Removes the label with its jobs and samples; `undeleteLabel` brings it back. Says when that was. */
  deleteLabel(args: { labelId: string }): { deletedAt: number };
  /** Deletes those of the labels under which nothing stands or waits by then. */
  deleteEmptyLabels(args: { labelIds: string[] }): void;
  /** `deletedAt`: only what went with the label at that time. Says the name it has now. */
  undeleteLabel(args: { labelId: string; deletedAt?: number }): UndeletedWhole & { name: string };
  mergeLabels(args: { from: string; into: string }): void;
  /** Makes a merged label again, with what came from it and still stands where the merge put it. */
  unmergeLabel(args: { labelId: string }): void;
  /** Says how many of them there were. */
  moveSamples(args: { sha256s: string[]; labelId: string }): { moved: number };
  /**
   * Says which were in the dataset. `asBefore`: those that had taken the place of an image in the bin go back to be that
   * image.
   */
  deleteSamples(args: { sha256s: string[]; asBefore?: boolean }): { deleted: string[] };
  /** `asBefore`: takes that back. */
  undeleteSamples(args: { sha256s: string[]; asBefore?: boolean }): Undeleted;
  /** Takes a restoring back: the images lie in the bin as they lay there. */
  rebinSamples(args: { places: BinPlace[] }): void;
  /** Brings back what undoing a harvest put into the bin. */
  redoHarvest(args: { harvestId: string }): UndeletedWhole;
  /** Removes deleted images and labels for good. */
  emptyBin(args: Record<string, never>): void;
  deleteForGood(args: { sha256s: string[] }): { removed: number };
  /** Writes down which labels the user has confirmed images against; none takes the word back. */
  resolveConflicts(args: { confirmed: ConfirmedLabels[] }): void;
  /** Joins the groups of images that are near-duplicates by their features, at most 500 pairs a message. */
  joinNearDuplicates(args: { pairs: [string, string][] }): void;
  /** The image's bytes are gone or are others: it is marked, and fetched again where it has an address. */
  markLost(args: { sha256: string }): { requeued: boolean };
  /** The bytes of an image that was marked are there. */
  markSound(args: { sha256: string }): void;
  setRatios(args: { ratios: SplitRatios }): void;
  /**
   * Images of the user's own wait in the `inbox` store under these ids; each becomes a sample like a downloaded one. Names those
   * stored; `refused` names the first files that were not taken. `full`: the storage refused, and the rest goes on waiting.
   */
  takeInbox(args: { ids: number[] }): {
    stored: string[];
    rejected: Partial<Record<Reason, number>>;
    refused: RefusedFile[];
    full?: true;
  };
  /** Makes the labels of a backup, or finds those that stand for them. */
  restoreLabels(args: { labels: Label[] }): { from: string; into: string; made: boolean }[];
  /** Harvests of a backup, at most some hundred a message; their ids here may be others. */
  restoreHarvests(args: { harvests: Harvest[] }): { from: string; into: string; made: boolean }[];
  /** Known addresses of a backup, as many; `missing` are images that did not come. `pause`: of the queue, which was not. */
  restoreAddresses(args: { addresses: Omit<Job, 'id' | 'host'>[]; missing: string[] }): {
    came: RestoredAddress[];
    queued: number;
    pause?: string;
  };
  /** Takes rows out that a restore brought, and puts back those it found, but for what the user has done something with. */
  takeBackRows(args: RestoredRows): void;
  /** A folder or archive that is being imported becomes a harvest, so that it stands in the log and can be undone. */
  beginImport(args: { labelId: string; name: string; found: number }): { harvestId: string };
  /** Rejects with 'import_gone' where everything was deleted meanwhile. */
  endImport(args: { harvestId: string; added: number; known: number }): void;
  /** Deletes the whole project, settings included; the network's weights stay. There is no way back. */
  deleteEverything(args: Record<string, never>): void;
  pauseQueue(args: Record<string, never>): void;
  /** With `pause` only if it is that one which holds. */
  resumeQueue(args: { pause?: string }): void;
  cancelLabel(args: { labelId: string }): { cancelled: number };
  /** Puts rejected jobs back into the queue: of one label or all, of one reason or all. */
  retryRejected(args: { labelId?: string; reason?: Reason }): { requeued: number };
  /**
   * From now on sites that refuse an image are told the page that shows it; what was refused before goes back into the
   * queue, under every label.
   */
  tellPages(args: Record<string, never>): { requeued: number };
  queueState(args: Record<string, never>): { queued: number; paused?: PauseReason };
}

export type Messages = PageMessages & PageOwnMessages;
export type MessageName = keyof Messages;
export type Arguments<N extends MessageName> = Parameters<Messages[N]>[0];
export type Answer<N extends MessageName> = ReturnType<Messages[N]>;

/** Told to every open context when rows changed, so that lists read again. */
export interface Changed {
  labels?: boolean;
  jobs?: boolean;
  samples?: boolean;
  models?: boolean;
  settings?: boolean;
}
