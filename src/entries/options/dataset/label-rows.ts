// The rows of the label on screen: the newest at once, all of them soon after; what comes in later is added to them.
import { signal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import type { Sample } from '../../../contract/sample';
import { newestSamplesOf } from '../../../edges/store/samples';
import { complain } from '../../parts/complain';
import { useKeptFresh } from '../app/read';
import { afterMoves, type SampleMove, sampleMoves } from '../app/sample-moves';
import { counts, imagesOf, samplesVersion } from '../app/state';
import { allSamplesOf } from './samples-of-label';

/** Rows of the first reading: more than a large window shows. */
const FIRST = 150;
/** While images stream in, the rows already there are read again this often, in milliseconds, and once it is calm. */
const ALL_AGAIN = 5000;
const CALM = 1200;

export interface LabelRows {
  samples: readonly Sample[];
  /** Whether these are all; the first reading brings the newest alone. */
  complete: boolean;
}

/** The live samples of a label, in no order; undefined until the first of them are read. */
export function useLabelRows(labelId: string): LabelRows | undefined {
  const reader = useMemo(() => new LabelReader(labelId), [labelId]);
  useEffect(() => () => reader.end(), [reader]);
  // It rests by itself: what comes in is to be seen soon, whatever is being read besides.
  useKeptFresh([samplesVersion], () => reader.look(), [reader], { rest: 0 });
  const read = reader.read.value;
  const moves = sampleMoves.value;
  const now = useMemo(() => {
    if (!read) return undefined;
    const later = read.since === undefined ? moves : moves.slice(moves.indexOf(read.since) + 1);
    return later.length === 0 ? read : { samples: afterMoves(read.samples, labelId, later), complete: read.complete };
  }, [read, moves]);
  reader.shown = now?.samples.length ?? 0;
  return now;
}

interface Read extends LabelRows {
  /** The newest move when the reading began; those after it may be missing from the rows. */
  since: SampleMove | undefined;
}

class LabelReader {
  readonly read = signal<Read>();
  /** How many rows are shown now. */
  shown = 0;
  /** When the newest reading of all rows began, and how many have begun and ended. */
  private all = { at: 0, begun: 0, ended: 0 };
  private timer: ReturnType<typeof setTimeout> | undefined;
  private gone = false;

  constructor(private readonly labelId: string) {}

  end(): void {
    this.gone = true;
    clearTimeout(this.timer);
  }

  /** Looks again after a change. */
  async look(): Promise<void> {
    clearTimeout(this.timer);
    const before = this.read.peek();
    if (!before) {
      const since = sampleMoves.peek().at(-1);
      const samples = await newestSamplesOf(this.labelId, FIRST);
      if (!this.gone) this.read.value = { samples, complete: false, since };
    } else if (before.complete && !this.due()) await this.add(newestOf(before.samples));
    if (this.gone) return;
    if (before?.complete ? this.due() : this.all.begun === this.all.ended) this.readAll().catch(complain);
    else this.timer = setTimeout(() => void this.readAll().catch(complain), CALM);
  }

  /** Whether adding to the rows is not enough. */
  private due(): boolean {
    // Fewer than are shown: something was taken away elsewhere, which nothing but a full reading finds.
    return imagesOf(counts.peek().get(this.labelId)) < this.shown || Date.now() - this.all.at > ALL_AGAIN;
  }

  /** Ten thousand rows cannot be read anew for each image that comes in. */
  private async add(since: number): Promise<void> {
    const added = await allSamplesOf(this.labelId, { since, wanted: this.wanted });
    // All of them may have been read meanwhile.
    const now = this.read.peek();
    if (!now || this.gone) return;
    const newest = newestOf(now.samples);
    const fresh = added.filter(({ addedAt }) => addedAt > newest);
    if (fresh.length > 0) this.read.value = { ...now, samples: [...now.samples, ...fresh] };
  }

  /** One that began before the last change still ends: were it given up, a stream of changes would let none end. */
  private async readAll(): Promise<void> {
    const since = sampleMoves.peek().at(-1);
    const serial = ++this.all.begun;
    this.all.at = Date.now();
    const samples = await allSamplesOf(this.labelId, { wanted: this.wanted });
    if (this.gone || serial < this.all.ended) return;
    this.all.ended = serial;
    // Swapped whole, so that the grid does not shrink and grow.
    this.read.value = { samples, complete: true, since };
  }

  private readonly wanted = (): boolean => !this.gone;
}

/** When the newest of the samples came, ms since the epoch. */
function newestOf(samples: readonly Sample[]): number {
  return samples.reduce((latest, { addedAt }) => Math.max(latest, addedAt), 0);
}
