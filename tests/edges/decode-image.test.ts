// Decoding bounded in time: a decoder that never answers loses its room, and what it answers too late is closed.
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

const PIXELS = 30_000_000;
const LIMIT = 50;
/** How the next bitmap comes: by its own promise. */
let bitmaps: Promise<unknown>[];
let closed: number;
let encode: () => Promise<Blob>;
const bitmap = () => ({ width: 300, height: 200, close: () => closed++ });

class Canvas {
  constructor(
    public width: number,
    public height: number,
  ) {}
  getContext() {
    return {
      fillRect: () => undefined,
      drawImage: () => undefined,
      getImageData: (_x: number, _y: number, w: number, h: number) => ({ data: new Uint8ClampedArray(4 * w * h) }),
    };
  }
  convertToBlob() {
    return encode();
  }
}

beforeEach(() => {
  vi.resetModules();
  bitmaps = [];
  closed = 0;
  encode = async () => new Blob(['t']);
  vi.stubGlobal('OffscreenCanvas', Canvas);
  vi.stubGlobal('createImageBitmap', () => bitmaps.shift() ?? Promise.resolve(bitmap()));
});
afterEach(() => vi.unstubAllGlobals());

const decoder = async () => (await import('../../src/edges/decode-image')).decodeImage;
const never = () => new Promise<never>(() => undefined);

it('gives up on a decoder that does not answer, and others get its room', async () => {
  const decode = await decoder();
  let late: (value: unknown) => void = () => undefined;
  bitmaps.push(new Promise(resolve => (late = resolve)));
  const hung = decode(new Blob(['x']), PIXELS, LIMIT);
  // There is no room for both at once.
  const waiting = decode(new Blob(['y']), PIXELS, LIMIT);
  await expect(hung).rejects.toMatchObject({ name: 'TimeoutError' });
  expect(await waiting).toMatchObject({ width: 300, height: 200 });
  expect(closed).toBe(1);
  late(bitmap());
  await vi.waitFor(() => expect(closed).toBe(2));
});

it('gives up on a thumbnail that is never encoded, and draws on no canvas that is still in use', async () => {
  const decode = await decoder();
  encode = never;
  await expect(decode(new Blob(['x']), PIXELS, LIMIT)).rejects.toMatchObject({ name: 'TimeoutError' });
  let canvases = 0;
  vi.stubGlobal(
    'OffscreenCanvas',
    class extends Canvas {
      constructor(width: number, height: number) {
        super(width, height);
        canvases++;
      }
    },
  );
  encode = async () => new Blob(['t']);
  expect(await decode(new Blob(['y']), PIXELS, LIMIT)).toMatchObject({ width: 300 });
  expect(canvases).toBe(1);
  expect(closed).toBe(2);
});

it('closes the bitmap of a picture that cannot be drawn', async () => {
  const decode = await decoder();
  vi.stubGlobal(
    'OffscreenCanvas',
    class extends Canvas {
      override getContext() {
        return null as never;
      }
    },
  );
  await expect(decode(new Blob(['x']), PIXELS, LIMIT)).rejects.toThrow('no 2d canvas');
  expect(closed).toBe(1);
});
