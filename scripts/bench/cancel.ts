// `npm run bench -- cancel`: how long each long job of the app goes on after a person pressed *Cancel* or *Stop* in its middle.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { BROWSER_NAMES, type BrowserName } from '../../harness/browsers/driver';
import { walkOnce } from '../../harness/walk';
import { buildExtension, TARGET_OF } from '../build/build-extension';
import { writeFiles } from './cancel/files';
import { jobs } from './cancel/jobs';
import { timeToStop } from './cancel/time-to-stop';
import { machineInWords, met, print, type Result, save } from './results/table';

const LIMIT_MS = 1000;

export async function run(args: string[]): Promise<number> {
  const { values } = parseArgs({
    args,
    options: { out: { type: 'string' }, browser: { type: 'string' }, images: { type: 'string', default: '3000' } },
  });
  const results: Result[] = [];
  for (const name of BROWSER_NAMES) {
    if (values.browser === undefined || values.browser === name)
      results.push(await measure(name, Number(values.images)));
  }
  for (const result of results) print(result);
  save(values.out, results);
  return results.every(({ goals }) => goals.every(met)) ? 0 : 1;
}

async function measure(browser: BrowserName, images: number): Promise<Result> {
  await buildExtension(TARGET_OF[browser]);
  const folder = await mkdtemp(join(tmpdir(), 'gleaner-cancel-'));
  try {
    const { photos, names } = await writeFiles(folder, images);
    return await walkOnce({ browser }, async walk => {
      const { version } = walk.driver;
      const result: Result = { bench: 'cancel', machine: machineInWords(), browser: version, rows: [], goals: [] };
      for (const job of jobs(photos, names)) {
        await job.before?.(walk);
        const ms = await timeToStop(walk, job);
        console.log(`${job.name}: ${ms} ms`);
        result.rows.push({ name: job.name, value: ms, unit: 'ms' });
        result.goals.push({ name: `${job.name}: ms until it has ended`, ratio: ms, wanted: LIMIT_MS, atMost: true });
      }
      return result;
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
