// Drawn images with something wrong: out of focus, in the dark, a strip, a smaller copy.
import { decode, encode } from 'jpeg-js';
import type { ImageFile } from '../../../harness/pictures/pictures';

interface Pixels {
  width: number;
  height: number;
  data: Uint8Array;
}

/** The image, a JPEG, after a change of its pixels. */
export function altered(image: ImageFile, name: string, change: (pixels: Pixels) => Pixels): ImageFile {
  const { width, height, data } = change(decode(image.bytes, { useTArray: true }));
  const bytes = Buffer.from(encode({ width, height, data }, 92).data);
  return { name, bytes, width, height };
}

export function dark({ data, ...size }: Pixels): Pixels {
  return { ...size, data: data.map((value, i) => (i % 4 === 3 ? value : value * 0.2)) };
}

/** The upper seventy rows. */
export function strip({ width, data }: Pixels): Pixels {
  return { width, height: 70, data: data.slice(0, width * 70 * 4) };
}

/** Each pixel the mean of `step` × `step` of the image. */
export function shrunk({ width, height, data }: Pixels, step = 2): Pixels {
  const small = { width: Math.floor(width / step), height: Math.floor(height / step) };
  const mean = new Uint8Array(small.width * small.height * 4);
  for (let i = 0; i < mean.length; i++) {
    const [x, y] = [Math.floor(i / 4) % small.width, Math.floor(i / 4 / small.width)];
    let sum = 0;
    for (let v = 0; v < step; v++)
      for (let u = 0; u < step; u++) sum += data[((y * step + v) * width + x * step + u) * 4 + (i % 4)] ?? 0;
    mean[i] = sum / step ** 2;
  }
  return { ...small, data: mean };
}

/** Shrunk by ten and enlarged again, smoothly. */
export function outOfFocus(pixels: Pixels): Pixels {
  const { width, height } = pixels;
  const small = shrunk(pixels, 10);
  const data = new Uint8Array(width * height * 4);
  const at = (x: number, y: number, c: number) =>
    small.data[
      (Math.min(small.height - 1, Math.max(0, y)) * small.width + Math.min(small.width - 1, Math.max(0, x))) * 4 + c
    ] ?? 0;
  for (let i = 0; i < data.length; i++) {
    const c = i % 4;
    const [u, v] = [((Math.floor(i / 4) % width) - 4.5) / 10, (Math.floor(i / 4 / width) - 4.5) / 10];
    const [x, y] = [Math.floor(u), Math.floor(v)];
    const row = (line: number) => at(x, line, c) * (1 - u + x) + at(x + 1, line, c) * (u - x);
    data[i] = row(y) * (1 - v + y) + row(y + 1) * (v - y);
  }
  return { width, height, data };
}
