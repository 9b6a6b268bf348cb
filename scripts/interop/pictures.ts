// Images of the interop test: those of exactly 224 × 224 reach every network as the same numbers.
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { PNG } from 'pngjs';
import { drawnLabels, drawTestImage, type ImageFile, type LabelImages } from '../../harness/pictures/pictures';

export const LABELS = ['dots', 'rings', 'stripes'];
/** Collected per label beside the exact ones: JPEG and PNG of all sizes. */
const COLLECTED = 12;
const EXACT = 3;
const ASKED = 10;

export interface InteropImages {
  labels: LabelImages[];
  /** Collected images of 224 × 224, whose features are compared. */
  exact: ImageFile[];
  /** Images of 224 × 224 that the trained model is asked about. */
  asked: ImageFile[];
}

export function interopImages(): InteropImages {
  const exactOf = (label: string) =>
    Array.from({ length: EXACT }, (_, i) => ({ ...drawTestImage(label, i + 1), name: `exact-${label}-${i}.png` }));
  const labels = drawnLabels(COLLECTED, LABELS).map(({ label, images }) => ({
    label,
    images: [...images, ...exactOf(label)],
  }));
  return {
    labels,
    exact: LABELS.flatMap(exactOf),
    asked: Array.from({ length: ASKED }, (_, i) => ({
      ...drawTestImage(LABELS[i % LABELS.length]!, 100 + i),
      name: `asked-${i}.png`,
    })),
  };
}

export function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** The images' RGB bytes end to end, as the Python clients read them. */
export function writePixels(images: ImageFile[], path: string): void {
  const pixels = images.map(({ bytes }) => {
    const { data } = PNG.sync.read(bytes);
    return Buffer.from(
      Uint8Array.from({ length: (data.length / 4) * 3 }, (_, i) => data[Math.floor(i / 3) * 4 + (i % 3)]!),
    );
  });
  writeFileSync(path, Buffer.concat(pixels));
}
