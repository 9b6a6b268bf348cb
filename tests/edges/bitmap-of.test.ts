// A GIF that the browser refuses is read here, and nothing else is.
import { afterEach, expect, it, vi } from 'vitest';
import { bitmapOf } from '../../src/edges/bitmap-of';

class Pixels {
  constructor(
    readonly data: Uint8ClampedArray,
    readonly width: number,
    readonly height: number,
  ) {}
}

/** One pixel of a frame of four, then the end. */
const GIF = Uint8Array.from([
  ...new TextEncoder().encode('GIF89a'),
  ...[2, 0, 2, 0, 0x80, 0, 0, 200, 0, 0, 255, 255, 255],
  ...[0x2c, 0, 0, 0, 0, 2, 0, 2, 0, 0, 2, 2, 0x4c, 0x01, 0, 0x3b],
]);

afterEach(() => vi.unstubAllGlobals());

it('gives the first frame of a GIF that the browser cannot decode, and its own error for all else', async () => {
  const refusal = new DOMException('cannot be decoded', 'InvalidStateError');
  const decoded: unknown[] = [];
  vi.stubGlobal('ImageData', Pixels);
  vi.stubGlobal('createImageBitmap', async (image: unknown, options: object) => {
    if (image instanceof Blob) throw refusal;
    decoded.push(options);
    return image;
  });
  const options = { imageOrientation: 'from-image', resizeWidth: 1 } as const;
  const frame = (await bitmapOf(new Blob([GIF]), options)) as unknown as Pixels;
  expect([frame.width, frame.height, ...frame.data.subarray(0, 8)]).toEqual([2, 2, 255, 255, 255, 255, 0, 0, 0, 0]);
  expect(decoded).toEqual([options]);
  await expect(bitmapOf(new Blob([GIF.subarray(0, 30)]))).rejects.toBe(refusal);
  await expect(bitmapOf(new Blob(['no image']))).rejects.toBe(refusal);
});
