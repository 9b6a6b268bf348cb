// The table of sites' sizes: each form with its larger ones, the small one last; nobody else's addresses are touched.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_ALTERNATIVES } from '../../../src/contract/candidate';
import { addressesOf } from '../../../src/pipeline/harvest/addresses';
import { clean } from '../../../src/pipeline/harvest/clean';
import { largerSizes } from '../../../src/pipeline/harvest/larger-sizes';

const hash = fc.stringMatching(/^[0-9a-f]{32}$/);
const word = fc.stringMatching(/^[a-zA-Z][a-zA-Z0-9]{2,14}$/);
const size = fc.integer({ min: 20, max: 1100 });
const ending = fc.constantFrom('jpg', 'jpeg', 'png', 'webp');

/** Of each site: a small address and its largest, made of any names and sizes. */
const FORMS: Record<string, fc.Arbitrary<[small: string, largest: string]>> = {
  pinterest: fc.tuple(hash, fc.constantFrom(136, 170, 236, 474, 564)).map(([name, width]) => {
    const rest = `${name.slice(0, 2)}/${name.slice(2, 4)}/${name.slice(4, 6)}/${name}.jpg`;
    return [`https://i.pinimg.com/${width}x/${rest}`, `https://i.pinimg.com/originals/${rest}`];
  }),
  yandex: fc.tuple(word, fc.constantFrom('s480', 'S168x252', '300x450', 'scale_600', 'x480')).map(([name, alias]) => {
    const start = `https://avatars.mds.yandex.net/get-pdb/12345/${name}/`;
    return [start + alias, `${start}orig`];
  }),
  mediawiki: fc
    .tuple(word, size, ending, fc.constantFrom('upload.wikimedia.org/wikipedia/commons', 'wiki.example/images'))
    .map(([name, width, type, site]) => [
      `https://${site}/thumb/a/ab/${name}.${type}/${width}px-${name}.${type}`,
      `https://${site}/a/ab/${name}.${type}`,
    ]),
  drawing: fc
    .tuple(word, fc.integer({ min: 20, max: 900 }))
    .map(([name, width]) => [
      `https://upload.wikimedia.org/wikipedia/commons/thumb/a/ab/${name}.svg/${width}px-${name}.svg.png`,
      `https://upload.wikimedia.org/wikipedia/commons/thumb/a/ab/${name}.svg/960px-${name}.svg.png`,
    ]),
  fandom: fc
    .tuple(
      word,
      size,
      fc.constantFrom('scale-to-width-down', 'top-crop/width/100/height', 'smart/width', 'zoom-crop/width'),
    )
    .map(([name, width, mode]) => {
      const start = `https://static.wikia.nocookie.net/bears/images/a/ab/${name}.png/revision/latest`;
      return [`${start}/${mode}/${width}?cb=2024`, `${start}?cb=2024`];
    }),
  amazon: fc
    .tuple(word, size, fc.constantFrom('AC_US', 'AC_SX', 'SY', 'AC_UL', 'SL'))
    .map(([name, width, asked]) => [
      `https://m.media-amazon.com/images/I/71${name}L._${asked}${width}_.jpg`,
      `https://m.media-amazon.com/images/I/71${name}L.jpg`,
    ]),
  wordpress: fc
    .tuple(word, size, size, ending)
    .map(([name, width, height, type]) => [
      `https://blog.example/wp-content/uploads/2024/05/${name}-${width}x${height}.${type}`,
      `https://blog.example/wp-content/uploads/2024/05/${name}.${type}`,
    ]),
  jetpack: fc
    .tuple(word, size, size)
    .map(([name, width, height]) => [
      `https://i0.wp.com/blog.example/${name}.jpg?resize=${width}%2C${height}&ssl=1`,
      `https://i0.wp.com/blog.example/${name}.jpg?ssl=1`,
    ]),
  shopify: fc
    .tuple(word, size, size, fc.constantFrom('', '_crop_center', '@2x'))
    .map(([name, width, height, more]) => [
      `https://cdn.shopify.com/s/files/1/2/3/products/${name}_${width}x${height}${more}.jpg?v=1`,
      `https://cdn.shopify.com/s/files/1/2/3/products/${name}.jpg?v=1`,
    ]),
  shop: fc
    .tuple(word, size)
    .map(([name, width]) => [
      `https://bears.example/cdn/shop/files/${name}.jpg?v=1&width=${width}`,
      `https://bears.example/cdn/shop/files/${name}.jpg?v=1`,
    ]),
  cloudinary: fc
    .tuple(word, size, fc.constantFrom('c_fill,w_#', 'w_#,q_auto/f_auto', 'h_#', 't_thumb'))
    .map(([name, width, asked]) => [
      `https://res.cloudinary.com/demo/image/upload/${asked.replace('#', `${width}`)}/v1234/${name}.jpg`,
      `https://res.cloudinary.com/demo/image/upload/v1234/${name}.jpg`,
    ]),
  reddit: fc
    .tuple(fc.stringMatching(/^[a-z0-9]{13}$/), size, fc.constantFrom('', 'look-at-my-bear-v0-'))
    .map(([id, width, title]) => [
      `https://preview.redd.it/${title}${id}.jpg?width=${width}&crop=smart&auto=webp&s=${'0a'.repeat(20)}`,
      `https://i.redd.it/${id}.jpg`,
    ]),
  twitter: fc
    .tuple(
      fc.stringMatching(/^[A-Za-z0-9_-]{15}$/),
      fc.constantFrom('small', 'thumb', 'medium', '360x360'),
      fc.boolean(),
    )
    .map(([id, name, old]) => [
      `https://pbs.twimg.com/media/${id}${old ? `.jpg:${name.replace('360x360', 'small')}` : `?format=jpg&name=${name}`}`,
      `https://pbs.twimg.com/media/${id}?format=jpg&name=orig`,
    ]),
  next: fc
    .tuple(word, size, fc.constantFrom('/photos/', 'https://cms.bears.example/files/'))
    .map(([name, width, start]) => [
      `https://bears.example/_next/image?url=${encodeURIComponent(`${start}${name}.jpg`)}&w=${width}&q=75`,
      new URL(`${start}${name}.jpg`, 'https://bears.example').href,
    ]),
  blogger: fc
    .tuple(word, fc.constantFrom('s320', 's72-c', 'w640-h480', 's1600-h', 'w400-h300-p-k-no-nu'))
    .map(([name, asked]) => [
      `https://1.bp.blogspot.com/-x/AAA/BBB/CCC/${asked}/${name}.JPG`,
      `https://1.bp.blogspot.com/-x/AAA/BBB/CCC/s1600/${name}.JPG`,
    ]),
};

