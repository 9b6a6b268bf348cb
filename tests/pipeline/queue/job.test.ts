// What becomes of a job: retries with full jitter, ends, taking up again.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newHarvest } from '../../../src/pipeline/harvest/new-harvest';
import { backoff, jobAfter, jobId, newJob, requeued } from '../../../src/pipeline/queue/job';

const HARVEST = newHarvest(
  { id: 'h', labelId: 'l', engine: 'bing', query: 'bear', pageUrl: 'https://search.example.com/' },
  0,
);
const NOW = 1_800_000_000_000;
const job = newJob(HARVEST, { url: 'https://img.example.com/a.jpg#x' }, NOW, 0);

describe('a job', () => {
  it('is one row per label and address, whatever the fragment', () => {
    expect(job.id).toBe(jobId('l', 'https://img.example.com/a.jpg#y'));
    expect(job.id).not.toBe(jobId('m', 'https://img.example.com/a.jpg'));
    expect(job.host).toBe('example.com');
  });

  it('is tried five times, each wait between half of and all of 2 s · 2ⁿ', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), random => {
        let row = job;
        for (let retry = 0; retry < 4; retry++) {
          row = jobAfter(row, { kind: 'retry', reason: 'network' }, NOW, random);
          expect(row.state).toBe('queued');
          expect(row.reason).toBeUndefined();
          expect(row.notBefore - NOW).toBeGreaterThanOrEqual(1_000 * 2 ** retry);
          expect(row.notBefore - NOW).toBeLessThanOrEqual(2_000 * 2 ** retry);
        }
        row = jobAfter(row, { kind: 'retry', reason: 'network', detail: 'x' }, NOW, random);
        expect(row).toMatchObject({ state: 'rejected', reason: 'network', detail: 'x', attempts: 5 });
      }),
    );
  });

  it('never waits more than five minutes', () => {
    expect(backoff(30, 0.999)).toBeLessThanOrEqual(300_000);
  });

  it('stays as it was when the disk is full', () => {
    expect(jobAfter(job, { kind: 'storage-full' }, NOW, 0.5)).toBe(job);
  });

  it('begins anew when taken up again', () => {
    const rejected = jobAfter(job, { kind: 'rejected', reason: 'duplicate-of', detail: 'm' }, NOW, 0);
    const again = requeued(rejected, NOW + 5);
    expect(again).toMatchObject({ state: 'queued', attempts: 0, notBefore: NOW + 5 });
    expect(again).not.toHaveProperty('reason');
    expect(again).not.toHaveProperty('detail');
  });
});
