// How an image lay in the bin, so that it can lie there again as if it had never been restored.
import type { BinPlace, Sample } from '../../contract/sample';
import { grouped } from '../../pipeline/bucket/near-duplicates/grouping';
import { isLive } from './splits';

/** A sample of the bin as it stands in the dataset. */
export function liveAgain({
  deletedAt: _at,
  deletedWithLabel: _label,
  deletedWithHarvest: _harvest,
  deletedFrom: _from,
  ...sample
}: Sample): Sample {
  return sample;
}

/** Gathers how samples lie in the bin: those deleted together share a place. */
export class Places {
  private readonly found = new Map<string, BinPlace>();

  /** One that is not in the bin is passed over. */
  note({ sha256, deletedAt, deletedWithLabel, deletedWithHarvest, deletedFrom }: Sample): void {
    if (deletedAt === undefined) return;
    const mark = {
      deletedAt,
      ...(deletedWithLabel && { deletedWithLabel }),
      ...(deletedWithHarvest && { deletedWithHarvest }),
      ...(deletedFrom !== undefined && { deletedFrom }),
    };
    const key = JSON.stringify(mark);
    const place = this.found.get(key) ?? { ...mark, sha256s: [] };
    this.found.set(key, place);
    place.sha256s.push(sha256);
  }

  get all(): BinPlace[] {
    return [...this.found.values()];
  }
}

/** The row of an image that came while the same image lay in the bin. Only so many are kept, one inside the other. */
export function inPlaceOf(sample: Sample, { later: _later, ...former }: Sample): Sample {
  return { ...sample, former: shortened(former, FORMER) };
}
const FORMER = 8;

function shortened({ former, ...sample }: Sample, most: number): Sample {
  return former && most > 1 ? { ...sample, former: shortened(former, most - 1) } : sample;
}

/** The image that lay in the bin, in the place of the one that had taken it; undefined when there was none. */
export function formerOf({ former, ...sample }: Sample): Sample | undefined {
  return former && grouped({ ...former, ...groupOf(sample), later: sample });
}

/** Takes `formerOf` back; undefined when there is nothing to take back. */
export function laterOf({ later, ...sample }: Sample): Sample | undefined {
  return later && !isLive(sample) ? grouped({ ...liveAgain(later), ...groupOf(sample), former: sample }) : undefined;
}

/** What goes with the bytes, whichever row they belong to. */
function groupOf({ group, split, lost }: Sample): Pick<Sample, 'group' | 'split' | 'lost'> {
  return { group, split, ...(lost && { lost }) };
}
