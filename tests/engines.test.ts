// One runner for every engine: own fixtures with expectations beside them, addresses, hostile documents, and, where the
// real saved pages are at hand, what each of them is known to hold.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Candidate, Found } from '../src/contract/candidate';
import { type Engine, engineFor, engines } from '../src/engines';
import { clean } from '../src/pipeline/harvest/clean';
import { isThumbnail } from '../src/pipeline/harvest/thumbnails';
import { openPage } from './engines/open-page';
import { describeSavedPages } from './engines/saved-pages';

const ENGINES = join(import.meta.dirname, '../src/engines');
const FIXTURES = join(import.meta.dirname, 'fixtures/engines');

interface Expected {
  page: string;
  request?: string;
  tiles: number;
  refused: Found['refused'];
  candidates: Candidate[];
}

interface Fixture {
  engine: Engine;
  file: string;
  expected: Expected;
}

const fixtures: Fixture[] = engines.flatMap(engine => {
  const folder = join(FIXTURES, engine.id);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter(name => /\.(?:html|answer\.txt)$/.test(name))
    .map(name => {
      const beside = join(folder, name.replace(/\.(?:html|answer\.txt)$/, '.expected.json'));
      return { engine, file: join(folder, name), expected: JSON.parse(readFileSync(beside, 'utf8')) as Expected };
    });
});

function read(fixture: Fixture): Found {
  const { engine, file, expected } = fixture;
  const page = new URL(expected.page);
  const text = readFileSync(file, 'utf8');
  if (expected.request === undefined) return engine.candidates(openPage(text, page), page);
  if (engine.records === undefined) throw new Error(`${engine.id} has an answer as fixture but no records().`);
  return engine.records(text, new URL(expected.request), page);
}

describe('the list of engines', () => {
  it('names every file of the folder', () => {
    const files = readdirSync(ENGINES)
      .filter(name => name.endsWith('.ts') && name !== 'index.ts' && name !== 'engine.ts')
      .map(name => name.replace(/\.ts$/, ''));
    expect(engines.map(engine => engine.id).sort(), 'Add the engine to src/engines/index.ts.').toEqual(files.sort());
  });

  it.each(engines.map(engine => engine.id))('%s has a fixture', id => {
    const of = fixtures.filter(fixture => fixture.engine.id === id);
    expect(of, `Fill tests/fixtures/engines/${id}/ with a page and its .expected.json.`).not.toEqual([]);
  });

  it.each(engines.filter(engine => engine.records).map(engine => engine.id))('%s has an answer as fixture', id => {
    const of = fixtures.filter(fixture => fixture.engine.id === id && fixture.expected.request !== undefined);
    expect(of, `Fill tests/fixtures/engines/${id}/ with an .answer.txt: the engine reads answers.`).not.toEqual([]);
  });
});

describe.each(fixtures.map(fixture => [fixture.file.slice(FIXTURES.length + 1), fixture] as const))(
  '%s',
  (_name, fixture) => {
    it('gives what it holds', () => {
      const found = clean(read(fixture), new Set());
      expect(found.candidates).toEqual(fixture.expected.candidates);
      expect({ tiles: found.tiles, refused: found.refused }).toEqual({
        tiles: fixture.expected.tiles,
        refused: fixture.expected.refused,
      });
      expect(found.candidates.filter(candidate => isThumbnail(new URL(candidate.url)))).toEqual([]);
    });

    it('stands at an address its engine knows', () => {
      expect(engineFor(new URL(fixture.expected.page)).id).toBe(fixture.engine.id);
    });

    it('survives being cut off anywhere', () => {
      const text = readFileSync(fixture.file, 'utf8');
      const page = new URL(fixture.expected.page);
      const known = new Set(clean(read(fixture), new Set()).candidates.map(candidate => candidate.url));
      const { engine, expected } = fixture;
      if (expected.request === undefined || engine.records === undefined) return;
      for (let end = 0; end < text.length; end += 7) {
        const found = clean(engine.records(text.slice(0, end), new URL(expected.request), page), new Set());
        for (const candidate of found.candidates) expect(known).toContain(candidate.url);
      }
    });
  },
);

