// The page for people: both languages say the same, nothing comes from elsewhere, and every file it names is there.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { JSDOM } from 'jsdom';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildSite, SITE_PAGES } from '../../scripts/site/build-site';
import { ROOT } from '../sources';

let out: string;
beforeAll(async () => {
  out = mkdtempSync(join(tmpdir(), 'gleaner-site-'));
  await buildSite(out);
});
afterAll(() => rmSync(out, { recursive: true }));

const read = new Map<string, Document>();
function built(page: string): Document {
  const document = read.get(page) ?? new JSDOM(readFileSync(join(out, page), 'utf8')).window.document;
  read.set(page, document);
  return document;
}

describe.each(SITE_PAGES)('%s', page => {
  it('needs nothing from elsewhere and no script', () => {
    const document = built(page);
    expect(document.querySelectorAll('script, style, iframe, [style]').length).toBe(0);
    const named = [...document.querySelectorAll('[src], link[href]')].map(
      element => element.getAttribute('src') ?? element.getAttribute('href') ?? '',
    );
    expect(named.length).toBeGreaterThan(2);
    for (const address of named) {
      expect(address).not.toMatch(/^(?:\w+:|\/)/);
      expect(existsSync(join(out, dirname(page), address)), address).toBe(true);
    }
  });

  it('leads only to pages and places that are there', () => {
    for (const link of built(page).querySelectorAll('a[href]')) {
      const [file = '', place] = (link.getAttribute('href') ?? '').split('#');
      const target = file === '' ? page : join(dirname(page), file);
      expect(existsSync(join(out, target)), target).toBe(true);
      if (place !== undefined) expect(built(target).getElementById(place), `#${place}`).not.toBeNull();
    }
  });

  it('is refused nothing by its own policy, and says each image in words', () => {
    const document = built(page);
    const policy = document.querySelector('meta[http-equiv]')?.getAttribute('content');
    expect(policy).toBe("default-src 'none'; style-src 'self'; img-src 'self'");
    for (const image of document.images) expect(image.hasAttribute('alt')).toBe(true);
  });
});

it('is the same page in both languages', () => {
  const shape = (page: string) =>
    [...built(page).querySelectorAll('main *')].map(({ tagName, id }) => `${tagName} ${id}`);
  for (const page of ['index.html', 'privacy.html']) expect(shape(`de/${page}`)).toEqual(shape(page));
  expect(built('index.html').documentElement.lang).toBe('en');
  expect(built('de/index.html').documentElement.lang).toBe('de');
});

it('names no class that the extension’s own style has another meaning for', () => {
  const styles = ['base.css', 'tables.css'].map(name =>
    readFileSync(join(ROOT, 'src/entries/parts/style', name), 'utf8'),
  );
  const own = new Set(styles.flatMap(style => [...style.matchAll(/\.([a-z][\w-]*)/g)].map(([, name]) => name)));
  expect(own.size).toBeGreaterThan(5);
  const named = SITE_PAGES.flatMap(page => [...built(page).querySelectorAll('[class]')]).flatMap(one => [
    ...one.classList,
  ]);
  expect([...new Set(named)].filter(name => own.has(name))).toEqual([]);
});

it('shows the privacy text the stores get', () => {
  const text = readFileSync(join(ROOT, 'store/de/privacy.md'), 'utf8');
  const [, title] = /^# (.+)$/m.exec(text) ?? [];
  expect(built('de/privacy.html').querySelector('h1')?.textContent).toBe(title);
});
