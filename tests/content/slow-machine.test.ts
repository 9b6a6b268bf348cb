// @vitest-environment jsdom
// However slow the machine, a page gives the same candidates and the same counts: what one slice leaves, the next ones read.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { engineFor, engines } from '../../src/engines';
import { IdleWork } from '../../src/entries/content/reading/idle-work';
import { PageScan } from '../../src/entries/content/reading/page-scan';

const FIXTURES = join(import.meta.dirname, '../fixtures/engines');
const SAVED = join(import.meta.dirname, '../../../shared/pages');
/** Milliseconds between two looks at the clock: a machine on which reading one tile takes as long. */
const SLOW = 90;

afterEach(() => vi.restoreAllMocks());

/** Reads a document as the collector does, on a machine whose clock moves on so far with each look at it. */
function collect(doc: Document, url: URL, engine: (typeof engines)[number], step: number) {
  let time = 0;
  vi.spyOn(performance, 'now').mockImplementation(() => {
    time += step;
    return time;
  });
  const idle: (() => void)[] = [];
  const fail = (error: unknown) => {
    throw error;
  };
  const work = new IdleWork(fail, run => idle.push(run));
  const scan = new PageScan(
    doc,
    engine,
    () => url,
    work,
    () => undefined,
  );
  const life = new AbortController();
  scan.follow(doc.createElement('div'), life.signal);
  let slices = 0;
  for (let run = idle.shift(); run; run = idle.shift()) {
    slices++;
    run();
  }
  life.abort();
  return { slices, found: { collected: scan.collected, tiles: scan.tally.tiles, refused: scan.tally.refused() } };
}

function alike(html: string, url: URL, engine: (typeof engines)[number]): number {
  const doc = new DOMParser().parseFromString(html, 'text/html');
  const fast = collect(doc, url, engine, 0);
  const slow = collect(doc, url, engine, SLOW);
  expect(slow.found).toEqual(fast.found);
  return slow.slices;
}

describe('a slow machine sees what a fast one sees', () => {
  const pages = engines.flatMap(engine => {
    const folder = join(FIXTURES, engine.id);
    return readdirSync(folder)
      .filter(name => name.endsWith('.html'))
      .map(name => [`${engine.id}/${name}`, engine, join(folder, name)] as const);
  });

  it.each(pages)('in %s', (_name, engine, file) => {
    const { page } = JSON.parse(readFileSync(file.replace('.html', '.expected.json'), 'utf8')) as { page: string };
    alike(readFileSync(file, 'utf8'), new URL(page), engine);
  });

  it('in a page of hundreds of tiles, whose records stand in one large script', () => {
    const url = new URL('https://www.google.com/search?q=x&udm=2');
    const ids = Array.from({ length: 300 }, (_, i) => `docid${i}`);
    const records = ids.map((id, i) => `"${id}",["https://t.gstatic.com/${i}",1,2],["https://x.example/${i}.jpg",3,4]`);
    const tiles = ids.map(id => `<i data-docid=${id} data-lpage=x></i>`).join('');
    const slices = alike(`${tiles}<script>x=[${records}]</script>`, url, engineFor(url));
    expect(slices).toBeGreaterThan(100);
  });
});

const saved = existsSync(join(SAVED, 'EXPECTED.tsv'))
  ? readFileSync(join(SAVED, 'EXPECTED.tsv'), 'utf8')
      .split('\n')
      .slice(1)
      .map(line => line.split('\t'))
      .filter(([file = '']) => file.endsWith('.html'))
  : [];
describe.skipIf(saved.length === 0)('a slow machine and the real saved pages (../shared/pages)', () => {
  it.each(saved.map(([file = '', id = '']) => [file, id] as const))('%s', (file, id) => {
    const engine = engines.find(each => each.id === id) ?? engineFor(new URL('about:blank'));
    alike(readFileSync(join(SAVED, file), 'utf8'), new URL('https://results.example/search?q=cat'), engine);
  });
});
