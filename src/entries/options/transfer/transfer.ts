// The export, import or restore that runs on this page, kept apart from its screen so that looking elsewhere does not stop it.
import { computed } from '@preact/signals';
import { GleanerError } from '../../../contract/error';
import { t } from '../../../edges/i18n';
import { attempt } from '../../parts/complain';
import { type Running, Task, type Tell, type Work } from '../app/task';

const TRANSFERS = ['share', 'dataset', 'model', 'backup', 'import'] as const;
export type TransferKind = (typeof TRANSFERS)[number];

/** What is shown of a transfer besides how far it is. */
export interface Transferring {
  bytes: number;
  /** What is being done, where that is not plain from the card. */
  phase?: string | undefined;
  /** What is done is a share of the work, and no count of images. */
  uncounted?: true;
}
export type Transfer = Running<Transferring>;
export type Progress = Parameters<Tell<Transferring>>[0];

/** A stopped transfer says what it brought, or has files to remove, so it is waited for. */
const task = (words: () => string = () => t('export_cancelled')) =>
  new Task<Transferring>({ keeps: true, cancelled: words });
/** How the last transfer of each kind ended is shown on its card until the next. */
export const transfers: Record<TransferKind, Task<Transferring>> = {
  share: task(),
  dataset: task(),
  model: task(),
  backup: task(),
  import: task(() => t('import_cancelled')),
};

/** One at a time: they read and write the same disk. */
export const exporting = computed(() => TRANSFERS.map(kind => transfers[kind].running.value).find(Boolean));

/** 0…1 */
export function shareOf({ done, total }: Transfer): number {
  return total > 0 ? done / total : 0;
}

/**
 * Runs one transfer for a step that can be undone; resolves with the words of its outcome, which cancelling has as well.
 * Rejects with what the work rejects with, or with `transfer_busy`.
 */
export async function transfer(kind: TransferKind, work: Work<Transferring>): Promise<string> {
  if (exporting.value) throw new GleanerError('transfer_busy');
  const outcome = await transfers[kind].runOrReject({ bytes: 0 }, work);
  return outcome?.words ?? '';
}

/** Runs one that cannot be undone; a failure is said. */
export function runTransfer(kind: TransferKind, work: Work<Transferring>): Promise<void> {
  return attempt(async () => {
    if (exporting.value) throw new GleanerError('transfer_busy');
    await transfers[kind].run({ bytes: 0 }, work);
  });
}
