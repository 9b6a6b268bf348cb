// Sharpness and brightness: against values worked out by hand, and on real photographs before and after a blur.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decode } from 'jpeg-js';
import { describe, expect, it } from 'vitest';
import { drawImage } from '../../../harness/pictures/pictures';
import { luma } from '../../../src/pipeline/bucket/luma';
import { measureQuality } from '../../../src/pipeline/bucket/quality';

interface Pixels {
  width: number;
  height: number;
  data: Uint8ClampedArray;
}

/** A grey image from a function of the place. */
function grey(width: number, height: number, value: (x: number, y: number) => number): Pixels {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let i = 0; i < width * height; i++) data.fill(value(i % width, Math.floor(i / width)), i * 4, i * 4 + 3);
  return { width, height, data };
}
const measure = ({ data, width, height }: Pixels) => measureQuality(luma(data), width, height);

/** Shrinks to at most 256 px by means over areas, as the thumbnail is. */
function shrunk(image: Pixels): Pixels {
  const scale = Math.min(1, 256 / Math.max(image.width, image.height));
  const [width, height] = [Math.round(image.width * scale), Math.round(image.height * scale)];
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [left, right] = [x, x + 1].map(edge => Math.floor((edge * image.width) / width)) as [number, number];
      const [top, bottom] = [y, y + 1].map(edge => Math.floor((edge * image.height) / height)) as [number, number];
      for (let c = 0; c < 3; c++) {
        let sum = 0;
        for (let v = top; v < bottom; v++)
          for (let u = left; u < right; u++) sum += image.data[(v * image.width + u) * 4 + c] ?? 0;
        data[(y * width + x) * 4 + c] = sum / ((right - left) * (bottom - top));
      }
    }
  }
  return { width, height, data };
}

/** Three means over 5 × 5 pixels: nearly a Gaussian of σ 2.4. */
function blurred({ width, height, data }: Pixels): Pixels {
  let from = data;
  for (let pass = 0; pass < 3; pass++) {
    const to = new Uint8ClampedArray(data.length);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        for (let c = 0; c < 3; c++) {
          let sum = 0;
          for (let v = -2; v <= 2; v++) {
            for (let u = -2; u <= 2; u++) {
              const at = Math.min(height - 1, Math.max(0, y + v)) * width + Math.min(width - 1, Math.max(0, x + u));
              sum += from[at * 4 + c] ?? 0;
            }
          }
          to[(y * width + x) * 4 + c] = sum / 25;
        }
      }
    }
    from = to;
  }
  return { width, height, data: from };
}

function photograph(bytes: Buffer): Pixels {
  const { width, height, data } = decode(bytes, { useTArray: true });
  return { width, height, data: new Uint8ClampedArray(data.buffer, data.byteOffset, data.length) };
}

describe('sharpness', () => {
  it('is 0 for a flat picture and for a slope', () => {
    expect(measure(grey(40, 30, () => 90)).sharpness).toBe(0);
    expect(measure(grey(40, 30, x => 2 * x)).sharpness).toBeCloseTo(0, 3);
  });

  it('is 1020² for a chess board of single pixels, however dark', () => {
    // At a white pixel the Laplacian is −4 · 255, at a black one 4 · 255: mean 0, variance 1020².
    for (const level of [20, 255])
      expect(measure(grey(42, 42, (x, y) => ((x + y) % 2) * level)).sharpness).toBeCloseTo(1020 ** 2, -1);
  });

  it('is that of the sharpest part: a soft ground is no fault', () => {
    const corner = measure(grey(82, 82, (x, y) => (x < 20 && y < 20 ? ((x + y) % 2) * 255 : 128)));
    expect(corner.sharpness).toBeGreaterThan(1020 ** 2 / 2);
  });

  it('takes a picture of one pixel', () => {
    expect(measure(grey(1, 1, () => 255))).toEqual({ sharpness: 0, brightness: 1 });
  });

  it('tells a drawn picture from the same one out of focus', () => {
    for (const label of ['stripes', 'dots', 'rings']) {
      const image = shrunk(photograph(drawImage(label, 1).bytes));
      expect(measure(image).sharpness, label).toBeGreaterThan(150);
      expect(measure(blurred(image)).sharpness, label).toBeLessThan(150);
    }
  });
});

describe('brightness', () => {
  it('is the level all but a hundredth of the pixels lie below', () => {
    expect(measure(grey(10, 10, () => 51)).brightness).toBeCloseTo(0.2, 6);
    expect(measure(grey(10, 10, (x, y) => (x === 0 && y === 0 ? 255 : 51))).brightness).toBeCloseTo(0.2, 6);
    expect(measure(grey(10, 10, (x, y) => (x < 2 && y === 0 ? 255 : 51))).brightness).toBeCloseTo(1, 6);
  });
});

const PHOTOGRAPHS = join(import.meta.dirname, '../../../../shared/images/clothing');
const labels = (() => {
  try {
    return readdirSync(PHOTOGRAPHS);
  } catch {
    return [];
  }
})();

// Real photographs stand beside the repository where they are to be had; the drawn ones above are their twin.
it.skipIf(labels.length === 0)('tells real photographs from the same ones out of focus', () => {
  for (const label of labels) {
    const [first = ''] = readdirSync(join(PHOTOGRAPHS, label)).filter(name => /\.jpe?g$/.test(name));
    const image = shrunk(photograph(readFileSync(join(PHOTOGRAPHS, label, first))));
    expect(measure(image).sharpness, `${label}/${first}`).toBeGreaterThan(150);
    expect(measure(blurred(image)).sharpness, `${label}/${first}`).toBeLessThan(150);
  }
});
