// What pages call to read a list of image addresses: starts the worker for it, and ends it.
import type { UrlList } from '../../pipeline/import/url-list';
import { inWorker } from './one-call';
import type { UrlListWorker } from './url-list.worker';
import UrlListThread from './url-list.worker?worker';

/** The list as `parseUrlList` reads it. Rejects with the browser's own error when the file is gone, and with the signal's reason. */
export function readUrlList(file: File, signal: AbortSignal): Promise<UrlList> {
  return inWorker<UrlListWorker, UrlList>(UrlListThread, remote => remote.read(file), signal);
}
