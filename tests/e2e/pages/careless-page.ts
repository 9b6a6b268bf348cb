// An ordinary page as shops and blogs write them: flags in attributes, small images before large ones, links that lead to pages.

/** Tiles beside the odd ones: so many that a slow machine cannot read them at once. */
const PLAIN = 1500;

const ODD: [html: string, url: string, ...alternatives: string[]][] = [
  ['<img src="/img/a.jpg" data-lazy="true" data-original="1200x800">', '/img/a.jpg'],
  ['<img src="/img/b.jpg" data-image="48213" data-src="undefined">', '/img/b.jpg'],
  ['<img src="/s/bear.jpg" data-orig-file="/o/bear.jpg">', '/o/bear.jpg', '/s/bear.jpg'],
  [
    '<picture><source media="(max-width: 320px)" srcset="/c_320.jpg"><source media="(min-width: 321px)" srcset="/c_1600.jpg"><img src="/c_1200.jpg"></picture>',
    '/c_1600.jpg',
  ],
  [
    '<ul><li data-src="/lg/1-1600.jpg"><a href=""><img src="/lg/1-thumb.jpg"></a></li></ul>',
    '/lg/1-1600.jpg',
    '/lg/1-thumb.jpg',
  ],
  ['<a href="/pages/bear.jpg"><img src="/m/wolf.jpg"></a>', '/pages/bear.jpg', '/m/wolf.jpg'],
  [
    '<img src="/wp-content/uploads/fox-300x200.jpg">',
    '/wp-content/uploads/fox.jpg',
    '/wp-content/uploads/fox-300x200.jpg',
  ],
];

export function carelessPage(): string {
  const plain = Array.from(
    { length: PLAIN },
    (_, i) => `<a href="/p/${i}"><img src="/t/${i}.jpg" alt="tile ${i}"></a>`,
  );
  return `<!doctype html><meta charset=utf-8><style>img { width: 90px; height: 90px }</style>${ODD.map(([html]) => html).join('\n')}${plain.join('\n')}`;
}

/** The addresses it offers, and of the odd ones the further ones, as one text each. */
export function carelesslyOffered(origin: string): string[] {
  const odd = ODD.map(([, ...addresses]) => addresses.map(path => origin + path).join(' '));
  return [...odd, ...Array.from({ length: PLAIN }, (_, i) => `${origin}/t/${i}.jpg`)].sort();
}
