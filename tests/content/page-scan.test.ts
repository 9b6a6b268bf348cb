// @vitest-environment jsdom
// Reading a page: what is there, what is added, what the page fetches; heavy pages in pieces.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Found } from '../../src/contract/candidate';
import { type Engine, engine as engineOf } from '../../src/engines/engine';
import { IdleWork } from '../../src/entries/content/reading/idle-work';
import { PageScan } from '../../src/entries/content/reading/page-scan';

/** An engine of the test's own: a tile is `b[data-full]`, which costs a tenth of a millisecond to read. */
function engine(spend: (ms: number) => void): Engine & { reads: number[] } {
  const reads: number[] = [];
  const trial = engineOf({
    id: 'trial',
    name: 'Trial',
    matches: [],
    isResultsPage: () => true,
    *steps(document): Generator<void, Found> {
      const tiles = [...document.querySelectorAll('b')];
      reads.push(tiles.length);
      for (const _tile of tiles) {
        yield;
        spend(0.1);
      }
      const full = tiles.flatMap(tile => tile.getAttribute('href') ?? []);
      const refused = full.length < tiles.length ? { 'no-full-size': tiles.length - full.length } : {};
      return { candidates: full.map(url => ({ url })), tiles: tiles.length, refused };
    },
    records: body => ({ candidates: body.split(' ').map(url => ({ url })), tiles: 1, refused: {} }),
  });
  return { ...trial, reads };
}

describe('a page scan', () => {
  let time = 0;
  let own: HTMLElement;
  let life: AbortController;
  let slices: number[];

  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    time = 0;
    slices = [];
    document.body.replaceChildren();
    own = document.body.appendChild(document.createElement('div'));
    life = new AbortController();
  });
  afterEach(() => {
    life.abort();
    vi.useRealTimers();
  });

  function scanner() {
    const trial = engine(ms => {
      time += ms;
    });
    const idle: (() => void)[] = [];
    const work = new IdleWork(
      error => {
        throw error;
      },
      run => idle.push(run),
      () => time,
    );
    const scan = new PageScan(
      document,
      trial,
      () => new URL('https://s.test/?q=x'),
      work,
      () => undefined,
      () => time,
    );
    return {
      scan,
      trial,
      /** Lets mutations be reported, timers fire and idle slices run, until nothing is left to do. */
      async settle() {
        for (let i = 0; i < 400; i++) {
          await Promise.resolve();
          await new Promise(resolve => setImmediate(resolve));
          time += 100;
          vi.advanceTimersByTime(100);
          const start = time;
          const run = idle.shift();
          run?.();
          if (run) slices.push(time - start);
          else if (i > 30) break;
        }
      },
    };
  }

  function addTiles(n: number, from = 0, into: Element = document.body) {
    for (let i = from; i < from + n; i++) {
      const tile = document.createElement('b');
      tile.setAttribute('href', `https://full.test/${i}.jpg`);
      into.append(tile);
    }
  }

  it('finds what is there and what is added, none twice', async () => {
    addTiles(40);
    const { scan, settle } = scanner();
    scan.follow(own, life.signal);
    await settle();
    expect(scan.collected).toHaveLength(40);
    addTiles(60, 20);
    await settle();
    expect(scan.collected.map(candidate => candidate.url)).toEqual(
      Array.from({ length: 80 }, (_, i) => `https://full.test/${i}.jpg`),
    );
    expect(scan.tally.found).toBe(80);
    expect(scan.tally.tiles).toBe(100);
  });

  it('finds an address that a tile gets later', async () => {
    document.body.append(document.createElement('b'));
    const { scan, settle } = scanner();
    scan.follow(own, life.signal);
    await settle();
    expect(scan.tally.refused()).toEqual({ 'no-full-size': 1 });
    document.querySelector('b')?.setAttribute('href', 'https://full.test/late.jpg');
    await settle();
    expect(scan.collected).toEqual([{ url: 'https://full.test/late.jpg' }]);
  });

  it('does not call a tile bare when an answer brought its address', async () => {
    document.body.append(document.createElement('b'), document.createElement('b'));
    const { scan, settle } = scanner();
    scan.follow(own, life.signal);
    await settle();
    scan.answer('https://s.test/more', 'https://full.test/a.jpg');
    await settle();
    expect(scan.tally.refused()).toEqual({ 'no-full-size': 1 });
    scan.answer('https://s.test/more', 'https://full.test/b.jpg https://full.test/a.jpg');
    await settle();
    expect(scan.tally.refused()).toEqual({});
    expect(scan.tally).toMatchObject({ tiles: 2, found: 2 });
  });

  it('reads what is added to a heavy page in pieces, not all at once', async () => {
    // 1,000 tiles make the first scan cost 100 ms of the test's clock: too dear to repeat with every change.
    addTiles(1000);
    const { scan, trial, settle } = scanner();
    scan.follow(own, life.signal);
    await settle();
    expect(trial.reads).toEqual([1000]);
    slices.length = 0;
    const box = document.createElement('div');
    addTiles(3100, 1000, box);
    document.body.append(box);
    await settle();
    expect(Math.max(...slices)).toBeLessThanOrEqual(150);
    expect(trial.reads.length).toBeGreaterThanOrEqual(4);
    expect(scan.collected).toHaveLength(4100);
    expect(scan.tally.tiles).toBe(4100);
  });

  it('reads a page whose whole takes long in many slices, to its end', async () => {
    addTiles(4000);
    const { scan, trial, settle } = scanner();
    scan.follow(own, life.signal);
    await settle();
    expect(trial.reads).toEqual([4000]);
    expect(slices.length).toBeGreaterThan(5);
    expect(Math.max(...slices)).toBeLessThanOrEqual(60);
    expect(scan.collected).toHaveLength(4000);
    expect(scan.tally).toMatchObject({ tiles: 4000, found: 4000 });
    expect(scan.tally.refused()).toEqual({});
  });

  it('reads no further once it is stopped', async () => {
    addTiles(4000);
    const { scan, settle } = scanner();
    scan.follow(own, life.signal);
    await settle();
    life.abort();
    scan.again();
    slices.length = 0;
    await settle();
    expect(slices.length).toBeLessThanOrEqual(1);
  });

  it('hears nothing of its own panel, and nothing after it was stopped', async () => {
    addTiles(1);
    const { scan, trial, settle } = scanner();
    scan.follow(own, life.signal);
    await settle();
    addTiles(5, 100, own);
    await settle();
    expect(trial.reads).toHaveLength(1);
    life.abort();
    addTiles(5, 200);
    scan.answer('https://s.test/more', 'https://full.test/z.jpg');
    await settle();
    expect(scan.collected).toHaveLength(1);
  });

  it('drops answers beyond its limit and answers without an address', async () => {
    const { scan, settle } = scanner();
    scan.follow(own, life.signal);
    scan.answer('nowhere', 'https://full.test/no.jpg');
    for (let i = 0; i < 500; i++) scan.answer('https://s.test/', `https://full.test/${i}.jpg`);
    await settle();
    expect(scan.collected.length).toBeLessThanOrEqual(100);
    expect(scan.collected.some(candidate => candidate.url.endsWith('no.jpg'))).toBe(false);
  });
});
