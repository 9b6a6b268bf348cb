// Fills the extension's own database with labelled images, as if they had been collected: for measurements of thousands.
import type { Page } from 'puppeteer-core';
import { inDatabase, type OpenDatabase } from '../../../harness/database';
import { DRAWN_LABELS, drawPhoto } from '../../../harness/pictures/pictures';
import { sampleRow, scatteredHash } from '../../../harness/rows';
import { backboneOf } from '../../../src/backbones';
import type { Sample } from '../../../src/contract/sample';

export interface Filling {
  labels: number;
  images: number;
  /** How many of them have features already, made up; the backbone must be installed then. */
  featured: number;
}

const IMAGES = 8;
const BATCH = 100;

/** The app page must have opened its database before. The same few JPEGs come again and again, each time with other bytes at the end. */
export async function fill(app: Page, { labels, images, featured }: Filling): Promise<void> {
  const photos = Array.from({ length: IMAGES }, (_, i) =>
    drawPhoto(DRAWN_LABELS[i % DRAWN_LABELS.length] ?? 'dots', i, 640, 480).bytes.toString('base64'),
  );
  for (let start = 0; start < images; start += BATCH) {
    const rows = rowsOf(start, Math.min(images, start + BATCH), labels);
    await inDatabase(app, storeBatch, { rows, photos, labels, featured, length: backboneOf('keras-v1').length });
  }
  await app.evaluate(() => {
    const channel = new BroadcastChannel('gleaner-changes');
    channel.postMessage({ labels: true, samples: true });
    channel.close();
  });
  // Channels do not speak to the page they were opened in.
  await app.reload({ waitUntil: 'load' });
}

/** Of twenty images of a label fourteen train. `addedAt` is the number of the image. */
function rowsOf(from: number, to: number, labels: number): Sample[] {
  return Array.from({ length: to - from }, (_, at) => {
    const i = from + at;
    const place = Math.floor(i / labels) % 20;
    return sampleRow(scatteredHash(i), {
      labelId: `l${i % labels}`,
      split: place < 14 ? 'train' : place < 17 ? 'valid' : 'test',
      width: 640,
      height: 480,
      candidate: { url: `https://pictures.example/${i}.jpg` },
      harvestId: 'bench',
      addedAt: i,
    });
  });
}

interface Batch {
  rows: Sample[];
  photos: string[];
  labels: number;
  featured: number;
  /** Of half the features of an image. */
  length: number;
}

/** In the page. */
async function storeBatch(
  { database, result, done }: OpenDatabase,
  { rows, photos, labels, featured, length }: Batch,
): Promise<void> {
  const parts = photos.map(text => Uint8Array.from(atob(text), letter => letter.charCodeAt(0)));
  const tx = database.transaction(['labels', 'samples', 'blobs', 'features', 'backbones'], 'readwrite');
  const [backbone = ''] = (await result(tx.objectStore('backbones').getAllKeys())) as string[];
  for (const row of rows) {
    const { sha256, labelId, addedAt: i } = row;
    if (i < labels) {
      tx.objectStore('labels').put({
        id: labelId,
        name: `label ${i}`,
        folder: `label-${i}`,
        colour: i % 8,
        createdAt: i,
      });
    }
    const blob = new Blob([parts[i % parts.length]!, Uint32Array.of(i)], { type: 'image/jpeg' });
    tx.objectStore('samples').put({ ...row, bytes: blob.size });
    tx.objectStore('blobs').put({ sha256, blob });
    if (i < featured) {
      const values = Float32Array.from(
        { length: 2 * length },
        (_, c) => Math.random() + (c % labels === i % labels ? 1 : 0),
      );
      tx.objectStore('features').put({ key: [sha256, backbone, ''], values });
    }
  }
  await done(tx);
}
