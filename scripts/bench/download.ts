// `npm run bench -- download`: how fast images come in, beside a plain loop and beside the network alone, in one run.
import { writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import type { Page } from 'puppeteer-core';
import { grantAccess } from '../../harness/steps/harvest-steps';
import { waitFor } from '../../harness/wait';
import { show, type Walk, walkOnce } from '../../harness/walk';
import { buildExtension, distFolder } from '../build/build-extension';
import { audit, stillQueued } from '../soak/audit';
import { putInQueue, wakeQueue } from '../soak/queue-up';
import { buildLifted } from './download/lifted-build';
import { addOwnFiles } from './download/own-files';
import { drawImages, ImageHosts, imageAddress } from './download/pictures';

/** A loop that waits for each image takes so long that a part of them has to do. */
const SEQUENTIAL_SHARE = 0.1;
/** More requests at once than the browser opens connections: six for each of forty hosts. */
const CEILING_AT_ONCE = 240;

interface Timing {
  name: string;
  images: number;
  seconds: number;
}

export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: { images: { type: 'string', default: '2000' }, out: { type: 'string' } },
  });
  const images = Number(values.images);
  if (!(images >= 10)) {
    console.error('npm run bench -- download [--images 2000] [--out FILE.json]');
    return 2;
  }
  console.log('Building the extension twice: as it is, and with the limits lifted …');
  await buildExtension('chrome');
  const lifted = await buildLifted();
  const hosts = new ImageHosts();
  const timings = [
    ...(await inBrowser(distFolder('chrome'), hosts, async walk => {
      console.log(`Drawing ${images} pictures …`);
      await drawImages(walk.app, images);
      console.log(`${hosts.megabytes.toFixed(0)} MB in ${images} pictures.`);
      return [
        await fetchAll(walk.app, 'plain loop, one after the other', Math.ceil(images * SEQUENTIAL_SHARE), 1),
        await fetchAll(walk.app, 'ceiling: fetched at once, kept nowhere', images, CEILING_AT_ONCE),
        await gleaner(walk, 'Gleaner, polite', images),
      ];
    })),
    ...(await inBrowser(distFolder('chrome'), hosts, async walk => [await ownFiles(walk, images)])),
    ...(await inBrowser(lifted, hosts, async walk => {
      await allowAtOnce(walk.app, CEILING_AT_ONCE);
      return [await gleaner(walk, 'Gleaner, limits lifted', images)];
    })),
  ];
  report(timings);
  if (values.out)
    await writeFile(values.out, `${JSON.stringify({ images, cores: cpus().length, timings }, null, 2)}\n`);
  return 0;
}

function inBrowser(extension: string, hosts: ImageHosts, work: (walk: Walk) => Promise<Timing[]>): Promise<Timing[]> {
  return walkOnce({ browser: 'chromium', extension, say: console.log, alterHosts: hosts.add }, async walk => {
    await grantAccess(walk);
    // A screen without images, so that what is timed is the queue.
    await show(walk, 'settings');
    return work(walk);
  });
}

/** Fetches addresses in a page, so many at once, and keeps nothing. */
async function fetchAll(app: Page, name: string, images: number, atOnce: number): Promise<Timing> {
  const addresses = Array.from({ length: images }, (_, i) => imageAddress(i));
  const milliseconds = await app.evaluate(
    async (addresses, atOnce) => {
      let next = 0;
      const start = performance.now();
      await Promise.all(
        Array.from({ length: atOnce }, async () => {
          for (let address = addresses[next++]; address !== undefined; address = addresses[next++]) {
            const response = await fetch(address, { cache: 'no-store', credentials: 'omit' });
            if (!response.ok) throw new Error(`${response.status} of ${address}`);
            await response.arrayBuffer();
          }
        }),
      );
      return performance.now() - start;
    },
    addresses,
    atOnce,
  );
  return { name, images, seconds: milliseconds / 1000 };
}

/** The same images as files of the user's own, from the choice of the files until all are stored. */
async function ownFiles(walk: Walk, images: number): Promise<Timing> {
  await putInQueue(walk.app, 'own', []);
  await show(walk, 'dataset');
  await walk.app.reload();
  return { name: "the user's own files", images, seconds: await addOwnFiles(walk.app, 'own', images) };
}

/** How many transfers the queue may make at once is the user's to say, up to six; the benchmark says more. */
function allowAtOnce(app: Page, transfers: number): Promise<void> {
  return app.evaluate(transfers => {
    const { storage } = (globalThis as unknown as { chrome: typeof chrome }).chrome;
    return storage.local.set({ settings: { transfers } });
  }, transfers);
}

/** From the first look at a full queue until it is empty; everything must have been stored. */
async function gleaner(walk: Walk, name: string, images: number): Promise<Timing> {
  const addresses = Array.from({ length: images }, (_, i) => imageAddress(i));
  await putInQueue(
    walk.app,
    'bench',
    addresses.map(url => ({ url })),
  );
  const start = performance.now();
  await wakeQueue(walk.app);
  const done = async () => ((await stillQueued(walk.app)) === 0 ? performance.now() : undefined);
  const end = await waitFor('the queue to be empty', done, 900_000);
  const { stored, rejected, lost } = await audit(walk.app, addresses);
  if (stored !== images || lost > 0) throw new Error(`${stored} stored, ${lost} lost, ${JSON.stringify(rejected)}`);
  return { name, images, seconds: (end - start) / 1000 };
}

function report(timings: Timing[]): void {
  const rate = ({ images, seconds }: Timing) => images / seconds;
  const [loop, ceiling] = timings;
  if (!loop || !ceiling) return;
  console.log(`\n${'images/s'.padStart(10)} ${'of ceiling'.padStart(11)} ${'× loop'.padStart(8)}`);
  for (const timing of timings) {
    const [own, most, least] = [timing, ceiling, loop].map(rate) as [number, number, number];
    console.log(
      `${own.toFixed(1).padStart(10)} ${(own / most).toFixed(2).padStart(11)} ${(own / least).toFixed(1).padStart(8)}  ${timing.name}`,
    );
  }
}
