// What may be wrong with an image of the dataset: worth a look, never a reason to throw it out unasked.
import type { Sample } from '../../contract/sample';

export const FLAGS = ['blurred', 'dark', 'small', 'odd', 'near-duplicate', 'near-conflict'] as const;
export type Flag = (typeof FLAGS)[number];

/**
 * Below this variance of the Laplacian an image is blurred: of 156 sharp photographs none lies below twice this; of the
 * same ones blurred by a σ of 1.4 pixels of the thumbnail nine in ten lie below it.
 */
const BLURRED = 150;
/** CleanVision's threshold: all but a hundredth of the pixels are darker than this share of white. */
const DARK = 0.32;
/** A shorter side below this is enlarged more than twice before the network sees it, in pixels. */
const SMALL = 112;
/** Width over height beyond which an image squashed to a square no longer looks like itself. */
const ODD_SHAPE = 2.5;

/**
 * The flags of every sample that has any, by SHA-256. Near-duplicates share a `group`.
 * @param samples  of one label
 * @param inConflict  of these and of other labels: near-duplicates under different ones
 */
export function flagged(samples: readonly Sample[], inConflict: readonly Sample[] = []): Map<string, Flag[]> {
  const sizes = new Map<string, number>();
  for (const { group } of samples) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  const all = new Map<string, Flag[]>();
  for (const sample of samples) {
    const flags: Flag[] = OWN.filter(flag => HAS[flag](sample));
    if (sizes.get(sample.group)! > 1) flags.push('near-duplicate');
    if (flags.length > 0) all.set(sample.sha256, flags);
  }
  for (const { sha256 } of inConflict) all.set(sha256, [...(all.get(sha256) ?? []), 'near-conflict']);
  return all;
}

/** What an image says by itself. */
const HAS: Record<Exclude<Flag, 'near-duplicate' | 'near-conflict'>, (sample: Sample) => boolean> = {
  blurred: ({ quality }) => quality !== undefined && quality.sharpness < BLURRED,
  dark: ({ quality }) => quality !== undefined && quality.brightness < DARK,
  small: ({ width, height }) => Math.min(width, height) < SMALL,
  odd: ({ width, height }) => Math.max(width / height, height / width) > ODD_SHAPE,
};
const OWN = Object.keys(HAS) as (keyof typeof HAS)[];
