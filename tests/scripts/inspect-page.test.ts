// A saved page inspected without a browser: what the collector would take, in bounded time; random pages with a known truth.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inspectPage } from '../../scripts/inspect/page';

const PAGE = 'https://www.shop.test/list/';
const inspect = (html: string, address = PAGE) => inspectPage(`<!doctype html><meta charset=utf-8>${html}`, address);
const first = (html: string) => inspect(html).candidates[0];

fc.configureGlobal({ ...fc.readConfigureGlobal(), numRuns: 25 });

describe("an attribute's value", () => {
  const other = fc.oneof(
    fc.constantFrom(
      ...[
        'true',
        'false',
        '',
        '0',
        '2',
        '48213',
        '1200x800',
        'undefined',
        'null',
        '[object Object]',
        '#fff',
        'red',
        '16/9',
      ],
      ...[
        'rgba(0, 0, 0, .5)',
        'rgb(1,2,3)',
        '{"src":"/other.jpg"}',
        '[{"url":"https://a.test/1.jpg"}]',
        'center/cover',
      ],
      ...[
        'image/jpeg',
        'lazy',
        'fade-in',
        '0.5',
        '1.5',
        'v1.2',
        '2024/05/01',
        'and/or',
        'auto',
        '100%',
        'none',
        'javascript:void(0)',
      ],
      ...['data:image/gif;base64,R0lGOD', 'about:blank', '#', '?', 'cat', 'com.example.lazy', 'a b', '.5s', 'url(#x)'],
    ),
    fc.stringMatching(/^[a-z]{1,12}$/),
    fc.integer().map(String),
    fc.json(),
  );
  const name = fc.constantFrom(
    ...['data-lazy', 'data-zoom', 'data-image', 'data-original', 'data-src', 'data-full', 'data-large', 'data-hires'],
    ...[
      'data-orig-file',
      'data-zoom-image',
      'data-large_image',
      'data-srcset',
      'data-lazy-src',
      'data-echo',
      'data-master',
    ],
  );

  it('that is a flag, a number, a colour or JSON is no address: what is shown is', () => {
    fc.assert(
      // Many images in one page: opening it takes longer than reading it.
      fc.property(
        fc.array(fc.array(fc.tuple(name, other), { minLength: 1, maxLength: 4 }), { maxLength: 40 }),
        images => {
          const html = images.map((attributes, n) => {
            const written = attributes.map(([key, value]) => `${key}="${value.replaceAll('"', '&quot;')}"`).join(' ');
            return `<img width=400 height=300 src="/img/bear${n}.jpg" ${written}>`;
          });
          const { candidates } = inspect(html.join(''));
          expect(candidates.map(({ url }) => url)).toEqual(
            images.map((_, n) => `https://www.shop.test/img/bear${n}.jpg`),
          );
        },
      ),
      { numRuns: 30 },
    );
  }, 60_000);

  it('that is an address is found under any name that says it is larger, before what is shown', () => {
    const large = fc.tuple(
      fc.constantFrom(
        'data-full',
        'data-full-url',
        'data-orig-file',
        'data-large_image',
        'data-zoom-image',
        'data-hi-res-src',
        'data-old-hires',
        'data-pswp-src',
        'data-original',
        'data-max-src',
      ),
      fc.constantFrom(
        'https://cdn.test/x/BEAR.jpg',
        '//cdn.test/x/BEAR.jpg',
        '/x/BEAR.jpg',
        'x/BEAR.webp',
        '../BEAR.png?v=2',
        './BEAR',
        '/media/1',
        'image.php?id=7',
      ),
    );
    fc.assert(
      fc.property(large, fc.boolean(), ([key, value], boxed) => {
        const attribute = `${key}="${value}"`;
        const image = `<img width=300 height=200 src="/s/bear.jpg" ${boxed ? '' : attribute}>`;
        const { candidates } = inspect(boxed ? `<ul><li ${attribute}><a href="">${image}</a></li></ul>` : image);
        expect(candidates).toEqual([
          { url: new URL(value, PAGE).href, alternatives: ['https://www.shop.test/s/bear.jpg'] },
        ]);
      }),
    );
  }, 60_000);
});

describe('what is shown', () => {
  it('outranks a lazy attribute left over from another picture, and is outranked by its own larger copy', () => {
    expect(first('<img width=400 height=300 src="/now.jpg" data-src="/before.jpg">')?.url).toBe(
      'https://www.shop.test/now.jpg',
    );
    expect(first('<img width=400 height=300 src="/s/bear.jpg" data-src="/l/bear.jpg">')?.url).toBe(
      'https://www.shop.test/l/bear.jpg',
    );
    expect(first('<img width=400 height=300 src="/1-thumb.jpg" data-src="/1-1600.jpg">')?.url).toBe(
      'https://www.shop.test/1-1600.jpg',
    );
  });

  it.each(['data:image/gif;base64,R0lGOD', '/img/placeholder.png', '/blank.gif', '/spacer.png', '/loading.svg'])(
    'gives way to what the lazy loader is to show when it is %s',
    src => {
      expect(first(`<img width=400 height=300 src="${src}" data-src="/bear.jpg">`)?.url).toBe(
        'https://www.shop.test/bear.jpg',
      );
      expect(first(`<img width=400 height=300 src="${src}" data-src="photos/bear">`)?.url).toBe(
        'https://www.shop.test/list/photos/bear',
      );
    },
  );

  it('stands in for all where it is shown again and again', () => {
    const { candidates } = inspect(
      [1, 2, 3].map(n => `<img width=400 height=300 src="/wait.jpg" data-src="/p/${n}x.jpg">`).join(''),
    );
    expect(candidates.map(({ url }) => url)).toEqual([1, 2, 3].map(n => `https://www.shop.test/p/${n}x.jpg`));
  });
});

