// Sums up what the scans of one page gave: tiles seen, full-size addresses found, refusals by reason.
import type { Found, Refusal } from '../../contract/candidate';

export class PageTally {
  tiles = 0;
  found = 0;
  private foundInAnswers = 0;
  private readonly inPage: Partial<Record<Refusal, number>> = {};
  private readonly inAnswers: Partial<Record<Refusal, number>> = {};

  /** A scan of the whole document. It sees earlier tiles again, and a virtualised grid shows fewer than it did. */
  whole(found: Found): void {
    this.tiles = Math.max(this.tiles, found.tiles);
    for (const [reason, n] of refusals(found)) this.inPage[reason] = Math.max(this.inPage[reason] ?? 0, n);
    this.found += found.candidates.length;
  }

  /** A scan of added nodes only. */
  part(found: Found): void {
    this.tiles += found.tiles;
    for (const [reason, n] of refusals(found)) this.inPage[reason] = (this.inPage[reason] ?? 0) + n;
    this.found += found.candidates.length;
  }

  /** An answer the page fetched. Its tiles are not counted: they will stand, or already stand, in the document. */
  answer(found: Found): void {
    for (const [reason, n] of refusals(found)) this.inAnswers[reason] = (this.inAnswers[reason] ?? 0) + n;
    this.found += found.candidates.length;
    this.foundInAnswers += found.candidates.length;
  }

  /** Refusals of the page so far. A tile without an address of its own is no loss when an answer brought one. */
  refused(): Partial<Record<Refusal, number>> {
    const sum: Partial<Record<Refusal, number>> = { ...this.inPage };
    for (const [reason, n] of Object.entries(this.inAnswers) as [Refusal, number][])
      sum[reason] = (sum[reason] ?? 0) + n;
    let brought = this.foundInAnswers;
    for (const reason of ['no-full-size', 'thumbnail-host'] as const) {
      const without = this.inPage[reason] ?? 0;
      const covered = Math.min(without, brought);
      brought -= covered;
      const left = (sum[reason] ?? 0) - covered;
      if (left > 0) sum[reason] = left;
      else delete sum[reason];
    }
    return sum;
  }
}

function refusals(found: Found): [Refusal, number][] {
  return Object.entries(found.refused) as [Refusal, number][];
}
