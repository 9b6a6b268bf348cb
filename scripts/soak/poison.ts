// Poisonous images for the soak: whoever looks at one dies of it. No real file still does that to the extension, so the soak
// kills the background itself, each time the extension has written down that it begins to look at such an image.
import { crc32, deflateSync } from 'node:zlib';
import type { Page } from 'puppeteer-core';
import { inDatabase } from '../../harness/database';

/** As many pixels as are let in, so that decoding takes far longer than it takes to notice and to kill. */
const WIDTH = 7_000;
const HEIGHT = 7_000;
const POISON = /\/poison-\d+\.png$/;

let whole: Buffer | undefined;

/** A PNG of 49 megapixels in 600 KB; each number gives other bytes. */
export function poisonImage(number: number): Buffer {
  whole ??= Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', header()),
    // All black: a filter byte before each row of three bytes for each pixel, and a row more than enough for all seven passes.
    chunk('IDAT', deflateSync(Buffer.alloc(2 * HEIGHT + 3 * WIDTH * HEIGHT), { level: 1 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
  return Buffer.concat([whole, Buffer.from(`${number}`)]);
}

function header(): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(WIDTH, 0);
  header.writeUInt32BE(HEIGHT, 4);
  // Eight bits for each of red, green and blue; interlaced, which takes longest.
  header.set([8, 2, 0, 0, 1], 8);
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

/** Calls `kill` as soon as a look at a poisonous image has begun, until the signal aborts. */
export async function poison(app: Page, kill: () => Promise<void>, signal: AbortSignal): Promise<void> {
  // A row stands there until the next is written, so that only what it adds is new.
  const seen = new Set<string>();
  while (!signal.aborted) {
    const fresh = (await looks(app, [...seen])).filter(look => !seen.has(look));
    for (const look of fresh) seen.add(look);
    if (fresh.length > 0) await kill();
  }
}

const WAIT_MS = 1_000;

/** Looks at poisonous images that are written down, each as times and key; a new one is waited for in the page, which is nearer. */
function looks(app: Page, seen: string[]): Promise<string[]> {
  return inDatabase(
    app,
    async ({ database, result }, seen, ms) => {
      for (const end = Date.now() + ms; ; ) {
        const rows = await result<[string, number][]>(database.transaction('meta').objectStore('meta').get('looks'));
        const looks = (rows ?? []).filter(([key]) => key.includes('/poison-')).map(([key, times]) => `${times} ${key}`);
        if (looks.some(look => !seen.includes(look)) || Date.now() >= end) return looks;
        await new Promise(resolve => setTimeout(resolve, 10));
      }
    },
    seen,
    WAIT_MS,
  );
}