describe('the sources of a picture', () => {
  /** Widths of sources for phones and for wide screens, in the order a page may write them. */
  const widths = fc.uniqueArray(fc.integer({ min: 100, max: 4000 }), { minLength: 2, maxLength: 6 });

  it('give the largest, in whatever order they stand and however they say their widths', () => {
    const way = fc.constantFrom('w', 'name', 'query', 'folder', 'density');
    fc.assert(
      fc.property(widths, way, fc.boolean(), (sizes, said, inImage) => {
        const address = (size: number) => {
          if (said === 'name') return `/c_${size}.jpg`;
          if (said === 'query') return `/c.jpg?w=${size}`;
          return said === 'folder'
            ? `/${size}x${size}/c.jpg`
            : `/c-${String.fromCharCode(97 + (size % 26))}${size}z.jpg`;
        };
        const descriptor = (size: number) => (said === 'w' ? ` ${size}w` : said === 'density' ? ` ${size / 100}x` : '');
        const srcset = sizes.map(size => `${address(size)}${descriptor(size)}`).join(', ');
        const html = inImage
          ? `<picture><source srcset="${srcset}"><img src="${address(sizes[0] ?? 0)}" width=600 height=400></picture>`
          : `<img srcset="${srcset}" src="${address(sizes[0] ?? 0)}" width=600 height=400>`;
        expect(first(html)?.url).toBe(`https://www.shop.test${address(Math.max(...sizes))}`);
      }),
    );
  }, 60_000);

  it('are never those for phones while the picture shows a larger one', () => {
    fc.assert(
      fc.property(widths, fc.boolean(), fc.constantFrom('px', 'em'), (sizes, wide, unit) => {
        const media = (size: number) => `(max-width: ${unit === 'em' ? `${size / 16}em` : `${size}px`})`;
        const phones = sizes
          .map((size, n) => `<source media="${media(size)}" srcset="/phone/${'abcdef'[n]}.jpg">`)
          .join('');
        const desktop = wide ? '<source media="(min-width: 801px)" srcset="/wide.jpg">' : '';
        const html = `<picture>${phones}${desktop}<img src="/shown.jpg" width=1200 height=800></picture>`;
        expect(first(html)?.url).toBe(`https://www.shop.test/${wide ? 'wide' : 'shown'}.jpg`);
      }),
    );
  }, 60_000);
});

describe('a link around a picture', () => {
  it('that ends as an image may be a page, so what is shown is the next to be tried', () => {
    expect(
      first(
        '<a href="https://host.test/abc/bear.jpg"><img width=500 height=375 src="https://i.host.test/abc_m.jpg"></a>',
      ),
    ).toEqual({
      url: 'https://host.test/abc/bear.jpg',
      alternatives: ['https://i.host.test/abc_m.jpg'],
    });
  });

  it.each([
    '/wiki/File:Bear.jpg',
    '/wiki/Datei:B%C3%A4r.jpg',
    '/wiki/File%3ABear.jpg',
    '/w/index.php/File:Bear.jpg',
    '/Fichier:Ours.jpg',
  ])('%s is a page about the picture', href => {
    expect(first(`<a href="${href}"><img width=500 height=375 src="/bear.png"></a>`)).toEqual({
      url: 'https://www.shop.test/bear.png',
      alternatives: [],
    });
  });
});

describe('an inspected page', () => {
  it('says who reads it, its tiles and what was refused', () => {
    expect(
      inspect(
        '<a class="iusc" m="{&quot;murl&quot;:&quot;https://a.test/1.jpg&quot;}"></a><a m="{}"></a>',
        'https://www.bing.com/images/search?q=x',
      ),
    ).toEqual({
      kind: 'page',
      engine: 'bing',
      candidates: [{ url: 'https://a.test/1.jpg', alternatives: [] }],
      tiles: 2,
      refused: { 'no-full-size': 1 },
    });
  });

  it('of many tiles and heavy styles is read in bounded time', () => {
    const styles = `<style>${Array.from({ length: 1500 }, (_, i) => `.c${i} .d > p:nth-child(${i}) { color: red }`).join('\n')}</style>`;
    const tiles = Array.from(
      { length: 2000 },
      (_, i) => `<div class="c${i}"><a href="/p/${i}"><img src="/i/${i}.jpg" width=200 height=200></a></div>`,
    );
    const start = performance.now();
    expect(inspect(styles + tiles.join('')).candidates).toHaveLength(2000);
    expect(performance.now() - start).toBeLessThan(50_000);
  }, 60_000);
});
