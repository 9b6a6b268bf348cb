// Poisonous pictures for the soak: whoever looks at one dies of it. No real file still does that to the extension, so the soak
// kills the background itself, each time the extension has written down that it begins to look at such a picture.
import { setTimeout as pause } from 'node:timers/promises';
import { crc32, deflateSync } from 'node:zlib';
import type { Page } from 'puppeteer-core';
import { inDatabase } from '../demo/database';

/** As many pixels as are let in, so that decoding takes far longer than it takes to notice and to kill. */
const WIDTH = 7_000;
const HEIGHT = 7_000;
const POISON = /\/poison-\d+\.png$/;

let whole: Buffer | undefined;

/** A PNG of 49 megapixels in 100 KB; each number gives other bytes. */
export function poisonPicture(number: number): Buffer {
  whole ??= Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header()),
    // A filter byte before each row of three bytes for each pixel, all black.
    chunk('IDAT', deflateSync(Buffer.alloc(HEIGHT * (1 + 3 * WIDTH)), { level: 1 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
  return Buffer.concat([whole, Buffer.from(`${number}`)]);
}

function header(): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(WIDTH, 0);
  header.writeUInt32BE(HEIGHT, 4);
  // Eight bits for each of red, green and blue.
  header.set([8, 2], 8);
  return header;
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)]);
}

export const isPoison = (address: string) => POISON.test(address);

/** Tells when a look at a poisonous picture has begun. */
export class PoisonWatch {
  /** Looks seen so far: a row stands there until the next is written, so that only what it adds is new. */
  private readonly seen = new Set<string>();

  constructor(private readonly app: Page) {}

  /** True as soon as such a look has begun, false after so many ms. */
  async begins(ms: number): Promise<boolean> {
    const end = Date.now() + ms;
    do {
      const fresh = (await this.looks(Math.max(0, end - Date.now()))).filter(look => !this.seen.has(look));
      for (const look of fresh) this.seen.add(look);
      if (fresh.length > 0) return true;
      await pause(1);
    } while (Date.now() < end);
    return false;
  }

  /** Looks that are written down and not seen before, each as address and number of times; waited for in the page, which is nearer. */
  private looks(ms: number): Promise<string[]> {
    return inDatabase(
      this.app,
      async ({ database, result }, ms, seen) => {
        for (const end = Date.now() + ms; ; ) {
          const rows = await result<[string, number][]>(database.transaction('meta').objectStore('meta').get('looks'));
          const looks = (rows ?? [])
            .filter(([key]) => key.includes('/poison-'))
            .map(([key, times]) => `${times} ${key}`);
          if (looks.some(look => !seen.includes(look)) || Date.now() >= end) return looks;
          await new Promise(resolve => setTimeout(resolve, 10));
        }
      },
      ms,
      [...this.seen],
    );
  }
}
