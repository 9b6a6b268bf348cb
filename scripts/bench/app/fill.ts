// Fills the extension's own database with a label of many images and a few near-duplicates under another: rows and thumbnails as collecting would have left them.
import type { Page } from 'puppeteer-core';
import { inDatabase, type OpenDatabase } from '../../../harness/database';
import { sampleRow, splitOf, usualCandidate } from '../../../harness/rows';
import type { Label } from '../../../src/contract/label';
import type { Sample } from '../../../src/contract/sample';
import { grouped } from '../../../src/pipeline/bucket/near-duplicates/grouping';

const LABEL: Label = { id: 'bench', name: 'Bench', folder: 'Bench', colour: 0, createdAt: 0 };
const OTHER: Label = { id: 'other', name: 'Other', folder: 'Other', colour: 1, createdAt: 0 };
const BATCH = 500;

/** Adds images `from` (inclusive) to `to` (exclusive); the app has opened the database before. */
export async function fill(app: Page, from: number, to: number): Promise<void> {
  for (let start = from; start < to; start += BATCH) {
    await inDatabase(app, fillBatch, [LABEL, OTHER], samples(start, Math.min(to, start + BATCH)));
  }
}

/** Of so many images the last looks like the one before and stands under another label, which a screen has to tell. */
const COPY_EVERY = 20;

function samples(from: number, to: number): Sample[] {
  const hashOf = (n: number) => n.toString(16).padStart(8, '0').repeat(8);
  return Array.from({ length: to - from }, (_, i): Sample => {
    const n = from + i;
    const near = n % COPY_EVERY === COPY_EVERY - 1;
    const sha256 = hashOf(n);
    const row = sampleRow(sha256, {
      labelId: near ? OTHER.id : LABEL.id,
      split: splitOf(n),
      bytes: 200_000,
      width: 800 + (n % 400),
      height: 600 + (n % 300),
      group: near ? hashOf(n - 1) : sha256,
      candidate: usualCandidate(n),
      provenance: {
        engine: 'generic',
        query: 'bench',
        pageUrl: 'https://search.example/?q=bench',
        harvestedAt: 1_700_000_000_000 + n,
      },
      harvestId: 'bench',
      addedAt: 1_700_000_000_000 + n,
    });
    return grouped(row);
  });
}

/** In the page. Thumbnails are 256 px JPEGs of noise: some drawn, each stored as a blob of its own. */
async function fillBatch({ database, done }: OpenDatabase, labels: Label[], rows: Sample[]): Promise<void> {
  const drawn: Blob[] = [];
  for (let n = 0; n < 40; n++) {
    const canvas = new OffscreenCanvas(256, 192);
    const context = canvas.getContext('2d');
    if (!context) throw new Error('no 2d context');
    for (let i = 0; i < 600; i++) {
      context.fillStyle = `hsl(${(n * 37 + i * 11) % 360} ${30 + (i % 60)}% ${20 + ((i * 7) % 60)}%)`;
      context.fillRect((i * 53) % 256, (i * 31) % 192, 8 + (i % 40), 6 + (i % 30));
    }
    drawn.push(await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.8 }));
  }
  const transaction = database.transaction(['labels', 'samples', 'thumbnails'], 'readwrite');
  for (const label of labels) transaction.objectStore('labels').put(label);
  for (const [i, row] of rows.entries()) {
    transaction.objectStore('samples').put(row);
    // Readers of JPEG pass over what follows the image; it makes every file another.
    const blob = new Blob([drawn[i % drawn.length] ?? '', row.sha256], { type: 'image/jpeg' });
    transaction.objectStore('thumbnails').put({ sha256: row.sha256, blob });
  }
  await done(transaction);
}