describe('the address of a results page', () => {
  it.each([
    ['https://www.google.com/search?q=cat&udm=2', 'google'],
    ['https://www.google.co.nz/search?q=cat&tbm=isch', 'google'],
    ['https://www.google.cat/search?q=gat&udm=2', 'google'],
    ['https://images.google.com.br/search?q=gato&tbm=isch', 'google'],
    ['https://www.google.com/search?q=cat&udm=imgs', 'google'],
    ['https://www.google.com/search?q=cat', 'generic'],
    ['https://www.google.com/search?q=cat&udm=28', 'generic'],
    ['https://www.google.com/sorry/index?continue=https://www.google.com/search%3Fq%3Dcat%26udm%3D2', 'generic'],
    ['https://consent.google.com/m?continue=x&udm=2', 'generic'],
    ['https://www.google.example/search?q=cat&udm=2', 'generic'],
    ['https://google.com.evil.example/search?q=cat&udm=2', 'generic'],
    ['https://cn.bing.com/images/search?q=cat', 'bing'],
    ['https://www.bing.com/search?q=cat', 'generic'],
    ['https://noai.duckduckgo.com/?q=cat&iar=images', 'duckduckgo'],
    ['https://duckduckgo.com/?q=cat&ia=web', 'generic'],
    ['https://yandex.co.il/images/search?text=cat', 'yandex'],
    ['https://yandex.ru/images/touch/search?text=cat', 'yandex'],
    ['https://yandex.ru/search/?text=cat', 'generic'],
    ['https://yandex.com/showcaptcha?retpath=x', 'generic'],
    ['https://search.brave.com/search?q=cat', 'generic'],
    ['https://images.search.yahoo.com/search/images;_ylt=A?p=cat', 'yahoo'],
    ['https://image.baidu.com/search/index?word=cat', 'baidu'],
    ['https://www.baidu.com/s?wd=cat', 'generic'],
    ['https://www.startpage.com/sp/search?query=cat&cat=web', 'generic'],
    ['https://eu.startpage.com/do/search?query=cat&cat=images', 'startpage'],
    ['https://startpage.com.evil.example/do/search?query=cat&cat=images', 'generic'],
    ['https://www.startpage.com/sp/captcha', 'generic'],
    ['https://www.qwant.com/?q=cat&t=web', 'generic'],
    ['https://www.ecosia.org/search?q=cat', 'generic'],
    ['https://search.naver.com/search.naver?where=web&query=cat', 'generic'],
    ['https://www.flickr.com/photos/tags/cat', 'flickr'],
    ['https://www.flickr.com/photos/someone/1', 'generic'],
    ['https://commons.wikimedia.org/w/index.php?search=cat', 'wikimedia'],
    ['https://commons.wikimedia.org/wiki/Main_Page', 'generic'],
    ['https://unsplash.com/de/s/fotos/katze', 'unsplash'],
    ['https://www.pinterest.com.au/search/pins/?q=cat', 'pinterest'],
    ['https://www.pinterest.example/search/pins/?q=cat', 'generic'],
    ['https://openverse.org/ru/search/?q=cat', 'openverse'],
  ])('%s is %s', (address, id) => {
    expect(engineFor(new URL(address)).id).toBe(id);
  });

  it('is covered by the match patterns of its engine', () => {
    for (const { engine, expected } of fixtures) {
      if (engine.matches.length === 0) continue;
      const patterns = engine.matches.map(asRegExp);
      expect(
        patterns.some(pattern => pattern.test(expected.page)),
        `${engine.id} never starts on ${expected.page}`,
      ).toBe(true);
    }
  });
});

