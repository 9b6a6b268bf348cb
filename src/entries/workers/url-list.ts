// What pages call to read a list of image addresses: starts the worker for it, and ends it.
import type { FileChoice, ReadList } from '../../pipeline/import/read-list';
import { inWorker } from './one-call';
import type { UrlListWorker } from './url-list.worker';
import UrlListThread from './url-list.worker?worker';

/** The list as `readList` reads it. Rejects as that throws, with the browser's own error when the file is gone, and with the signal's reason. */
export function readUrlList(
  file: File,
  languages: readonly string[],
  choice: FileChoice,
  signal: AbortSignal,
): Promise<ReadList> {
  return inWorker<UrlListWorker, ReadList>(UrlListThread, remote => remote.read(file, languages, choice), signal);
}
