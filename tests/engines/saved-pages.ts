// Holds every row of the list of real saved pages: how many full-size addresses each has, and some of them.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Candidate, Found } from '../../src/contract/candidate';
import { type Engine, engines } from '../../src/engines';
import { clean } from '../../src/pipeline/harvest/clean';
import { isThumbnail } from '../../src/pipeline/harvest/thumbnails';
import { openPage } from './open-page';

const PAGES = join(import.meta.dirname, '../../../shared/pages');
const LIST = join(PAGES, 'EXPECTED.tsv');

/** An image-results address of each engine, so that a page of another tab must be told by what it holds. */
const ADDRESSES: Record<string, string> = {
  google: 'https://www.google.com/search?q=cat&udm=2',
  bing: 'https://www.bing.com/images/search?q=cat',
  duckduckgo: 'https://duckduckgo.com/?q=cat&ia=images&iax=images',
  yandex: 'https://yandex.ru/images/search?text=cat',
  yahoo: 'https://in.images.search.yahoo.com/search/images?p=cat',
  baidu: 'https://image.baidu.com/search/index?word=cat',
  qwant: 'https://www.qwant.com/?q=cat&t=images',
  ecosia: 'https://www.ecosia.org/images?q=cat',
  flickr: 'https://www.flickr.com/search/?text=cat',
  wikimedia: 'https://commons.wikimedia.org/w/index.php?search=cat',
  pinterest: 'https://www.pinterest.com/search/pins/?q=cat',
  openverse: 'https://openverse.org/search/image?q=cat',
};

/** Pieces of pages that are no page by themselves, put where the engine would meet them. */
const SETTINGS: Record<string, (piece: string, engine: Engine, page: URL) => Found> = {
  'duckduckgo/frag_proxy_urls.json': proxied,
  'qwant/frag_proxy_urls.json': proxied,
  'yahoo/frag_view_urls_2025-05.json': (piece, engine, page) => {
    const links = JSON.parse(piece) as { href: string }[];
    return engine.candidates(openPage(links.map(link => `<a href="${quoted(link.href)}"></a>`).join(''), page), page);
  },
  'yandex/frag_img_href_2022.json': (piece, engine, page) => {
    const { detail_url, ...item } = JSON.parse(piece) as { detail_url: string };
    const tile = `<div data-bem="${quoted(JSON.stringify({ 'serp-item': item }))}"><a href="${quoted(detail_url)}"></a></div>`;
    return engine.candidates(openPage(tile, page), page);
  },
  'flickr/frag_searx_modelExport_2019.txt': (piece, engine, page) =>
    engine.candidates(openPage(`<script>${piece}</script>`, page), page),
};

function proxied(piece: string): Found {
  const candidates = (JSON.parse(piece) as { proxied: string }[]).map(({ proxied }) => ({ url: proxied }));
  return { candidates, tiles: candidates.length, refused: {} };
}

function quoted(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
}

function read(file: string, engine: Engine, page: URL): Found {
  const text = readFileSync(join(PAGES, file), 'utf8');
  const setting = SETTINGS[file];
  if (setting !== undefined) return setting(text, engine, page);
  if (file.endsWith('.html')) return engine.candidates(openPage(text, page), page);
  if (engine.records === undefined) throw new Error(`${file} is an answer, but ${engine.id} reads none.`);
  return engine.records(text, page, page);
}

export function describeSavedPages(): void {
  if (!existsSync(LIST)) {
    describe.skip('the real saved pages (../shared/pages is not here; the fixtures above are their twins)', () => {
      it('hold what is known of them', () => {});
    });
    return;
  }
  const rows = readFileSync(LIST, 'utf8')
    .split('\n')
    .slice(1)
    .filter(line => line.includes('\t'))
    .map(line => line.split('\t'));
  describe.each(rows.map(row => [row[0] ?? '', row[1] ?? '', row[4] ?? '', row[5] ?? ''] as const))(
    '%s',
    (file, id, expected, examples) => {
      const engine = engines.find(each => each.id === id);
      const address = ADDRESSES[id];
      if (engine === undefined || address === undefined) throw new Error(`Say in ADDRESSES where ${id} stands.`);
      const page = new URL(address);
      const candidates = clean(read(file, engine, page), new Set()).candidates;

      it(`holds ${expected}`, () => {
        const count = /^\d+/.exec(expected)?.[0];
        if (count === undefined) expect(candidates.length).toBeGreaterThan(0);
        else expect(candidates).toHaveLength(Number(count));
      });

      it('holds the examples, no thumbnails, and its sizes the right way round', () => {
        const urls = candidates.map(candidate => candidate.url);
        for (const example of examples.split(' | ').filter(isAddress))
          expect(urls.some(isLike(example)), example).toBe(true);
        expect(urls.filter(url => isThumbnail(new URL(url)))).toEqual([]);
        for (const [url, width, height] of sizesSaid(readFileSync(join(PAGES, file), 'utf8'))) {
          const candidate = candidates.find(each => each.url === url);
          if (candidate !== undefined) expect([candidate.width, candidate.height], url).toEqual([width, height]);
        }
        tileSizes(file).forEach(([width, height], i) => {
          expect([candidates[i]?.width, candidates[i]?.height], `tile ${i}`).toEqual([width, height]);
        });
      });
    },
  );
}

/** The column also holds words, such as "same as above". */
function isAddress(example: string): boolean {
  return /^(?:https?:\/\/|www\.)\S+\.\S+/.test(example);
}

/** An example may be cut short by "..." or stand without its scheme. */
function isLike(example: string): (url: string) => boolean {
  const [start = '', end] = example.replace(/\s.*$/, '').split('...');
  const absolute = start.startsWith('www.') ? `https://${start}` : start;
  return url => (end === undefined ? url === absolute : url.startsWith(absolute) && url.endsWith(end));
}

/** The sizes that the tiles of the page of 2020 carry as attributes; candidates come in the tiles' order. */
function tileSizes(file: string): [number, number][] {
  if (file !== 'google/cats_isch_server_2020-02.html') return [];
  const html = readFileSync(join(PAGES, file), 'utf8');
  return [...html.matchAll(/data-ow="(\d+)" data-oh="(\d+)"/g)].map(match => [Number(match[1]), Number(match[2])]);
}

/** What the page's own links say of sizes, in words that do not depend on an order: Google's w= and h=. */
function sizesSaid(html: string): [Candidate['url'], number, number][] {
  return [...html.matchAll(/\/imgres\?([^"'<>\s]+)/g)].flatMap(match => {
    const query = new URLSearchParams((match[1] ?? '').replaceAll('&amp;', '&'));
    const url = query.get('imgurl') ?? '';
    if (!URL.canParse(url) || !query.has('w')) return [];
    return [[new URL(url).href, Number(query.get('w')), Number(query.get('h'))] as [string, number, number]];
  });
}
