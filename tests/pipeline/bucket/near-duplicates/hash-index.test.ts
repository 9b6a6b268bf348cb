// The perceptual hash: copies are near whatever was done to them, other pictures are not; the index finds what a plain search finds.
import fc from 'fast-check';
import jpeg from 'jpeg-js';
import { describe, expect, it } from 'vitest';
import { luma } from '../../../../src/pipeline/bucket/luma';
import { dHash, grey, mirroredDHash } from '../../../../src/pipeline/bucket/near-duplicates/d-hash';
import { HashIndex, NEAR_BITS } from '../../../../src/pipeline/bucket/near-duplicates/hash-index';

interface Picture {
  data: Uint8ClampedArray;
  width: number;
  height: number;
}

/** A smooth picture of random waves, seeded. */
function waves(seed: number, width: number, height: number): Picture {
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

const hashes = ({ data, width, height }: Picture) => {
  const greys = grey(luma(data), width, height);
  return { plain: dHash(greys), mirrored: mirroredDHash(greys) };
};

function mirror({ data, width, height }: Picture): Picture {
  const out = new Uint8ClampedArray(data.length);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++)
      out.set(data.subarray((y * width + x) * 4, (y * width + x) * 4 + 4), (y * width + width - 1 - x) * 4);
  return { data: out, width, height };
}

function recompressed({ data, width, height }: Picture): Picture {
  const decoded = jpeg.decode(jpeg.encode({ data, width, height }, 35).data, { useTArray: true });
  return { data: new Uint8ClampedArray(decoded.data), width, height };
}

function distance(a: string, b: string): number {
  let bits = 0n;
  for (let rest = BigInt(`0x${a}`) ^ BigInt(`0x${b}`); rest > 0n; rest >>= 1n) bits += rest & 1n;
  return Number(bits);
}

describe('dHash', () => {
  it('has 64 hex digits, and is the same for the mirrored picture and the mirrored hash', () => {
    const picture = waves(7, 90, 61);
    expect(hashes(picture).plain).toMatch(/^[0-9a-f]{64}$/);
    expect(distance(hashes(mirror(picture)).plain, hashes(picture).mirrored)).toBeLessThanOrEqual(2);
  });

  it('finds recompressed, halved and mirrored copies, and no others, among thirty pictures', () => {
    const index = new HashIndex();
    for (let n = 0; n < 30; n++) index.add(`picture ${n}`, hashes(waves(n * 977 + 1, 80, 54)).plain);
    for (let n = 0; n < 30; n += 4) {
      const seed = n * 977 + 1;
      const copies = [
        recompressed(waves(seed, 80, 54)),
        waves(seed, 40, 27),
        mirror(waves(seed, 80, 54)),
        recompressed(mirror(waves(seed, 64, 43))),
      ];
      for (const copy of copies) {
        const { plain, mirrored } = hashes(copy);
        expect(index.near(plain, mirrored)).toEqual([`picture ${n}`]);
      }
    }
  });
});

describe('HashIndex', () => {
  const hash = fc.uint8Array({ minLength: 32, maxLength: 32 }).map(bytes => Buffer.from(bytes).toString('hex'));

  it('finds exactly the hashes within 25 bits', () => {
    fc.assert(
      fc.property(
        hash,
        fc.uniqueArray(fc.nat(255), { maxLength: 60 }),
        fc.array(hash, { maxLength: 20 }),
        (of, flips, others) => {
          const flipped = flips.reduce((bits, at) => bits ^ (1n << BigInt(at)), BigInt(`0x${of}`));
          const near = flipped.toString(16).padStart(64, '0');
          const index = new HashIndex();
          for (const [n, other] of others.entries()) index.add(`other ${n}`, other);
          index.add('it', near);
          expect(index.near(of, of).includes('it')).toBe(flips.length <= NEAR_BITS);
          const expected = others.flatMap((other, n) => (distance(of, other) <= NEAR_BITS ? [`other ${n}`] : []));
          expect(index.near(of, of).filter(name => name !== 'it')).toEqual(expected);
        },
      ),
    );
  });

  it('holds ten thousand, and replaces what it knows', () => {
    const index = new HashIndex();
    for (let n = 0; n < 10_000; n++) index.add(`${n}`, n.toString(16).padStart(64, '0').replace(/0/g, 'a'));
    index.add('5', 'f'.repeat(64));
    expect(index.size).toBe(10_000);
    expect(index.near('f'.repeat(64), 'f'.repeat(64))).toEqual(['5']);
  });
});
