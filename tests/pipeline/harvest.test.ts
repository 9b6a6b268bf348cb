// The harvest room: proxies unwrapped to the end, thumbnails refused, nothing else refused, each address once, limits.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Found } from '../../src/contract/candidate';
import { clean } from '../../src/pipeline/harvest/clean';
import { queryOf } from '../../src/pipeline/harvest/query';
import { isThumbnail } from '../../src/pipeline/harvest/thumbnails';
import { unwrap } from '../../src/pipeline/harvest/unwrap';

const found = (...urls: string[]): Found => ({
  candidates: urls.map(url => ({ url })),
  tiles: urls.length,
  refused: {},
});
const cleaned = (...urls: string[]) => clean(found(...urls), new Set()).candidates.map(candidate => candidate.url);
const duckduckgo = (url: string) =>
  `https://external-content.duckduckgo.com/iu/?u=${encodeURIComponent(url)}&f=1&nofb=1`;
const qwant = (url: string) => `https://s2.qwant.com/thumbr/0x380/3/e/38/default.jpeg?u=${encodeURIComponent(url)}&q=0`;
const naver = (url: string) => `https://search.pstatic.net/common/?src=${encodeURIComponent(url)}&type=b150`;
const startpage = (url: string) => `https://www.startpage.com/av/proxy-image?piurl=${encodeURIComponent(url)}&sp=1`;
const baidu = (url: string) => `https://gimg2.baidu.com/image_search/src=${encodeURIComponent(url)}&refer=x&fmt=auto`;
const brave = (url: string) => {
  const base64 = Buffer.from(url).toString('base64url');
  return `https://imgs.search.brave.com/AB_c-9/rs:fit:500:0:1:0/g:ce/${base64.match(/.{1,16}/g)?.join('/')}`;
};
const PROXIES = { duckduckgo, qwant, naver, startpage, baidu, brave };

describe('a proxied address', () => {
  it.each(Object.entries(PROXIES))('of %s is unwrapped', (_name, wrap) => {
    expect(cleaned(wrap('https://photos.example/full picture.jpg?a=1&b=ü#part'))).toEqual([
      'https://photos.example/full%20picture.jpg?a=1&b=%C3%BC',
    ]);
  });

  it('is unwrapped as often as proxies are nested, and the innermost is judged', () => {
    const wraps = fc.array(fc.constantFrom(...Object.values(PROXIES)), { maxLength: 5 });
    const inner = fc.constantFrom(
      ['https://photos.example/a.jpg', true],
      ['https://tse1.mm.bing.net/th?id=OIP.1&pid=Api', false],
      ['https://encrypted-tbn0.gstatic.com/images?q=tbn:1', false],
    );
    fc.assert(
      fc.property(wraps, inner, (list, [address, good]) => {
        const wrapped = list.reduce((url, wrap) => wrap(url), String(address));
        expect(cleaned(wrapped)).toEqual(good ? [address] : []);
      }),
    );
  });

  it('without a scheme gets https', () => {
    expect(cleaned(naver('//photos.example/1'), duckduckgo('photos.example/2.jpg'))).toEqual([
      'https://photos.example/1',
      'https://photos.example/2.jpg',
    ]);
  });

  it('that holds no http address, or nests without end, is refused', () => {
    const endless = Array.from({ length: 20 }).reduce<string>(url => duckduckgo(url), 'https://photos.example/a.jpg');
    const result = clean(found(duckduckgo('javascript:alert(1)'), startpage(''), brave('data:x'), endless), new Set());
    expect(result.candidates).toEqual([]);
    expect(result.refused['thumbnail-host']).toBe(4);
  });

  it('is what the engine says it is: a parameter of that name elsewhere stays', () => {
    for (const url of [
      'https://photos.example/iu/?u=https%3A%2F%2Fother.example%2F',
      'https://photos.example/a?src=https%3A%2F%2Fb.example%2F',
    ])
      expect(unwrap(new URL(url)).href).toBe(url);
  });
});

describe('thumbnails', () => {
  it.each([
    'https://encrypted-tbn0.gstatic.com/images?q=tbn:ANd9&s',
    'https://encrypted-tbn3.gstatic.com/licensed-image?q=tbn:1',
    'http://t2.gstatic.com/images?q=tbn:1',
    'https://tse1.mm.bing.net/th?id=OIP.1',
    'https://tse1.mm.bing.net/th/id/OIP.1?pid=Api',
    'https://ts4.mm.bing.net/th?id=OIP.1',
    'https://th.bing.com/th/id/OIP.1?w=1',
    'https://www.bing.com/th?id=OIP.1',
    'https://tse1.explicit.bing.net/th?id=OIP.1',
    'https://tse1-mm.cn.bing.net/th/id/OIP-C.1',
    'https://avatars.mds.yandex.net/i?id=1&n=13',
    'https://im0-tub-ru.yandex.net/i?id=1',
    'https://s1.qwant.com/thumbr/474x474/3/d/x/th.jpg',
    'https://img0.baidu.com/it/u=1,2&fm=253',
    'https://search.pstatic.net/common/?src=&type=b150',
    'https://i.pinimg.com/75x75_RS/ab/cd/ef/0.jpg',
    'https://imgs.search.brave.com/abc/rs:fit:500:0:1:0/g:ce/bm90aHR0cA',
    'https://api.openverse.org/v1/images/0/thumb/',
  ])('%s is one', url => {
    expect(isThumbnail(new URL(url))).toBe(true);
    expect(clean(found(url), new Set())).toMatchObject({ candidates: [], refused: { 'thumbnail-host': 1 } });
  });

  it.each([
    'https://upload.wikimedia.org/wikipedia/commons/thumb/8/84/South_plate.svg/2000px-South_plate.svg.png',
    'https://static.vecteezy.example/system/resources/thumbnails/001/large.jpg',
    'https://preview.photos.example/ali/x.png!qt1024_2',
    'https://photos.example/no-extension',
    'https://photos.example/image.php?id=1',
    'https://i.pinimg.com/originals/ab/cd/ef/0.jpg',
    'https://i.pinimg.com/736x/ab/cd/ef/0.jpg',
    'https://www.bing.com.photos.example/th?id=1',
    'https://gstatic.com.photos.example/images?q=tbn:1',
    'https://tbn.photos.example/images?q=tbn:1',
  ])('%s is none', url => {
    expect(cleaned(url)).toEqual([url]);
  });
});

