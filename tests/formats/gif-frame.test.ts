// The first frame of a GIF is what other readers see in it, also where its pixels end early; half a file has none.
import sharp, { type GifOptions } from 'sharp';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../harness/pictures/random';
import { firstGifFrame } from '../../src/formats/gif-frame';

const MOST = 1_000_000;

async function drawn(seed: number, options: GifOptions = {}) {
  const random = seededRandom(seed);
  const [width, height] = [Math.round(random.between(1, 90)), Math.round(random.between(1, 90))];
  const colours = Array.from({ length: Math.round(random.between(1, 60)) }, () =>
    [0, 1, 2].map(() => Math.round(random.between(0, 255))),
  );
  const raw = Buffer.alloc(width * height * 3);
  for (let at = 0; at < width * height; at++) {
    // Runs and noise in turn: long codes and full tables.
    const pick = at % 50 < 25 ? Math.floor(at / 50) : Math.floor(random.between(0, colours.length));
    raw.set(colours[pick % colours.length] ?? [0, 0, 0], at * 3);
  }
  return sharp(raw, { raw: { width, height, channels: 3 } })
    .gif({ dither: 0, ...options })
    .toBuffer();
}

/** A frame of two colours whose codes end after the first pixel, as some tools write blinking images. */
function ending(frames: number): Uint8Array {
  const head = [...new TextEncoder().encode('GIF89a'), 64, 0, 64, 0, 0x80, 0, 0, 200, 0, 0, 255, 255, 255];
  const frame = [0x2c, 0, 0, 0, 0, 64, 0, 64, 0, 0, 2, 2, 0x4c, 0x01, 0];
  return Uint8Array.from([...head, ...Array.from({ length: frames }, () => frame).flat(), 0x3b]);
}

describe('the first frame of a GIF', () => {
  it.each([{}, { progressive: true }, { colours: 4 }])('is what others read: %o', async options => {
    for (let seed = 1; seed < 25; seed++) {
      const gif = await drawn(seed, options);
      const { data, info } = await sharp(gif).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
      const frame = firstGifFrame(gif, MOST);
      expect([frame?.width, frame?.height]).toEqual([info.width, info.height]);
      expect(Buffer.from(frame?.data ?? []).equals(data)).toBe(true);
    }
  });

  it('is there where its pixels end early, the rest transparent', () => {
    for (const frames of [1, 2, 301]) {
      const frame = firstGifFrame(ending(frames), MOST);
      expect([frame?.width, frame?.height]).toEqual([64, 64]);
      expect([...(frame?.data.subarray(0, 8) ?? [])]).toEqual([255, 255, 255, 255, 0, 0, 0, 0]);
    }
  });

  it('is none in half a file, in one of too many pixels, and in what is no GIF', async () => {
    const gif = await drawn(3);
    expect(firstGifFrame(gif.subarray(0, gif.length / 2), MOST)).toBeUndefined();
    expect(firstGifFrame(gif, 0)).toBeUndefined();
    expect(firstGifFrame(await sharp(gif).png().toBuffer(), MOST)).toBeUndefined();
  });
});
