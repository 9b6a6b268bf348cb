// The benchmark's images and the hosts that serve them: JPEGs of 100 KB, each unlike every other, drawn by the browser.
import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'puppeteer-core';
import type { Host } from '../../../harness/web/site';

const HOSTS = 40;
const BYTES = 100_000;
/** Added to every answer, as a network would. */
const LATENCY_MS = 30;

export const imageAddress = (number: number) => `https://img.bench${number % HOSTS}.example/${number}.jpg`;

/** Serves what was laid down; a set is kept from one browser to the next. */
export class ImageHosts {
  private readonly images = new Map<string, Buffer>();

  get megabytes(): number {
    return [...this.images.values()].reduce((sum, { length }) => sum + length, 0) / 1e6;
  }

  /** For `alterHosts` of a walk. */
  add = (hosts: Map<string, Host>): void => {
    const host: Host = async (request, url, response) => {
      if (request.method === 'PUT') {
        const chunks: Buffer[] = [];
        for await (const chunk of request) chunks.push(chunk as Buffer);
        const image = Buffer.concat(chunks);
        // Readers stop at the end of the image, so that what follows makes all files alike in size.
        this.images.set(url.pathname, Buffer.concat([image, Buffer.alloc(Math.max(0, BYTES - image.length))]));
        response.writeHead(204, { 'access-control-allow-origin': '*' }).end();
        return;
      }
      await pause(LATENCY_MS);
      const image = this.images.get(url.pathname);
      if (image === undefined) response.writeHead(404).end();
      else response.writeHead(200, { 'content-type': 'image/jpeg', 'content-length': image.length }).end(image);
    };
    for (let i = 0; i < HOSTS; i++) hosts.set(`img.bench${i}.example`, host);
  };
}

/** Has a page with access draw so many images, 640 × 480 of blocks under noise, and lay them down on their hosts. */
export function drawImages(app: Page, count: number): Promise<void> {
  return app.evaluate(
    async (count, hosts) => {
      const canvas = new OffscreenCanvas(640, 480);
      const context = canvas.getContext('2d');
      if (!context) throw new Error('no 2d canvas');
      const image = context.createImageData(640, 480);
      const pixels = new Uint32Array(image.data.buffer);
      for (let number = 0; number < count; number++) {
        let state = number + 1;
        const blocks = Array.from({ length: 300 }, () => {
          // A linear congruential generator (Numerical Recipes); its high bits are the random ones.
          state = Math.imul(state, 1664525) + 1013904223;
          return (state >>> 16) % 200;
        });
        for (let y = 0; y < 480; y++) {
          for (let x = 0; x < 640; x++) {
            state = Math.imul(state, 1664525) + 1013904223;
            const grey = (blocks[(y >> 5) * 20 + (x >> 5)] ?? 0) + (state >>> 26);
            pixels[y * 640 + x] = 0xff000000 | (grey << 16) | ((255 - grey) << 8) | grey;
          }
        }
        context.putImageData(image, 0, 0);
        const body = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 });
        await fetch(`https://img.bench${number % hosts}.example/${number}.jpg`, { method: 'PUT', body });
      }
    },
    count,
    HOSTS,
  );
}
