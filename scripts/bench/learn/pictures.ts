// Drawn photographs of the size search results have, as files the bench's server holds in memory.
import { DRAWN_LABELS, drawPhoto } from '../../../harness/pictures/pictures';

/** `count` JPEGs of 1200 × 900 by their address. */
export function photos(count: number): Map<string, Buffer> {
  return new Map(
    Array.from({ length: count }, (_, i) => {
      const label = DRAWN_LABELS[i % DRAWN_LABELS.length] ?? 'dots';
      return [`/pictures/${i}.jpg`, drawPhoto(label, i, 1200, 900).bytes];
    }),
  );
}
