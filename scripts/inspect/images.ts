// Images as the app would place them: checked, decoded, compared with each other and given a split, one after the other.
import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { DEFAULT_RATIOS, SPLITS, type Split, splitTotal } from '../../src/contract/sample';
import { luma } from '../../src/pipeline/bucket/luma';
import { dHash, grey, mirroredDHash } from '../../src/pipeline/bucket/near-duplicates/d-hash';
import { place } from '../../src/pipeline/bucket/near-duplicates/grouping';
import { type Fingerprint, NearDuplicateIndex } from '../../src/pipeline/bucket/near-duplicates/index-of-prints';
import { sketchOf } from '../../src/pipeline/bucket/near-duplicates/sketch';
import { fillEmptySplits, type Group } from '../../src/pipeline/bucket/split';
import { check } from '../../src/pipeline/download/check';
import { OWN_LIMITS } from '../../src/pipeline/download/limits';
import { byName } from './found';

/** Of the image the hash is taken from, as `edges/decode-image` makes it. */
const THUMBNAIL_SIDE = 256;
/** Milliseconds for decoding; images beyond it are placed by their content alone, and counted. */
const DECODING = 6000;

interface Placed {
  sha256: string;
  label: string;
  group: string;
  split: Split;
}

export class Bucket {
  private readonly images = new Map<string, Placed>();
  private readonly hashes = new NearDuplicateIndex();
  /** Images of a group. */
  private readonly sizes = new Map<string, number>();
  private readonly started = performance.now();
  private undecoded = 0;

  /** Why the image is not taken, or undefined when it is. */
  async take(bytes: Uint8Array<ArrayBuffer> | undefined, label: string): Promise<string | undefined> {
    if (!bytes) return 'undecodable';
    const checked = check(bytes, OWN_LIMITS.minSide, OWN_LIMITS);
    if (!checked.ok) return checked.reason;
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    if (this.images.has(sha256)) return 'duplicate-of';
    // The one decoder that is at hand reads no BMP.
    const inTime = checked.type !== 'bmp' && performance.now() - this.started < DECODING;
    const hashes = inTime ? await hashesOf(bytes) : undefined;
    if (inTime && !hashes) return 'undecodable';
    if (!hashes) this.undecoded++;
    const near = hashes ? this.hashes.near(hashes, hashes.mirrored) : [];
    if (hashes) this.hashes.add(sha256, hashes);
    const members = near.flatMap(other => this.images.get(other) ?? []);
    const { group, split, changed } = place(sha256, members, DEFAULT_RATIOS, group => this.sizes.get(group) ?? 1);
    for (const image of this.images.values()) {
      if (!changed.includes(image.group)) continue;
      this.sizes.set(image.group, (this.sizes.get(image.group) ?? 1) - 1);
      this.sizes.set(group, (this.sizes.get(group) ?? 0) + 1);
      Object.assign(image, { group, split });
    }
    this.images.set(sha256, { sha256, label, group, split });
    this.sizes.set(group, (this.sizes.get(group) ?? 0) + 1);
    return undefined;
  }

  /** Images by label and split, and the groups of near-duplicates; an image unlike all others is a group of its own. */
  placed(labels: readonly string[]) {
    for (const label of labels) this.settle(label);
    const all = [...this.images.values()];
    const sizes = new Map<string, number>();
    for (const { group } of all) sizes.set(group, (sizes.get(group) ?? 0) + 1);
    const splits = labels.map(label => {
      const own = all.filter(image => image.label === label);
      const counts = SPLITS.map(split => [split, own.filter(image => image.split === split).length] as const);
      return [label, Object.fromEntries(counts) as Record<Split, number>] as const;
    });
    return {
      labels: byName(splits.map(([label, counts]) => [label, splitTotal(counts)] as const)),
      splits: byName(splits),
      groups: sizes.size,
      largestGroup: Math.max(0, ...sizes.values()),
      ...(this.undecoded > 0 && { undecoded: this.undecoded }),
    };
  }

  /** As `settleSplits` does in the database. */
  private settle(label: string): void {
    const groups = new Map<string, Group>();
    for (const { label: of, group: leader, split } of this.images.values())
      if (of === label) groups.set(leader, { leader, split, size: (groups.get(leader)?.size ?? 0) + 1 });
    for (const [leader, split] of fillEmptySplits([...groups.values()], DEFAULT_RATIOS)) {
      const members = [...this.images.values()].filter(({ group }) => group === leader);
      if (members.every(member => member.label === label)) for (const member of members) member.split = split;
    }
  }
}

/** The hashes of the upright image on white; undefined for one that cannot be decoded. */
async function hashesOf(bytes: Uint8Array): Promise<(Fingerprint & { mirrored: string }) | undefined> {
  try {
    const { data, info } = await sharp(bytes, { failOn: 'error', limitInputPixels: OWN_LIMITS.pixels })
      .rotate()
      .flatten({ background: '#fff' })
      .resize({ width: THUMBNAIL_SIDE, height: THUMBNAIL_SIDE, fit: 'inside', withoutEnlargement: true })
      .toColourspace('srgb')
      .ensureAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    const pixels = new Uint8ClampedArray(data);
    const lumas = luma(pixels);
    const greys = grey(lumas, info.width, info.height);
    const sketch = sketchOf(pixels, lumas, info.width, info.height);
    return { dHash: dHash(greys), mirrored: mirroredDHash(greys), sketch };
  } catch {
    return undefined;
  }
}
