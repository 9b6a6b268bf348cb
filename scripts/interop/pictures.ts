// Pictures of the interop test: those of exactly 224 × 224 reach every network as the same numbers.
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { PNG } from 'pngjs';
import { drawnLabels, drawTestPicture, type LabelPictures, type Picture } from '../../harness/pictures/pictures';

export const LABELS = ['dots', 'rings', 'stripes'];
/** Collected per label beside the exact ones: JPEG and PNG of all sizes. */
const COLLECTED = 12;
const EXACT = 3;
const ASKED = 10;

export interface InteropPictures {
  labels: LabelPictures[];
  /** Collected pictures of 224 × 224, whose features are compared. */
  exact: Picture[];
  /** Pictures of 224 × 224 that the trained model is asked about. */
  asked: Picture[];
}

export function interopPictures(): InteropPictures {
  const exactOf = (label: string) =>
    Array.from({ length: EXACT }, (_, i) => ({ ...drawTestPicture(label, i + 1), name: `exact-${label}-${i}.png` }));
  const labels = drawnLabels(COLLECTED, LABELS).map(({ label, pictures }) => ({
    label,
    pictures: [...pictures, ...exactOf(label)],
  }));
  return {
    labels,
    exact: LABELS.flatMap(exactOf),
    asked: Array.from({ length: ASKED }, (_, i) => ({
      ...drawTestPicture(LABELS[i % LABELS.length]!, 100 + i),
      name: `asked-${i}.png`,
    })),
  };
}

export function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** The pictures' RGB bytes end to end, as the Python clients read them. */
export function writePixels(pictures: Picture[], path: string): void {
  const pixels = pictures.map(({ bytes }) => {
    const { data } = PNG.sync.read(bytes);
    return Buffer.from(
      Uint8Array.from({ length: (data.length / 4) * 3 }, (_, i) => data[Math.floor(i / 3) * 4 + (i % 3)]!),
    );
  });
  writeFileSync(path, Buffer.concat(pixels));
}
