// Puts thousands of addresses into the extension's queue at once, as rows of its own database, and wakes its background.
import type { Page } from 'puppeteer-core';
import { putRows } from '../../harness/database';
import type { Candidate } from '../../src/contract/candidate';
import type { Label } from '../../src/contract/label';
import { newHarvest } from '../../src/pipeline/harvest/new-harvest';
import { newJob } from '../../src/pipeline/queue/job';

const BATCH = 1000;

/** Puts the addresses into the queue and has the background look. */
export async function queueUp(app: Page, name: string, candidates: Candidate[]): Promise<Label> {
  const label = await putInQueue(app, name, candidates);
  await wakeQueue(app);
  return label;
}

/** A search page lists a few hundred addresses at most, so the rows are written as a harvest would have written them. */
export async function putInQueue(app: Page, name: string, candidates: Candidate[]): Promise<Label> {
  const label: Label = { id: `soak-${name}`, name, folder: name, colour: 0, createdAt: Date.now() };
  const of = {
    id: `harvest-${name}`,
    labelId: label.id,
    engine: 'generic',
    query: name,
    pageUrl: 'https://search.example/',
  };
  const { length } = candidates;
  const harvest = { ...newHarvest(of, Date.now()), tiles: length, found: length, added: length };
  await putRows(app, 'labels', [label]);
  await putRows(app, 'harvests', [harvest]);
  const jobs = candidates.map((candidate, rank) => newJob(harvest, candidate, Date.now(), rank));
  for (let from = 0; from < jobs.length; from += BATCH) await putRows(app, 'jobs', jobs.slice(from, from + BATCH));
  return label;
}

/** Any question wakes a sleeping background; this one also has it look for work. */
export async function wakeQueue(app: Page): Promise<void> {
  await app.evaluate(async () => {
    type Ask = { runtime: { sendMessage(message: object): Promise<unknown> } };
    const { browser, chrome } = globalThis as unknown as { browser?: Ask; chrome: Ask };
    // A background that is being ended at this moment gives no answer; the next question starts it anew.
    await (browser ?? chrome).runtime.sendMessage({ gleaner: 'queueState', args: {} }).catch(() => undefined);
  });
}
