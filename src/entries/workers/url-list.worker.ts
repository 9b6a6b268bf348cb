// Reads a list of image addresses off the page's thread: it may have 20 million characters.
import { type FileChoice, LONGEST_LIST, type ReadList, readList } from '../../pipeline/import/read-list';
import { expose } from './worker-bridge';

const api = {
  async read(file: File, languages: readonly string[], choice: FileChoice): Promise<ReadList> {
    const list = readList(new Uint8Array(await file.slice(0, LONGEST_LIST).arrayBuffer()), languages, choice);
    return { ...list, truncated: list.truncated || file.size > LONGEST_LIST };
  },
};
export type UrlListWorker = typeof api;
expose(api);