describe.each(Object.entries(FORMS))('an address of %s', (_site, form) => {
  it('is raised to the largest, keeps itself as the last, and is raised no further', () => {
    fc.assert(
      fc.property(form, ([small, largest]) => {
        const { candidates } = clean({ candidates: [{ url: small }], tiles: 1, refused: {} }, new Set());
        const all = [candidates[0]?.url, ...(candidates[0]?.alternatives ?? [])];
        expect(all[0]).toBe(largest);
        expect(all.at(-1)).toBe(new URL(small).href);
        expect(new Set(all).size).toBe(all.length);
        expect(largerSizes(new URL(largest))).toEqual([]);
      }),
    );
  });

  it('of another host that only sounds like it, or one an engine knows to be large, is left as it is', () => {
    fc.assert(
      fc.property(form, ([small]) => {
        const large = clean(
          { candidates: [{ url: small, width: 900, height: 700 }], tiles: 1, refused: {} },
          new Set(),
        );
        expect(large.candidates[0]).toEqual({ url: new URL(small).href, width: 900, height: 700 });
        const elsewhere = new URL(small);
        elsewhere.hostname = `${elsewhere.hostname}.evil.example`;
        elsewhere.pathname = elsewhere.pathname.replaceAll(/\/(?:thumb|cdn\/shop|wp-content\/uploads|_next)\//g, '/x/');
        expect(largerSizes(elsewhere)).toEqual([]);
      }),
    );
  });
});

describe('a large address', () => {
  it.each([
    'https://upload.wikimedia.org/wikipedia/commons/thumb/8/84/South_plate.svg/2000px-South_plate.svg.png',
    'https://m.media-amazon.com/images/I/71abc._AC_SL1500_.jpg',
    'https://i.pinimg.com/736x/ab/cd/ef/abcdef0123456789abcdef0123456789.jpg',
    'https://pbs.twimg.com/media/Fabc?format=jpg&name=large',
    'https://blog.example/wp-content/uploads/bear-1600x1200.jpg',
    'https://blog.example/wp-content/uploads/bear.jpg?20190103112626',
    'https://static.wikia.nocookie.net/bears/images/a/ab/B.png/revision/latest?cb=1',
    'https://res.cloudinary.com/demo/image/upload/my_bears/bear.jpg',
    'https://res.cloudinary.com/demo/image/upload/s--abc--/w_300/bear.jpg',
    'https://res.cloudinary.com/demo/image/upload/q_auto/v1/bear.jpg',
    'https://live.staticflickr.com/1/2_3_m.jpg',
    'https://avatars.mds.yandex.net/i?id=1&n=13',
  ])('%s stays', address => {
    expect(largerSizes(new URL(address))).toEqual([]);
  });
});

describe('the addresses of an image', () => {
  it('are usable ones, each once, within their bounds, and stay the same when asked for again', () => {
    const address = fc.oneof(
      fc.webUrl(),
      fc.string(),
      ...Object.values(FORMS).map(form => form.map(([small]) => small)),
    );
    fc.assert(
      fc.property(fc.array(address, { maxLength: 12 }), fc.boolean(), (named, raise) => {
        const found = addressesOf(named, raise);
        if ('refusal' in found) return;
        const all = [found.url, ...(found.alternatives ?? [])];
        expect(all.length).toBeLessThanOrEqual(1 + MAX_ALTERNATIVES);
        expect(new Set(all).size).toBe(all.length);
        for (const each of all) expect(new URL(each).protocol).toMatch(/^https?:$/);
        expect(addressesOf(all, false)).toEqual(found);
      }),
      { numRuns: 500 },
    );
  });
});
