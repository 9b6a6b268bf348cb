// All rows of a label, read page by page so that what the page does for them fits between two frames.
import type { Sample } from '../../../contract/sample';
import { samplesOf } from '../../../edges/store/samples';

const PAGE = 400;

/**
 * The live rows of a label that came after a time (`addedAt`), or all of them, oldest first. The reading ends early when
 * nobody wants them any more.
 */
export async function allSamplesOf(
  labelId: string,
  { since = Number.NEGATIVE_INFINITY, wanted = (): boolean => true } = {},
): Promise<Sample[]> {
  const rows: Sample[] = [];
  for (;;) {
    const after = rows.at(-1)?.addedAt ?? since;
    const page = await samplesOf(labelId, { limit: PAGE, after });
    rows.push(...page);
    if (page.length < PAGE || !wanted()) return rows;
  }
}
