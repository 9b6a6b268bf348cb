// A label's addresses as a table, to be looked through, kept, or read back as a list.
import type { Candidate } from '../../contract/candidate';
import { CsvTable } from '../../formats/csv/write';

/** CSV in UTF-8 with a header: url, label, title, source_page, width, height (pixels; empty where the page told none). */
export function urlTable(label: string, candidates: Iterable<Candidate>): Uint8Array<ArrayBuffer> {
  const table = new CsvTable();
  table.add(['url', 'label', 'title', 'source_page', 'width', 'height']);
  for (const { url, title, sourcePage, width, height } of candidates) {
    table.add([url, label, title, sourcePage, width, height]);
  }
  return table.bytes();
}
