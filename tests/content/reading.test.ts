// @vitest-environment jsdom
// @vitest-environment-options { "url": "https://www.bing.com/images/search?q=cats" }
// One reading of a nonce: '0'.repeat(32), page: stopped and taken up again, left and come back to.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CandidateBatch, HarvestStart } from '../../src/contract/harvest';
import { AnswerIntake } from '../../src/entries/content/answers/answer-intake';
import { IdleWork } from '../../src/entries/content/reading/idle-work';
import { Reading } from '../../src/entries/content/reading/reading';

const batches = vi.hoisted(() => [] as CandidateBatch[]);
vi.mock('../../src/edges/messages', () => ({
  ask: async (_name: string, batch: CandidateBatch) => {
    batches.push(structuredClone(batch));
    return {};
  },
}));
window.scrollTo = () => undefined;
window.scrollBy = () => undefined;
document.elementFromPoint = () => null;

const sent = () => batches.flatMap(({ candidates }) => candidates.map(({ url }) => url));

describe('a reading', () => {
  let life: AbortController;
  let reading: Reading;
  let added = 0;

  beforeEach(() => {
    batches.length = 0;
    added = 0;
    document.body.replaceChildren();
    history.replaceState(null, '', '/images/search?q=cats');
    life = new AbortController();
    addTile();
    const failed = (error: unknown) => {
      throw error;
    };
    const start = { harvest: { id: 'h' }, label: 'cats', target: 100 } as HarvestStart;
    const nothing = () => undefined;
    reading = new Reading(
      {
        ...{
          nonce: '0'.repeat(32),
          page: document,
          doc: document,
          own: document.createElement('div'),
          query: 'cats',
          start,
          failed,
        },
        work: new IdleWork(failed, run => setTimeout(run)),
        signal: life.signal,
        intake: new AnswerIntake('cats', nothing),
        changed: nothing,
        answered: nothing,
      },
      undefined,
    );
  });
  afterEach(() => life.abort());

  function addTile() {
    const link = document.createElement('a');
    link.setAttribute('m', JSON.stringify({ murl: `https://full.test/${added++}.jpg` }));
    document.body.append(link);
  }
  const holds = (n: number) => vi.waitFor(() => expect(new Set(sent()).size).toBe(n), { timeout: 10_000 });
  /** Longer than a page is left alone between two looks. */
  const rest = () => new Promise(resolve => setTimeout(resolve, 700));

  it('sends what stands there and what is added, with the engine that reads it', async () => {
    await holds(1);
    addTile();
    await holds(2);
    expect(sent()).toEqual(['https://full.test/0.jpg', 'https://full.test/1.jpg']);
    expect(new Set(batches.map(({ engine }) => engine))).toEqual(new Set(['bing']));
  });

  it('reads nothing after a stop, and goes on when more is asked for', async () => {
    await holds(1);
    reading.stop();
    addTile();
    await rest();
    expect(sent()).toHaveLength(1);
    const loading = reading.loadMore();
    expect(reading.phase).toBe('loading');
    await holds(2);
    reading.stop();
    await loading;
    expect(reading.phase).toBe('stopped');
  });

  it('ends when the page shows another search, and goes on when it shows this one again', async () => {
    await holds(1);
    const before = new URL(location.href);
    history.pushState(null, '', '/images/search?q=dogs');
    reading.addressChanged(before);
    expect(reading.phase).toBe('left');
    addTile();
    await rest();
    expect(sent()).toHaveLength(1);
    const dogs = new URL(location.href);
    history.pushState(null, '', '/images/search?q=cats&first=36');
    reading.addressChanged(dogs);
    expect(reading.phase).toBe('collecting');
    await holds(2);
  });

  it('does not take up a search that is not shown any more', async () => {
    await holds(1);
    reading.stop();
    history.pushState(null, '', '/images/search?q=dogs');
    await reading.loadMore();
    expect(reading.phase).toBe('left');
  });

  it('ends for good with its signal', async () => {
    await holds(1);
    life.abort();
    await reading.loadMore();
    addTile();
    await rest();
    expect(sent()).toHaveLength(1);
  });
});
