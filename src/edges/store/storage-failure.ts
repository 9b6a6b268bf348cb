// Tells a storage that refuses to write from other errors, and tries whether it takes bytes again.
import { GleanerError } from '../../contract/error';
import { metaItem } from './meta';

// Which of these a full disk gives depends on the browser and on what was full: quota, disk, or the file of one blob.
const NAMES = ['QuotaExceededError', 'DataError', 'UnknownError', 'AbortError', 'TransactionInactiveError'];
const PROBE_BYTES = 1024 * 1024;
const probe = metaItem<Blob>('probe');

/** Whether an error of a write means that the storage is full or broken. */
export function isStorageFailure(error: unknown): boolean {
  if (error instanceof GleanerError) return error.code === 'disk_full';
  return error instanceof Error || error instanceof DOMException ? NAMES.includes(error.name) : false;
}

/** Writes and removes a megabyte; false when the storage refuses it. */
export async function storageTakesBytes(): Promise<boolean> {
  try {
    await probe.set(new Blob([new Uint8Array(PROBE_BYTES)]));
    await probe.remove();
    return true;
  } catch {
    return false;
  }
}
