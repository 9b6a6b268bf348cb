// Fills the extension's own database with labelled pictures, as if they had been collected: for measurements of thousands.
import type { Page } from 'puppeteer-core';
import { inDatabase } from '../../../harness/database';
import { DRAWN_LABELS, drawPhoto } from '../../../harness/pictures/pictures';
import { backboneOf } from '../../../src/backbones';

export interface Filling {
  labels: number;
  images: number;
  /** How many of them have features already, made up; the backbone must be installed then. */
  featured: number;
}

const PICTURES = 8;

/** The app page must have opened its database before. The same few JPEGs come again and again, each time with other bytes at the end. */
export async function fill(app: Page, { labels, images, featured }: Filling): Promise<void> {
  const pictures = Array.from({ length: PICTURES }, (_, i) =>
    drawPhoto(DRAWN_LABELS[i % DRAWN_LABELS.length] ?? 'dots', i, 640, 480).bytes.toString('base64'),
  );
  await inDatabase(
    app,
    async ({ database, result, done }, { pictures, labels, images, featured, length }) => {
      const parts = pictures.map(text => Uint8Array.from(atob(text), letter => letter.charCodeAt(0)));
      for (let start = 0; start < images; start += 100) {
        const stores = ['labels', 'samples', 'blobs', 'features', 'backbones'];
        const tx = database.transaction(stores, 'readwrite');
        for (let k = 0; start === 0 && k < labels; k++) {
          const name = `label ${k}`;
          tx.objectStore('labels').put({ id: `l${k}`, name, folder: `label-${k}`, colour: k % 8, createdAt: k });
        }
        const [backbone = ''] = (await result(tx.objectStore('backbones').getAllKeys())) as string[];
        for (let i = start; i < Math.min(images, start + 100); i++) {
          // Scattered as hashes are; no function is named in here, since the loader's mark of it would be unknown in the page.
          const scattered = (Math.imul(i + 1, 0x9e3779b1) >>> 0).toString(16).padStart(8, '0');
          const sha256 = scattered + i.toString(16).padStart(56, '0');
          const part = parts[i % parts.length]!;
          const blob = new Blob([part, Uint32Array.of(i)], { type: 'image/jpeg' });
          const label = i % labels;
          const place = Math.floor(i / labels) % 20;
          tx.objectStore('samples').put({
            sha256,
            labelId: `l${label}`,
            split: place < 14 ? 'train' : place < 17 ? 'valid' : 'test',
            type: 'jpeg',
            bytes: blob.size,
            width: 640,
            height: 480,
            dHash: sha256,
            group: sha256,
            candidate: { url: `https://pictures.example/${i}.jpg` },
            provenance: { engine: 'files', query: '', pageUrl: '', harvestedAt: 0 },
            harvestId: 'bench',
            addedAt: i,
          });
          tx.objectStore('blobs').put({ sha256, blob });
          if (i < featured) {
            const values = Float32Array.from(
              { length: 2 * length },
              (_, c) => Math.random() + (c % labels === label ? 1 : 0),
            );
            tx.objectStore('features').put({ key: [sha256, backbone, ''], values });
          }
        }
        await done(tx);
      }
      const channel = new BroadcastChannel('gleaner-changes');
      channel.postMessage({ labels: true, samples: true });
      channel.close();
    },
    { pictures, labels, images, featured, length: backboneOf('keras-v1').length },
  );
  // Channels do not speak to the page they were opened in.
  await app.reload({ waitUntil: 'load' });
}
