// A collection of one's own images: the quickest way to something to train on.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { field, press } from '../../../harness/browsers/elements';
import { drawImage } from '../../../harness/pictures/pictures';
import { waitFor } from '../../../harness/wait';
import { show, type Walk } from '../../../harness/walk';

/** Makes the labels by hand and adds `count` drawn images to each through the file field. */
export async function collectOwn(walk: Walk, labels: readonly string[], count: number): Promise<void> {
  const folder = join(walk.out, 'own');
  await mkdir(folder, { recursive: true });
  await show(walk, 'dataset');
  const stored = () =>
    walk.app.$eval('nav a[href="#dataset"] .standing', element => Number(element.textContent)).catch(() => 0);
  const before = await stored();
  for (const [n, label] of labels.entries()) {
    await press(walk.app, 'New label');
    const name = await field(walk.app, 'Name of the label');
    await name.type(label);
    await press(walk.app, 'Create');
    const paths: string[] = [];
    for (let i = 0; i < count; i++) {
      const image = drawImage(label, i);
      paths.push(join(folder, image.name));
      await writeFile(paths.at(-1)!, image.bytes);
    }
    const input = await walk.app.waitForSelector(`input[aria-label="Images to add to ${label}"]`);
    await (input as import('puppeteer-core').ElementHandle<HTMLInputElement>).uploadFile(...paths);
    const wanted = before + (n + 1) * count;
    await waitFor(`${wanted} images`, async () => (await stored()) === wanted || undefined, 60_000);
  }
}
