// The weights' ways into the app: packed with the build, downloaded from a server that lies and breaks, and gone on with.
import { createHash } from 'node:crypto';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BROWSER_NAMES } from '../../harness/browsers/driver';
import { press, unfold } from '../../harness/browsers/elements';
import { grantAccess } from '../../harness/steps/harvest-steps';
import { backboneOrAlert } from '../../harness/steps/learn-steps';
import { waitFor } from '../../harness/wait';
import { show, type Walk } from '../../harness/walk';
import type { Host } from '../../harness/web/site';
import { distFolder, TARGET_OF } from '../../scripts/build/build-extension';
import { KERAS_RESNET50 } from '../../src/edges/weights-download';
import { smallWeights } from './steps/small-weights';
import { stage } from './steps/stage';

const SERVER = new URL(KERAS_RESNET50.address);
const packed = await smallWeights(97);
const published = await smallWeights(101);

/** A copy of the build that packs one file and takes another for the published one: the numbers in its code are changed. */
async function altered(dist: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'gleaner-weights-'));
  await cp(dist, folder, { recursive: true });
  await writeFile(join(folder, 'backbone/small.h5'), packed);
  const note = { path: 'backbone/small.h5', name: 'small.h5', bytes: packed.length, weights: 'file' };
  await writeFile(join(folder, 'backbone/packed.json'), JSON.stringify(note));
  const md5 = createHash('md5').update(published).digest('hex');
  let changed = 0;
  for (const name of await readdir(join(folder, 'assets'))) {
    if (!name.endsWith('.js')) continue;
    const code = await readFile(join(folder, 'assets', name), 'utf8');
    if (!code.includes(KERAS_RESNET50.md5)) continue;
    expect(code).toMatch(/\b(?:94765736|94_765_736)\b/);
    const other = code.replace(KERAS_RESNET50.md5, md5).replace(/\b94_?765_?736\b/, String(published.length));
    await writeFile(join(folder, 'assets', name), other);
    changed++;
  }
  expect(changed).toBe(1);
  return folder;
}

describe.each(BROWSER_NAMES)('the weights in %s', browser => {
  let walk: Walk;
  let folder: string;
  let answer: 'lies' | 'breaks' | 'serves' = 'lies';
  const ranges: (string | undefined)[] = [];
  const half = Math.floor(published.length / 2);

  const server: Host = (request, url, response) => {
    expect(url.pathname).toBe(SERVER.pathname);
    const { range } = request.headers;
    ranges.push(range);
    if (answer === 'lies') {
      response.writeHead(200, { 'content-length': published.length }).end(Buffer.alloc(published.length, 1));
    } else if (answer === 'breaks' && range !== undefined) {
      response.writeHead(503).end();
    } else if (answer === 'breaks') {
      response.writeHead(200, { 'content-length': published.length });
      response.write(published.subarray(0, half), () => setTimeout(() => response.destroy(), 200));
    } else {
      const from = Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0);
      const headers = { 'content-range': `bytes ${from}-${published.length - 1}/${published.length}` };
      response.writeHead(from > 0 ? 206 : 200, { 'content-length': published.length - from, ...headers });
      response.end(published.subarray(from));
    }
  };

  beforeAll(async () => {
    const build = process.env.GLEANER_DIST ? join(process.env.GLEANER_DIST, TARGET_OF[browser]) : undefined;
    folder = await altered(build ?? distFolder(TARGET_OF[browser]));
    walk = await stage(browser, {
      labels: [],
      extension: folder,
      alterHosts: hosts => hosts.set(SERVER.hostname, server),
    });
    await grantAccess(walk);
    await show(walk, 'train');
  });
  afterAll(async () => {
    await walk?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('come with the build at the first start, without a download', async () => {
    expect(await backboneOrAlert(walk, /packed into this build/, 60_000)).toBeUndefined();
    expect(await region(walk)).toContain('packed into this build (small.h5)');
    expect(ranges).toEqual([]);
  });

  it('are refused when the server sends another file of the same length, and the old ones stay', async () => {
    await unfold(walk.app, 'Use other weights');
    await press(walk.app, 'Download ResNet-50');
    await waitFor('the refusal', async () => /not the published one/.test(await region(walk)) || undefined, 60_000);
    expect(await region(walk)).toContain('packed into this build');
  });

  it('are gone on with after a broken connection, a cancel and a reload, and installed', async () => {
    answer = 'breaks';
    ranges.length = 0;
    await press(walk.app, 'Download ResNet-50');
    await waitFor('a broken connection', async () => ranges.length > 1 || undefined, 60_000);
    const share = () => walk.app.$eval('progress', bar => bar.value / bar.max);
    await waitFor('half of the bar', async () => Math.abs((await share()) - 0.5) < 0.01 || undefined, 5000);
    await press(walk.app, 'Cancel');
    // Again at once, while the browser may still hold the file for the worker that was ended.
    ranges.length = 0;
    await press(walk.app, 'Download ResNet-50');
    await waitFor('the next attempt', async () => ranges.length > 0 || undefined, 10_000);
    expect(ranges[0]).toBe(`bytes=${half}-`);
    await press(walk.app, 'Cancel');
    await walk.app.reload({ waitUntil: [], timeout: 1500 }).catch(() => undefined);
    answer = 'serves';
    ranges.length = 0;
    await unfold(walk.app, 'Use other weights');
    await press(walk.app, 'Download ResNet-50');
    await waitFor('the weights', async () => (await region(walk)).includes(SERVER.hostname) || undefined, 60_000);
    expect(ranges).toEqual([`bytes=${half}-`]);
    expect(await region(walk)).not.toContain('packed into this build (');
    await unfold(walk.app, 'Use other weights');
    expect(await region(walk)).toContain('Use the packed weights');
  });
});

/** The words of the Backbone region; none while the page loads. */
function region(walk: Walk): Promise<string> {
  return walk.app.$eval('[aria-label="Backbone"]', element => element.textContent ?? '').catch(() => '');
}
