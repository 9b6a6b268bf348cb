// @vitest-environment jsdom
// One image that was clicked: its full size is found by its tile, by its thumbnail, in the page or in an answer, or not.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { engineFor } from '../../src/engines';
import { clickedImage } from '../../src/entries/content/reading/clicked-image';

const FIXTURES = join(import.meta.dirname, '../fixtures/engines');
const read = (name: string) => readFileSync(join(FIXTURES, name), 'utf8');
const PIXEL = (n: number) => `data:image/gif;base64,R0lGODlhAQABAAAAACw${n}`;

function clicked(html: string, address: string, index: number, bodies: string[] = []) {
  const doc = new DOMParser().parseFromString(html, 'text/html');
  const url = new URL(address);
  const images = [...doc.querySelectorAll('img')];
  // Each gets a thumbnail of its own where the fixture gives all the same.
  images.forEach((image, i) => {
    if (image.src.startsWith('data:')) image.src = PIXEL(i);
  });
  const answers = bodies.map(body => ({ url: address, page: address, body }));
  const found = clickedImage(doc, url, engineFor(url), images[index]?.src ?? '', answers);
  return { url: found.candidates[0]?.url, refused: found.refused };
}

describe('a clicked picture', () => {
  const google = 'https://www.google.com/search?q=otter&udm=2';
  const page = read('google/page-2024.html');

  it('of Google is known by its tile, in the page', () => {
    expect(clicked(page, google, 0).url).toBe('https://otters.example/pictures/sea.jpg?w=1200&v=2');
    expect(clicked(page, google, 2).url).toBe('https://img.example/no-extension/77');
  });

  it('of Google is known by its tile, in the newest answer that has it', () => {
    expect(clicked(page, google, 4).url).toBeUndefined();
    const record = (file: string) =>
      `["EEEEdocid0005M",["https://encrypted-tbn0.gstatic.com/images?q=tbn:e",9,9],["https://late.example/${file}",3,4]]`;
    expect(clicked(page, google, 4, [record('old.jpg'), record('new.jpg'), 'other']).url).toBe(
      'https://late.example/new.jpg',
    );
  });

  it('of DuckDuckGo is known by the thumbnail that its proxy hides', () => {
    const proxied =
      'https://external-content.duckduckgo.com/iu/?u=https%3A%2F%2Ftse1.mm.bing.net%2Fth%3Fid%3DOIP.xyz&f=1';
    const html = `<div data-testid="zci-images"><figure><img src="${proxied}&ipt=1"></figure></div>`;
    const row = (id: string, n: number) => ({
      image: `https://full.example/${n}.jpg`,
      thumbnail: `https://tse1.mm.bing.net/th?id=OIP.${id}`,
      url: 'https://page.example/',
      width: 9,
      height: 9,
    });
    const answer = JSON.stringify({ results: [row('abc', 1), row('xyz', 2)] });
    const address = 'https://duckduckgo.com/?q=cats&iax=images';
    expect(clicked(html, address, 0, [answer]).url).toBe('https://full.example/2.jpg');
    // Without the answer nothing but the thumbnail is known, and that is refused.
    expect(clicked(html, address, 0)).toEqual({ url: undefined, refused: { 'thumbnail-host': 1 } });
  });

  it('of an ordinary page is taken as it is, or as large as the page offers it', () => {
    const html =
      '<base href="https://blog.test/"><img src="https://blog.test/a.jpg"><a href="/b-large.png"><img src="https://blog.test/b.png"></a>';
    expect(clicked(html, 'https://blog.test/', 0).url).toBe('https://blog.test/a.jpg');
    expect(clicked(html, 'https://blog.test/', 1).url).toBe('https://blog.test/b-large.png');
  });
});
