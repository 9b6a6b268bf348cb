// The perceptual hash: copies are near whatever was done to them, other images are not; the index finds what a plain search finds.
import fc from 'fast-check';
import jpeg from 'jpeg-js';
import { describe, expect, it } from 'vitest';
import { luma } from '../../../../src/pipeline/bucket/luma';
import { dHash, grey, mirroredDHash } from '../../../../src/pipeline/bucket/near-duplicates/d-hash';
import { type Fingerprint, NearDuplicateIndex } from '../../../../src/pipeline/bucket/near-duplicates/index-of-prints';
import { NEAR_BITS } from '../../../../src/pipeline/bucket/near-duplicates/print';
import { sketchOf } from '../../../../src/pipeline/bucket/near-duplicates/sketch';
import { type Drawn, FLAT, roadSign } from './flat-images';

/** A smooth image of random waves, seeded. */
function waves(seed: number, width: number, height: number): Drawn {
  const random = () => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return seed / 2 ** 32;
  };
  const parts = Array.from({ length: 12 }, () => [random() * 9 - 4.5, random() * 9 - 4.5, random() * 7, random()]);
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const value = parts.reduce(
        (sum, [fx = 0, fy = 0, phase = 0, size = 0]) =>
          sum + size * Math.sin(((fx * x) / width + (fy * y) / height) * 2 * Math.PI + phase),
        0,
      );
      data.set([128 + value * 25, 128 + value * 20, 128 - value * 15, 255], (y * width + x) * 4);
    }
  return { data, width, height };
}

const hashes = ({ data, width, height }: Drawn) => {
  const greys = grey(luma(data), width, height);
  return { plain: dHash(greys), mirrored: mirroredDHash(greys) };
};

const prints = (image: Drawn): Fingerprint & { mirrored: string } => {
  const { plain, mirrored } = hashes(image);
  return { dHash: plain, mirrored, sketch: sketchOf(image.data, luma(image.data), image.width, image.height) };
};

function mirror({ data, width, height }: Drawn): Drawn {
  const out = new Uint8ClampedArray(data.length);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      out.set(data.subarray((y * width + x) * 4, (y * width + x) * 4 + 4), (y * width + width - 1 - x) * 4);
  return { data: out, width, height };
}

function recompressed({ data, width, height }: Drawn, quality = 35): Drawn {
  const decoded = jpeg.decode(jpeg.encode({ data, width, height }, quality).data, { useTArray: true });
  return { data: new Uint8ClampedArray(decoded.data), width, height };
}

function halved({ data, width, height }: Drawn): Drawn {
  const small = { data: new Uint8ClampedArray(data.length / 4), width: width / 2, height: height / 2 };
  for (let at = 0; at < small.width * small.height; at++) {
    const from = Math.floor(at / small.width) * 2 * width + (at % small.width) * 2;
    for (let c = 0; c < 4; c++) {
      const sum = [from, from + 1, from + width, from + width + 1].reduce(
        (all, pixel) => all + data[pixel * 4 + c]!,
        0,
      );
      small.data[at * 4 + c] = sum / 4;
    }
  }
  return small;
}

const onesOf = (bits: bigint) => bits.toString(2).replaceAll('0', '').length;
const distance = (a: string, b: string) => onesOf(BigInt(`0x${a}`) ^ BigInt(`0x${b}`));
const onesOfEither = (a: string, b: string) => onesOf(BigInt(`0x${a}`) | BigInt(`0x${b}`));

describe('dHash', () => {
  it('has 64 hex digits, and is the same for the mirrored picture and the mirrored hash', () => {
    const image = waves(7, 90, 61);
    expect(hashes(image).plain).toMatch(/^[0-9a-f]{64}$/);
    expect(distance(hashes(mirror(image)).plain, hashes(image).mirrored)).toBeLessThanOrEqual(2);
  });

  it('finds recompressed, halved and mirrored copies, and no others, among thirty pictures', () => {
    // With sketches, and without, as the rows of earlier versions are.
    for (const sketched of [true, false]) {
      const of = (image: Drawn) => {
        const { sketch, ...print } = prints(image);
        return sketched ? { ...print, sketch } : print;
      };
      const index = new NearDuplicateIndex();
      for (let n = 0; n < 30; n++) index.add(`picture ${n}`, of(waves(n * 977 + 1, 80, 54)));
      for (let n = 0; n < 30; n += 4) {
        const original = waves(n * 977 + 1, 80, 54);
        const copies = [
          recompressed(original),
          waves(n * 977 + 1, 40, 27),
          mirror(original),
          recompressed(mirror(waves(n * 977 + 1, 64, 43))),
        ];
        for (const copy of copies) expect(index.near(of(copy), of(copy).mirrored)).toEqual([`picture ${n}`]);
      }
    }
  });
});

