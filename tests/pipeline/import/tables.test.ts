// Tables and lists as the world writes them, and what they are taken for; random ones with their truth known.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseUrlList } from '../../../src/pipeline/import/url-list';

const jpg = (n: number | string) => `https://cdn.example/${n}.jpg`;

/** "cat: 1.jpg 2.jpg | dog: 3.jpg": the ends of the addresses by label, in order. */
function told(text: string): string {
  const groups = new Map<string, string[]>();
  for (const { url, label = '' } of parseUrlList(text).rows) {
    const end = decodeURI(url).replace(/^https?:\/\/[^/]*\//, '');
    groups.set(label, [...(groups.get(label) ?? []), end]);
  }
  return [...groups].map(([label, ends]) => (label ? `${label}: ${ends.join(' ')}` : ends.join(' '))).join(' | ');
}

describe('what a list is taken for', () => {
  it.each<[string, string, string]>([
    ['semicolons', `url;label\n${jpg(1)};cat\n${jpg(2)};dog\n`, 'cat: 1.jpg | dog: 2.jpg'],
    ['tabs', `label\turl\ncat\t${jpg(1)}\ndog\t${jpg(2)}\n`, 'cat: 1.jpg | dog: 2.jpg'],
    ['pipes', `label|url\ncat|${jpg(1)}\ndog|${jpg(2)}\n`, 'cat: 1.jpg | dog: 2.jpg'],
    ['what Excel says of its delimiter', `sep=;\nurl;label\n${jpg(1)};cat\n`, 'cat: 1.jpg'],
    [
      'blanks before quotes',
      `"url", "label"\n"${jpg(1)}", "cat, black"\n"${jpg(2)}", "dog"\n`,
      'cat, black: 1.jpg | dog: 2.jpg',
    ],
    [
      'a file name beside the address',
      `image,label,url\n1.jpg,cat,${jpg(1)}\n2.jpg,dog,${jpg(2)}\n`,
      'cat: 1.jpg | dog: 2.jpg',
    ],
    [
      'a page beside the image',
      `id,url,image_url,scientific_name\n1,https://n.example/o/1,${jpg(1)},Ursus\n2,https://n.example/o/2,${jpg(2)},Vulpes\n`,
      'Ursus: 1.jpg | Vulpes: 2.jpg',
    ],
    [
      'a thumbnail beside the image, in columns of any name',
      `a_thumb,b,c\nhttps://t.example/1.jpg,${jpg(1)},x\nhttps://t.example/2.jpg,${jpg(2)},x\n`,
      '1.jpg 2.jpg',
    ],
    [
      'Flickr sizes',
      `id,url_s,url_o,tags\n1,https://f.example/1_s.jpg,${jpg(1)},a\n2,https://f.example/2_s.jpg,${jpg(2)},b\n`,
      'a: 1.jpg | b: 2.jpg',
    ],
    [
      'image without an ending beside a page',
      'link,src\nhttps://a.example/p/1,https://img.example/x1\nhttps://a.example/p/1,https://img.example/x2\n',
      'x1 x2',
    ],
    [
      'a label of any name by its values',
      `bild,wasistdas\n${jpg(1)},Hund\n${jpg(2)},Hund\n${jpg(3)},Katze\n${jpg(4)},Katze\n`,
      'Hund: 1.jpg 2.jpg | Katze: 3.jpg 4.jpg',
    ],
    ['numbers as labels', `path,label\n${jpg(1)},3\n${jpg(2)},3\n${jpg(3)},7\n`, '3: 1.jpg 2.jpg | 7: 3.jpg'],
    ['a number in JSON lines', `{"url":"${jpg(1)}","label":3}\n{"url":"${jpg(2)}","label":4}\n`, '3: 1.jpg | 4: 2.jpg'],
    ['row numbers', `1,${jpg(1)}\n2,${jpg(2)}\n3,${jpg(3)}\n`, '1.jpg 2.jpg 3.jpg'],
    ['row numbers behind', `${jpg('a')},0\n${jpg('b')},1\n${jpg('c')},2\n`, 'a.jpg b.jpg c.jpg'],
    ['picture ids', `n0001_1\t${jpg(1)}\nn0001_2\t${jpg(2)}\nn0001_3\t${jpg(3)}\n`, '1.jpg 2.jpg 3.jpg'],
    [
      'hashes',
      `${'a1'.repeat(16)},${jpg(1)}\n${'b2'.repeat(16)},${jpg(2)}\n${'c3'.repeat(16)},${jpg(3)}\n`,
      '1.jpg 2.jpg 3.jpg',
    ],
    [
      'titles',
      `image,title\n${[1, 2, 3, 4].map(n => `${jpg(n)},A sunny day number ${'x'.repeat(n)}`).join('\n')}\n`,
      '1.jpg 2.jpg 3.jpg 4.jpg',
    ],
    [
      'boxes and splits',
      `image_url,class,xmin,ymin,split\n${jpg(1)},cat,10,20.5,train\n${jpg(2)},dog,11,20.5,test\n${jpg(3)},cat,12,2,train\n`,
      'cat: 1.jpg 3.jpg | dog: 2.jpg',
    ],
    [
      'a class by number and by name',
      `url,class_id,class_name\n${jpg(1)},0,cat\n${jpg(2)},1,dog\n${jpg(3)},0,cat\n`,
      'cat: 1.jpg 3.jpg | dog: 2.jpg',
    ],
    [
      'LAION',
      `SAMPLE_ID,URL,TEXT,HEIGHT,WIDTH,LICENSE,NSFW,similarity\n${[1, 2, 3, 4].map(n => `${n},${jpg(n)},text ${n},10,10,?,UNLIKELY,0.3${n}`).join('\n')}\n`,
      '1.jpg 2.jpg 3.jpg 4.jpg',
    ],
    [
      'commas in every address',
      'https://i.example/it/u=1001,2001\nhttps://i.example/it/u=1002,2002\nhttps://i.example/it/u=1003,2003\n',
      'it/u=1001,2001 it/u=1002,2002 it/u=1003,2003',
    ],
    [
      'crops behind commas',
      'https://i.example/w_200,h_300/1.jpg\nhttps://i.example/w_200,h_300/2.jpg\n',
      'w_200,h_300/1.jpg w_200,h_300/2.jpg',
    ],
    [
      'commas in addresses below a header',
      'label,url\ncat,https://i.example/u=1,2\ndog,https://i.example/u=3,4\n',
      'cat: u=1,2 | dog: u=3,4',
    ],
    [
      'commas in addresses before labels',
      'url,label\nhttps://i.example/u=1,2,cat\nhttps://i.example/u=3,4,dog\n',
      'cat: u=1,2 | dog: u=3,4',
    ],
    [
      'labels before addresses with commas',
      'cat,https://i.example/u=1,2\ndog,https://i.example/u=3,4\ncat,https://i.example/u=5,6\n',
      'cat: u=1,2 u=5,6 | dog: u=3,4',
    ],
    [
      'semicolons in addresses',
      'https://i.example/a;v=1/1.jpg\nhttps://i.example/a;v=2/2.jpg\n',
      'a;v=1/1.jpg a;v=2/2.jpg',
    ],
    [
      'escapes of HTML',
      'https://i.example/a?w=1&amp;s=2\nhttps://i.example/b?w=1&amp;amp;s=3\nhttps://i.example/c?w=1&#38;s=4\n',
      'a?w=1&s=2 b?w=1&s=3 c?w=1&s=4',
    ],
    [
      'escapes of HTML beside labels',
      'url;label\nhttps://i.example/a?w=1&amp;s=2;cat\nhttps://i.example/b?w=1&amp;s=3;dog\n',
      'cat: a?w=1&s=2 | dog: b?w=1&s=3',
    ],
    [
      'escapes of JSON',
      'https:\\/\\/i.example\\/1.jpg?a=1\\u0026b=2\n"https:\\/\\/i.example\\/2.jpg",\n',
      '1.jpg?a=1&b=2 2.jpg',
    ],
    [
      'escapes of Markdown',
      `![](https://i.example/my\\_image\\(1\\).jpg)\n- ${jpg(2)}\n* <${jpg(3)}>\n`,
      'my_image(1).jpg 2.jpg 3.jpg',
    ],
    ['a whole address as a parameter', 'https%3A%2F%2Fi.example%2F1.jpg%3Fa%3D1\n', '1.jpg?a=1'],
    [
      'addresses in HTML',
      `<img src="${jpg(1)}" alt="x">\n<a href="https://p.example/1"><img src='${jpg(2)}'></a>\n`,
      '1.jpg 2.jpg',
    ],
    ['a Python list', `['${jpg(1)}', '${jpg(2)}']\n`, '1.jpg 2.jpg'],
    ['without a scheme', '//i.example/1.jpg\nwww.i.example/2.jpg\n', '1.jpg 2.jpg'],
    [
      'blanks in names',
      'https://i.example/my photo 1.jpg\nhttps://i.example/my photo 2.jpg\n',
      'my photo 1.jpg my photo 2.jpg',
    ],
    [
      'words before the address',
      `polar bear ${jpg(1)}\npolar bear ${jpg(2)}\nbrown bear ${jpg(3)}\nbrown bear ${jpg(4)}\n`,
      'polar bear: 1.jpg 2.jpg | brown bear: 3.jpg 4.jpg',
    ],
    [
      'VGGFace',
      `1 ${jpg(1)} 1.5 2.5 3.5 4.5 3.9 1\n2 ${jpg(2)} 1.5 2.5 3.5 4.5 3.9 1\n3 ${jpg(3)} 1.5 2.5 3.5 4.5 3.9 1\n`,
      '1.jpg 2.jpg 3.jpg',
    ],
    [
      'PubFig',
      `# person\timagenum\turl\trect\nAnna\t1\t${jpg(1)}\t1,2,3,4\nAnna\t2\t${jpg(2)}\t1,2,3,4\nBen\t1\t${jpg(3)}\t1,2,3,4\nBen\t2\t${jpg(4)}\t1,2,3,4\n`,
      'Anna: 1.jpg 2.jpg | Ben: 3.jpg 4.jpg',
    ],
    [
      'several addresses in a cell',
      `label,images\ncat,"${jpg(1)}, ${jpg(2)}"\ndog,"[""${jpg(3)}"",""${jpg(4)}""]"\n`,
      'cat: 1.jpg 2.jpg | dog: 3.jpg 4.jpg',
    ],
    ['a JSON list', `["${jpg(1)}","${jpg(2)}"]`, '1.jpg 2.jpg'],
    [
      'a JSON list of objects',
      JSON.stringify(
        [
          { img: jpg(1), label: 'cat' },
          { img: jpg(2), label: 'dog' },
        ],
        null,
        2,
      ),
      'cat: 1.jpg | dog: 2.jpg',
    ],
    [
      'a JSON dictionary of lists',
      JSON.stringify({ cat: [jpg(1), jpg(2)], dog: [jpg(3)] }),
      'cat: 1.jpg 2.jpg | dog: 3.jpg',
    ],
    [
      'a JSON dictionary of objects',
      JSON.stringify({ a1: { url: jpg(1), label: 'x' }, a2: { url: jpg(2), label: 'y' } }),
      'x: 1.jpg | y: 2.jpg',
    ],
    [
      'addresses as keys',
      JSON.stringify({ [jpg(1)]: 'cat', [jpg(2)]: 'cat', [jpg(3)]: 'dog' }),
      'cat: 1.jpg 2.jpg | dog: 3.jpg',
    ],
    [
      'a nested answer',
      JSON.stringify({
        status: 'ok',
        data: {
          items: [{ photo: { large: jpg(1), thumb: jpg('t1') } }, { photo: { large: jpg(2), thumb: jpg('t2') } }],
        },
      }),
      '1.jpg 2.jpg',
    ],
    [
      'lists within objects',
      JSON.stringify([
        { label: 'cat', images: [{ url: jpg(1) }, { url: jpg(2) }] },
        { label: 'dog', images: [{ url: jpg(3) }] },
      ]),
      'cat: 1.jpg 2.jpg | dog: 3.jpg',
    ],
    [
      'COCO',
      JSON.stringify({
        licenses: [{ url: 'https://cc.example/by' }],
        images: [
          { id: 1, file_name: '1.jpg', coco_url: jpg(1) },
          { id: 2, file_name: '2.jpg', coco_url: jpg(2) },
        ],
      }),
      '1.jpg 2.jpg',
    ],
    [
      'gallery-dl',
      JSON.stringify(
        [
          [2, { category: 'x', subcategory: 'user' }],
          [3, jpg(1), { category: 'x', id: 1, extension: 'jpg' }],
          [3, jpg(2), { category: 'x', id: 2, extension: 'jpg' }],
        ],
        null,
        1,
      ),
      '1.jpg 2.jpg',
    ],
    [
      'codes that come again and again',
      `n00004475\t${jpg(1)}\nn00004475\t${jpg(2)}\nn00007846\t${jpg(3)}\nn00007846\t${jpg(4)}\n`,
      'n00004475: 1.jpg 2.jpg | n00007846: 3.jpg 4.jpg',
    ],
    [
      'img2dataset, whose captions are labels',
      `url,caption,key,status,width\n${[1, 2, 3, 4].map(n => `${jpg(n)},${n % 2 ? 'cat' : 'dog'},0000${n},success,256`).join('\n')}\n`,
      'cat: 1.jpg 3.jpg | dog: 2.jpg 4.jpg',
    ],
    ['a label in another language', `bild,espèce\n${jpg(1)},ours\n${jpg(2)},renard\n`, 'ours: 1.jpg | renard: 2.jpg'],
    ['a label in another script', `图片,类别\n${jpg(1)},猫\n${jpg(2)},狗\n`, '猫: 1.jpg | 狗: 2.jpg'],
    [
      'labels behind images with commas of their own',
      'https://i.example/w_1,h_2/1.jpg,cat\nhttps://i.example/w_1,h_2/2.jpg,dog\nhttps://i.example/w_1,h_2/3.jpg,cat\n',
      'cat: w_1,h_2/1.jpg w_1,h_2/3.jpg | dog: w_1,h_2/2.jpg',
    ],
    [
      'labels behind addresses with semicolons of their own',
      'https://i.example/a;b/1.jpg;cat\nhttps://i.example/a;b/2.jpg;dog\n',
      'cat: a;b/1.jpg | dog: a;b/2.jpg',
    ],
    [
      'labels behind addresses with commas that name no image',
      'https://i.example/u=1,2&f=26,cat\nhttps://i.example/u=3,4&f=26,dog\nhttps://i.example/u=5,6&f=26,cat\n',
      'cat: u=1,2&f=26 u=5,6&f=26 | dog: u=3,4&f=26',
    ],
    [
      'links as spreadsheets write them',
      `label;link\ncat;"=HYPERLINK(""${jpg(1)}"";""x"")"\ndog;"=HYPERLINK(""${jpg(2)}"";""y"")"\n`,
      'cat: 1.jpg | dog: 2.jpg',
    ],
    [
      'every escape of JSON and scripts',
      'https:\\u002F\\u002Fi.example\\u002F1.jpg\nhttps:\\x2F\\x2Fi.example\\x2F2.jpg?a\\x3d1\\x26b\\x3d2\nhttps\\u003a\\u002f\\u002fi.example\\u002f3.jpg\n',
      '1.jpg 2.jpg?a=1&b=2 3.jpg',
    ],
    ['a parameter of a parameter', 'https%253A%252F%252Fi.example%252F1.jpg\n', '1.jpg'],
    [
      'few addresses among other lines',
      `${jpg(1)}\n\tdir=a\n\tout=b\n\tx=c\n${jpg(2)}\n\tdir=a\n\tout=b\n`,
      '1.jpg 2.jpg',
    ],
    ['headings', `## Cats\n${jpg(1)}\n- ${jpg(2)}\n\n## Dogs\n${jpg(3)}\n`, 'Cats: 1.jpg 2.jpg | Dogs: 3.jpg'],
    ['YAML', `cats:\n  - ${jpg(1)}\n  - ${jpg(2)}\ndogs:\n  - ${jpg(3)}\n`, 'cats: 1.jpg 2.jpg | dogs: 3.jpg'],
    ['a comment', `# all of my bears\n${jpg(1)}\n${jpg(2)}\n`, '1.jpg 2.jpg'],
    [
      'JSON rows',
      JSON.stringify([
        [jpg(1), 'cat'],
        [jpg(2), 'dog'],
      ]),
      'cat: 1.jpg | dog: 2.jpg',
    ],
    [
      'JSON rows below a header',
      JSON.stringify([
        ['id', 'art', 'url'],
        [1, 'cat', jpg(1)],
        [2, 'dog', jpg(2)],
      ]),
      'cat: 1.jpg | dog: 2.jpg',
    ],
    [
      'JSON rows on lines',
      `["cat","${jpg(1)}"]\n["dog","${jpg(2)}"]\n["cat","${jpg(3)}"]\n`,
      'cat: 1.jpg 3.jpg | dog: 2.jpg',
    ],
    ['JSON columns', JSON.stringify({ url: [jpg(1), jpg(2)], label: ['cat', 'dog'] }), 'cat: 1.jpg | dog: 2.jpg'],
    [
      'JSON columns of pandas',
      JSON.stringify({ url: { 0: jpg(1), 1: jpg(2) }, label: { 0: 'cat', 1: 'dog' } }),
      'cat: 1.jpg | dog: 2.jpg',
    ],
    [
      'JSON numbered lists under labels',
      JSON.stringify({ cat: { 0: jpg(1), 1: jpg(2) }, dog: { 0: jpg(3) } }),
      'cat: 1.jpg 2.jpg | dog: 3.jpg',
    ],
    [
      'a split table of pandas',
      JSON.stringify({
        columns: ['url', 'label'],
        index: [0, 1],
        data: [
          [jpg(1), 'cat'],
          [jpg(2), 'dog'],
        ],
      }),
      'cat: 1.jpg | dog: 2.jpg',
    ],
    [
      'an answer in a list',
      JSON.stringify(
        ['Cat', 'Dog'].map((name, n) => ({
          id: n,
          data: { image: jpg(n) },
          annotations: [{ result: [{ type: 'choices', value: { choices: [name] } }] }],
        })),
      ),
      'Cat: 0.jpg | Dog: 1.jpg',
    ],
    [
      'Python dictionaries on lines',
      `{'url': '${jpg(1)}', 'label': "it's"}\n{'url': '${jpg(2)}', 'label': None}\n`,
      "it's: 1.jpg | 2.jpg",
    ],
    [
      'a Python dictionary',
      `{'cat': ['${jpg(1)}', '${jpg(2)}',], 'dog': ('${jpg(3)}',)}\n`,
      'cat: 1.jpg 2.jpg | dog: 3.jpg',
    ],
  ])('%s', (_name, text, expected) => {
    expect(told(text)).toBe(expected);
  });

  it.each<[string, string, string]>([
    ['two columns of images', `front,back\n${jpg('f1')},${jpg('b1')}\n${jpg('f2')},${jpg('b2')}\n`, 'address-column'],
    [
      'two columns of labels',
      `url,genus,species\n${jpg(1)},Ursus,arctos\n${jpg(2)},Ursus,maritimus\n${jpg(3)},Vulpes,vulpes\n${jpg(4)},Ursus,arctos\n`,
      'label-column',
    ],
    ['cells that are all different', `a_1\t${jpg(1)}\na_2\t${jpg(2)}\na_3\t${jpg(3)}\n`, 'labels-all-different'],
    [
      'columns none of which is a label',
      `url,width,note\n${[1, 2, 3].map(n => `${jpg(n)},${n},something long ${n}`).join('\n')}\n`,
      'no-label-column',
    ],
    ['headings', `# cats\n${jpg(1)}\n# dogs\n${jpg(2)}\n`, 'headings'],
    ['numbers behind whole addresses', `${jpg(1)},512\n${jpg(2)},77\n${jpg(3)},9000\n`, 'delimiter'],
  ])('asks about %s', (_name, text, doubt) => {
    expect(parseUrlList(text).doubts).toContain(doubt);
  });

  it('names every column with what it is taken for', () => {
    const { columns } = parseUrlList(
      `id,image_url,class,split,note\n1,${jpg(1)},cat,train,a\n2,${jpg(2)},dog,test,b\n`,
    );
    expect(columns.map(({ name, role }) => `${name} ${role}`)).toEqual([
      'id unused',
      'image_url address',
      'class label',
      'split split',
      'note unused',
    ]);
  });

  it('does as it is told of lines, by the columns it shows', () => {
    const text = `red ${jpg(1)} big\nred ${jpg(2)} small\nblue ${jpg(3)} big\nblue ${jpg(4)} small\n`;
    const { columns } = parseUrlList(text);
    const behind = columns.findIndex(({ sample }) => sample === 'big');
    expect(parseUrlList(text, { label: behind }).rows.map(({ label }) => label)).toEqual([
      'big',
      'small',
      'big',
      'small',
    ]);
  });

  it('does as it is told', () => {
    const text = `url,genus,species\n${jpg(1)},Ursus,arctos\n${jpg(2)},Ursus,maritimus\n`;
    expect(parseUrlList(text, { label: 1 }).rows.map(({ label }) => label)).toEqual(['Ursus', 'Ursus']);
    expect(parseUrlList(text, { label: -1 }).rows.map(({ label }) => label)).toEqual([undefined, undefined]);
    expect(parseUrlList(`${jpg(1)},cat\n${jpg(2)},dog\n`, { delimiter: 'none' }).rows.map(({ url }) => url)).toEqual([
      `${jpg(1)},cat`,
      `${jpg(2)},dog`,
    ]);
  });
});

describe('random tables', () => {
  const LABELS = ['cat', 'dog', 'Ursus arctos', 'Bär', '猫', 'train', 'x-ray', "O'Neil", 'say "hi"'];
  const table = fc.record({
    labels: fc.array(fc.constantFrom(...LABELS), { minLength: 6, maxLength: 40 }),
    delimiter: fc.constantFrom(',', ';', '\t', '|'),
    header: fc.boolean(),
    labelName: fc.constantFrom('label', 'Class Name', 'species', 'wasistdas', 'target', 'category'),
    urlName: fc.constantFrom('url', 'image', 'Image URL', 'bildadresse', 'x', 'photo'),
    others: fc.uniqueArray(fc.constantFrom('id', 'split', 'width', 'page', 'thumbnail', 'title', 'file'), {
      maxLength: 4,
    }),
    commas: fc.boolean(),
    bom: fc.boolean(),
    order: fc.nat(),
    crlf: fc.boolean(),
  });

  it('give back their addresses and labels, or are asked about', () => {
    let right = 0;
    let asked = 0;
    fc.assert(
      fc.property(table, ({ labels, delimiter, header, labelName, urlName, others, commas, bom, order, crlf }) => {
        const names = [urlName, labelName, ...(header ? others : [])];
        const columns = names.map((_, at) => (at + order) % names.length);
        const cell = (name: string, n: number): string => {
          if (name === urlName) return `https://cdn.example/${commas ? 'w_1,h_2/' : ''}i${n}.jpg`;
          if (name === labelName) return labels[n] ?? '';
          if (name === 'split') return n % 3 ? 'train' : 'test';
          if (name === 'page') return `https://p.example/post/${n >> 1}`;
          if (name === 'thumbnail') return `https://t.example/${n}.jpg`;
          return name === 'id'
            ? `${n + 1}`
            : name === 'width'
              ? `${640 + (n % 2)}`
              : name === 'file'
                ? `${n}.jpg`
                : `A picture, number ${n}`;
        };
        const quoted = (text: string) =>
          /["\n]/.test(text) || text.includes(delimiter) ? `"${text.replaceAll('"', '""')}"` : text;
        const lines = labels.map((_, n) => columns.map(at => quoted(cell(names[at] ?? '', n))).join(delimiter));
        const head = header ? [columns.map(at => quoted(names[at] ?? '')).join(delimiter)] : [];
        const list = parseUrlList(`${bom ? '\uFEFF' : ''}${[...head, ...lines].join(crlf ? '\r\n' : '\n')}\n`);
        if (list.doubts.length > 0) asked++;
        else {
          right++;
          expect(list.rows).toEqual(labels.map((label, n) => ({ url: cell(urlName, n), label })));
        }
      }),
      { numRuns: 2000, seed: 13 },
    );
    expect(right).toBeGreaterThan(asked);
  });

  it('written as JSON in any shape, or as Python prints them, give back their addresses and labels', () => {
    const python = (value: unknown) =>
      JSON.stringify(value)
        .replaceAll("'", "\\'")
        .replace(/"((?:\\.|[^"\\])*)"/g, (_all, inner: string) => `'${inner.replaceAll('\\"', '"')}'`);
    const shapes: Record<string, (urls: string[], labels: string[]) => string> = {
      objects: (urls, labels) =>
        JSON.stringify(
          urls.map((url, n) => ({ url, label: labels[n] })),
          null,
          1,
        ),
      within: (urls, labels) =>
        JSON.stringify({
          total: urls.length,
          data: { items: urls.map((url, n) => ({ image: { src: url }, category: { id: n % 2, name: labels[n] } })) },
        }),
      lines: (urls, labels) => urls.map((image, n) => JSON.stringify({ image, label: labels[n] })).join('\n'),
      rows: (urls, labels) => JSON.stringify(urls.map((url, n) => [url, labels[n]])),
      rowsOnLines: (urls, labels) => urls.map((url, n) => JSON.stringify([labels[n], url])).join('\n'),
      columns: (urls, labels) => JSON.stringify({ url: urls, label: labels }),
      pandas: (urls, labels) => JSON.stringify({ url: { ...urls }, label: { ...labels } }),
      split: (urls, labels) =>
        JSON.stringify({
          columns: ['label', 'url'],
          index: urls.map((_, n) => n),
          data: urls.map((url, n) => [labels[n], url]),
        }),
      keys: (urls, labels) => JSON.stringify(Object.fromEntries(urls.map((url, n) => [url, labels[n]]))),
      byId: (urls, labels) =>
        JSON.stringify(Object.fromEntries(urls.map((url, n) => [`id${n}`, { url, label: labels[n] }]))),
      python: (urls, labels) => python(urls.map((url, n) => ({ url, label: labels[n] }))),
      pythonLines: (urls, labels) => urls.map((url, n) => python({ url, label: labels[n] })).join('\n'),
    };
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.keys(shapes)),
        fc.array(fc.constantFrom(...LABELS), { minLength: 4, maxLength: 30 }),
        (shape, labels) => {
          // Less than half of the rows differ, so that the labels are seen to be such under any name.
          const doubled = [...labels, ...labels];
          const urls = doubled.map((_, n) => jpg(n));
          const list = parseUrlList(shapes[shape]?.(urls, doubled) ?? '');
          if (list.doubts.length > 0) return;
          expect(list.rows, shape).toEqual(urls.map((url, n) => ({ url, label: doubled[n] })));
        },
      ),
      { numRuns: 600, seed: 13 },
    );
  });

  it('without labels stay without, or are asked about', () => {
    const noLabels = fc.record({
      count: fc.integer({ min: 4, max: 30 }),
      kind: fc.constantFrom('number', 'id', 'hash', 'title', 'file', 'date', 'measure'),
      delimiter: fc.constantFrom(',', '\t'),
      first: fc.boolean(),
    });
    fc.assert(
      fc.property(noLabels, ({ count, kind, delimiter, first }) => {
        const beside = (n: number) =>
          ({
            number: `${n}`,
            id: `n000044_${n}`,
            hash: `${n}f`.padStart(32, 'ab12'),
            title: `a ${'very '.repeat(n)}nice day`,
            file: `images/${n}.jpg`,
            date: `2020-01-${String(1 + (n % 28)).padStart(2, '0')}`,
            measure: `0.${n}1`,
          })[kind];
        const lines = Array.from({ length: count }, (_, n) =>
          (first ? [beside(n), jpg(n)] : [jpg(n), beside(n)]).join(delimiter),
        );
        const list = parseUrlList(lines.join('\n'));
        if (list.doubts.length === 0 || list.doubts[0] === 'labels-all-different')
          expect(list.rows).toEqual(Array.from({ length: count }, (_, n) => ({ url: jpg(n) })));
      }),
      { numRuns: 500, seed: 13 },
    );
  });
});