describe('clean', () => {
  it('gives each address once, over all calls that share `seen`, and does not count known ones as refused', () => {
    const seen = new Set<string>();
    expect(
      clean(found('https://A.example/1#x', 'https://a.example/1', 'https://a.example:443/1'), seen).candidates,
    ).toHaveLength(1);
    expect(clean(found('https://a.example/1', 'https://a.example/2'), seen)).toEqual({
      candidates: [{ url: 'https://a.example/2' }],
      tiles: 2,
      refused: {},
    });
  });

  it('refuses with the reason', () => {
    const result = clean(
      found(
        'data:image/png;base64,AA',
        'blob:https://a.example/1',
        'ftp://a.example/',
        'nothing',
        `https://a.example/${'a'.repeat(8200)}`,
        'https://user:word@a.example/',
      ),
      new Set(),
    );
    expect(result).toEqual({ candidates: [], tiles: 6, refused: { 'not-http': 3, 'bad-address': 2, 'too-long': 1 } });
  });

  it('offers 5,000 of a page at most, and counts the rest', () => {
    const seen = new Set<string>();
    const many = (from: number) => found(...Array.from({ length: 3000 }, (_, i) => `https://a.example/${from + i}`));
    clean(many(0), seen);
    expect(clean(many(3000), seen)).toMatchObject({ refused: { 'over-page-limit': 1000 } });
    expect(seen.size).toBe(5000);
  });

  it('keeps what the engine said beside the address, and its own refusals, and leaves the input as it was', () => {
    const input: Found = {
      candidates: [
        { url: duckduckgo('https://a.example/1'), width: 3, height: 4, title: 't', sourcePage: 'https://a.example/' },
      ],
      tiles: 9,
      refused: { 'no-full-size': 2, 'thumbnail-host': 1 },
    };
    const before = structuredClone(input);
    expect(clean(input, new Set())).toEqual({
      candidates: [{ url: 'https://a.example/1', width: 3, height: 4, title: 't', sourcePage: 'https://a.example/' }],
      tiles: 9,
      refused: { 'no-full-size': 2, 'thumbnail-host': 1 },
    });
    expect(input).toEqual(before);
  });

  it('never throws, and gives http(s) addresses only', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.string(),
            fc.webUrl(),
            fc.webPath().map(path => duckduckgo(`https://a.example${path}`)),
            fc.string().map(brave),
            fc.string().map(baidu),
          ),
        ),
        urls => {
          for (const url of cleaned(...urls)) expect(new URL(url).protocol).toMatch(/^https?:$/);
        },
      ),
    );
  }, 30_000);
});

describe('the query of an address', () => {
  it.each([
    ['https://www.google.com/search?q=sea+otter&udm=2', 'sea otter'],
    ['https://images.search.yahoo.com/search/images?p=hot%20weather', 'hot weather'],
    ['https://image.baidu.com/search/index?tn=baiduimage&word=%E7%8C%AB', '猫'],
    ['https://yandex.ru/images/search?text=%D0%BB%D0%B5%D1%81', 'лес'],
    ['https://search.naver.com/search.naver?where=image&query=%ED%98%B8', '호'],
    ['https://commons.wikimedia.org/w/index.php?search=Lynx+lynx&title=Special:MediaSearch', 'Lynx lynx'],
    ['https://commons.wikimedia.org/wiki/Category:Lynx_lynx', 'Lynx lynx'],
    ['https://unsplash.com/s/photos/red-fox', 'red fox'],
    ['https://unsplash.com/de/s/fotos/rotfuchs', 'rotfuchs'],
    ['https://www.flickr.com/photos/tags/heron', 'heron'],
    ['https://www.startpage.com/sp/search', ''],
    ['https://photos.example/a/b', ''],
  ])('%s is "%s"', (address, query) => {
    expect(queryOf(new URL(address))).toBe(query);
  });

  it('is tidied and cut to the length a name may have', () => {
    expect(queryOf(new URL(`https://a.example/?q=${encodeURIComponent(` a\n\t b ${'c'.repeat(300)}`)}`))).toBe(
      `a b ${'c'.repeat(296)}`,
    );
  });
});