describe('flat images', () => {
  const COUNT = 450;

  it.each(Object.keys(FLAT))('of %s are as far apart as they look: no false pair among 100,000', kind => {
    const index = new NearDuplicateIndex();
    const pairs: string[] = [];
    for (let n = 0; n < COUNT; n++) {
      const print = prints(FLAT[kind]!(n));
      for (const other of index.near(print, print.mirrored)) pairs.push(`${other} and ${n}`);
      index.add(`${n}`, print);
    }
    expect(pairs).toEqual([]);
  });

  it('of one frame are as far apart as what is in it: signs with other numbers, whose copies are found', () => {
    const index = new NearDuplicateIndex();
    const pairs: string[] = [];
    for (let value = 10; value < 100; value++) {
      const print = prints(roadSign(value));
      for (const other of index.near(print, print.mirrored)) pairs.push(`${other} and ${value}`);
      index.add(`${value}`, print);
    }
    // One stroke more or less in a seven-segment digit is the least that can differ.
    expect(pairs.length).toBeLessThan(5);
    for (const value of [10, 37, 88]) {
      for (const copy of [recompressed(roadSign(value), 60), mirror(roadSign(value)), halved(roadSign(value))]) {
        const print = prints(copy);
        expect(index.near(print, print.mirrored)).toContain(`${value}`);
      }
    }
  });

  it.each(Object.keys(FLAT))('of %s are found when re-encoded, halved or mirrored', kind => {
    const index = new NearDuplicateIndex();
    for (let n = 0; n < 20; n++) index.add(`${n}`, prints(FLAT[kind]!(n)));
    let found = 0;
    for (let n = 0; n < 20; n++) {
      const image = FLAT[kind]!(n);
      for (const copy of [recompressed(image, 60), mirror(image), halved(image)]) {
        const print = prints(copy);
        if (index.near(print, print.mirrored).includes(`${n}`)) found++;
      }
    }
    expect(found / 60).toBeGreaterThan(0.95);
  });

  it('without sketches, as rows of earlier versions are, prove nothing by their hashes', () => {
    const [one, other] = [prints(FLAT.icons!(1)), prints(FLAT.icons!(2))];
    const index = new NearDuplicateIndex();
    index.add('one', { dHash: one.dHash });
    expect(index.near({ dHash: other.dHash }, other.mirrored)).toEqual([]);
    expect(index.near({ dHash: one.dHash }, one.mirrored)).toEqual([]);
  });
});

describe('NearDuplicateIndex', () => {
  const hash = fc.uint8Array({ minLength: 32, maxLength: 32 }).map(bytes => Buffer.from(bytes).toString('hex'));

  it('without sketches finds exactly the hashes within 25 bits that say enough', () => {
    fc.assert(
      fc.property(
        hash,
        fc.uniqueArray(fc.nat(255), { maxLength: 60 }),
        fc.array(hash, { maxLength: 20 }),
        (of, flips, others) => {
          const flipped = flips.reduce((bits, at) => bits ^ (1n << BigInt(at)), BigInt(`0x${of}`));
          const near = flipped.toString(16).padStart(64, '0');
          const index = new NearDuplicateIndex();
          const matches = (hash: string) => distance(of, hash) <= NEAR_BITS && onesOfEither(of, hash) >= 104;
          for (const [n, other] of others.entries()) index.add(`other ${n}`, { dHash: other });
          index.add('it', { dHash: near });
          const expected = others.flatMap((other, n) => (matches(other) ? [`other ${n}`] : []));
          expect(index.near({ dHash: of }, of)).toEqual(matches(near) ? [...expected, 'it'] : expected);
        },
      ),
    );
  });

  it('holds ten thousand, and replaces what it knows', () => {
    const index = new NearDuplicateIndex();
    for (let n = 0; n < 10_000; n++) index.add(`${n}`, { dHash: n.toString(16).padStart(64, '0').replace(/0/g, 'a') });
    index.add('5', { dHash: 'f'.repeat(64) });
    expect(index.size).toBe(10_000);
    expect(index.near({ dHash: 'f'.repeat(64) }, 'f'.repeat(64))).toEqual(['5']);
  });
});