/** A match pattern as browsers read it: https://developer.mozilla.org/docs/Mozilla/Add-ons/WebExtensions/Match_patterns */
function asRegExp(pattern: string): RegExp {
  const [, host = '', path = ''] = /^\*:\/\/([^/]+)(\/.*)$/.exec(pattern) ?? [];
  const quoted = (text: string) => text.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '.*');
  const hosts = host.startsWith('*.') ? `(?:[^/]+\\.)?${quoted(host.slice(2))}` : quoted(host);
  return new RegExp(`^https?://${hosts}${quoted(path)}$`);
}

describe('a hostile document', () => {
  const page = new URL('https://www.google.com/search?q=x&udm=2');

  it.each(engines.map(engine => [engine.id, engine] as const))(
    '%s reads past named elements and throwing getters',
    (_id, engine) => {
      const own = fixtures.find(fixture => fixture.engine === engine && fixture.expected.request === undefined);
      if (own === undefined)
        throw new Error(`Put a page (.html) of ${engine.id} into tests/fixtures/engines/${engine.id}/.`);
      const clobber = [
        'querySelectorAll',
        'querySelector',
        'scripts',
        'images',
        'defaultView',
        'baseURI',
        'textContent',
        'getAttribute',
        'closest',
      ]
        .map(name => `<img name="${name}" width="1" height="1"><form name="${name}"><input name="${name}"></form>`)
        .join('');
      const url = new URL(own.expected.page);
      const document = openPage(readFileSync(own.file, 'utf8').replace('</body>', `${clobber}</body>`), url);
      for (const element of document.querySelectorAll.call(document, 'img, a, script, div')) {
        for (const name of ['textContent', 'src', 'href', 'dataset', 'getAttribute', 'closest']) {
          Object.defineProperty(element, name, {
            get() {
              throw new Error('trap');
            },
          });
        }
      }
      const found = clean(engine.candidates(document, url), new Set());
      expect(found.candidates.map(candidate => candidate.url)).toEqual(own.expected.candidates.map(each => each.url));
    },
  );

  it('offers 5,000 candidates at most', () => {
    const records = Array.from(
      { length: 5100 },
      (_, i) => `"docid${i}",["https://t.gstatic.com/${i}",1,2],["https://x.example/${i}",3,4]`,
    );
    const tiles = Array.from({ length: 5100 }, (_, i) => `<i data-docid=docid${i} data-lpage=x></i>`).join('');
    const found = engineFor(page).candidates(openPage(`${tiles}<script>x=[${records}]</script>`, page), page);
    expect(found.candidates).toHaveLength(5000);
    expect(found.tiles).toBe(5100);
    expect(found.refused['over-page-limit']).toBe(100);
  }, 60_000);

  it('is read in steps, so that whoever drives it may give the thread back between any two tiles', () => {
    const bingPage = new URL('https://www.bing.com/images/search?q=x');
    const tile = (i: number) => `<a class="iusc" m="{murl:'https://x.example/${i}.jpg'}"></a>`;
    const document = openPage(Array.from({ length: 100 }, (_, i) => tile(i)).join(''), bingPage);
    const steps = engineFor(bingPage).steps(document, bingPage);
    let paused = 0;
    let step = steps.next();
    for (; !step.done; step = steps.next()) paused++;
    expect(paused).toBeGreaterThanOrEqual(100);
    expect(step.value.candidates).toHaveLength(100);
    expect(step.value.refused).toEqual({});
  });

  it('takes no address over 8 KB and none that is no http(s) address', () => {
    const long = `https://x.example/${'a'.repeat(9000)}`;
    const tiles = [
      long,
      'javascript:alert(1)',
      'data:image/png;base64,AA',
      'blob:https://x.example/1',
      'file:///etc/passwd',
      'b',
      'https://',
    ]
      .map(murl => `<a class="iusc" m="${JSON.stringify({ murl }).replaceAll('"', '&quot;')}"></a>`)
      .join('');
    const bingPage = new URL('https://www.bing.com/images/search?q=x');
    const found = engineFor(bingPage).candidates(openPage(tiles, bingPage), bingPage);
    expect(found.candidates).toEqual([]);
    expect(found.refused).toEqual({ 'too-long': 1, 'not-http': 3, 'bad-address': 3 });
  });
});

describeSavedPages();
