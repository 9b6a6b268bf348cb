// Fills the extension's own database with labelled images of 100 KB each, as collecting would have left them.
import type { Page } from 'puppeteer-core';
import { inDatabase, type OpenDatabase } from '../../../harness/database';
import { sampleRow, scatteredHash, splitOf, usualCandidate } from '../../../harness/rows';
import type { Sample } from '../../../src/contract/sample';

const LABELS = 10;
const BATCH = 100;
/** Drawn once, then stored again and again, each time as a blob of its own with other bytes behind the image. */
const DRAWN = 40;

/**
 * Adds images `from` (inclusive) to `to` (exclusive); the app has opened the database before. Every image is a JPEG of
 * 688 × 516, which comes to about 100,000 bytes. Gives the stored megabytes.
 */
export async function fill(app: Page, from: number, to: number): Promise<number> {
  await app.evaluate(drawImages, DRAWN);
  let bytes = 0;
  for (let start = from; start < to; start += BATCH) {
    bytes += await inDatabase(app, storeBatch, rowsOf(start, Math.min(to, start + BATCH)), LABELS);
  }
  // The screens count anew.
  await app.reload({ waitUntil: 'load' });
  return bytes / 1e6;
}

/** In the page, where named functions would not run: the loader marks them with a helper that is not there. */
async function drawImages(count: number): Promise<void> {
  const canvas = new OffscreenCanvas(688, 516);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no 2d canvas');
  const image = context.createImageData(canvas.width, canvas.height);
  const pixels = new Uint32Array(image.data.buffer);
  const drawn: Blob[] = [];
  for (let n = 0; n < count; n++) {
    let state = n + 1;
    for (let i = 0; i < pixels.length; i++) {
      // A linear congruential generator (Numerical Recipes); its high bits are the random ones.
      state = Math.imul(state, 1664525) + 1013904223;
      const grey = ((i >> 5) % 160) + (state >>> 26);
      pixels[i] = 0xff000000 | (grey << 16) | ((255 - grey) << 8) | grey;
    }
    context.putImageData(image, 0, 0);
    drawn.push(await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.88 }));
  }
  Object.assign(globalThis, { drawn });
}

function rowsOf(from: number, to: number): Sample[] {
  return Array.from({ length: to - from }, (_, i) => {
    const n = from + i;
    const labelId = `label-${n % LABELS}`;
    return sampleRow(scatteredHash(n), {
      labelId,
      split: splitOf(n),
      width: 688,
      height: 516,
      candidate: usualCandidate(n),
      provenance: { engine: 'bing', query: labelId, pageUrl: 'https://search.example/?q=bench', harvestedAt: n },
      harvestId: 'bench',
      addedAt: n,
    });
  });
}

/** In the page. `addedAt` is the number of the image. */
async function storeBatch({ database, done }: OpenDatabase, rows: Sample[], labels: number): Promise<number> {
  const { drawn } = globalThis as unknown as { drawn: Blob[] };
  const transaction = database.transaction(['labels', 'samples', 'blobs'], 'readwrite');
  let bytes = 0;
  for (const row of rows) {
    const { sha256, labelId, addedAt: n } = row;
    if (n < labels) {
      transaction
        .objectStore('labels')
        .put({ id: labelId, name: labelId, folder: labelId, colour: n % 8, createdAt: n });
    }
    const blob = new Blob([drawn[n % drawn.length] ?? '', Uint32Array.of(n)], { type: 'image/jpeg' });
    bytes += blob.size;
    transaction.objectStore('blobs').put({ sha256, blob });
    transaction.objectStore('samples').put({ ...row, bytes: blob.size });
  }
  await done(transaction);
  return bytes;
}
