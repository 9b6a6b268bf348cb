// What `npm run inspect` prints of files as people have them: the contract that reports rely on.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drawPicture } from '../../harness/pictures/pictures';
import { craftZip } from '../../scripts/fuzz/craft-zip';
import { packDraft, soundDraft } from '../../scripts/fuzz/small-backup';
import { inspect } from '../../scripts/inspect/inspect';
import { encode } from '../pipeline/import/encode';

let place: string;
beforeAll(() => {
  place = mkdtempSync(join(tmpdir(), 'gleaner-inspect-'));
});
afterAll(() => rmSync(place, { recursive: true, force: true }));

const image = (n: number) => new Uint8Array(drawPicture('rings', n).bytes);
const file = (name: string, content: string | Uint8Array) => {
  writeFileSync(join(place, name), content);
  return join(place, name);
};
const zip = (name: string, paths: readonly string[]) =>
  file(name, craftZip(paths.map((path, n) => ({ path, data: image(n) }))));

describe('inspect', () => {
  it('tells the classes of a zip, in the order of exports, with splits and groups', async () => {
    const paths = [
      'shops/𠮷野家/1.jpg',
      'shops/ＣｏＣｏ/2',
      'shops/plan.png',
      'shops/ＣｏＣｏ/3.jpg',
      'shops/notes.txt',
    ];
    const parts = paths.map((path, n) => ({
      path,
      data: path.endsWith('.txt') ? encode('words', 'windows-1252') : image(n),
    }));
    // A copy and a file that is no image, both under an image's name.
    parts.push(
      { path: 'shops/ＣｏＣｏ/4.jpg', data: image(1) },
      { path: 'shops/ＣｏＣｏ/5.jpg', data: encode('no image', 'windows-1252') },
    );
    const found = await inspect(file('shops.zip', craftZip(parts)));
    expect(found).toMatchObject({
      kind: 'classes',
      labels: { 𠮷野家: 1, ＣｏＣｏ: 2 },
      order: ['ＣｏＣｏ', '𠮷野家'],
      left: { 'no-image': 1, 'beside-classes': 1 },
      asked: null,
      groups: 3,
      largestGroup: 1,
      refused: { 'duplicate-of': 1, 'not-an-image': 1 },
    });
    const splits = Object.values(found.splits?.ＣｏＣｏ ?? {});
    expect(splits.reduce((sum, n) => sum + n, 0)).toBe(2);
    expect(found.refusedFiles).toContainEqual({ file: 'shops/ＣｏＣｏ/5.jpg', reason: 'not-an-image' });
  });

  it('tells the same of a folder', async () => {
    for (const label of ['car', 'train']) {
      mkdirSync(join(place, 'vehicles', label), { recursive: true });
      writeFileSync(join(place, 'vehicles', label, '1.jpg'), image(label.length));
    }
    expect(await inspect(join(place, 'vehicles'))).toMatchObject({
      kind: 'classes',
      labels: { car: 1, train: 1 },
      asked: null,
    });
  });

  it('asks where a tree can be read in several ways, and about a code page', async () => {
    const trees = await inspect(zip('fruit.zip', ['apple/fresh/1.jpg', 'apple/rotten/2.jpg', 'pear/fresh/3.jpg']));
    expect(trees.asked).toMatchObject([{ question: 'folders', why: 'folders-in-classes' }]);
    const names = ['猫/1.jpg', '狗/2.jpg'].map((name, n) => ({
      path: '',
      name: encode(name, 'gb18030'),
      data: image(n),
    }));
    const found = await inspect(file('pets.zip', craftZip(names)));
    expect(found).toMatchObject({ labels: { 猫: 1, 狗: 1 }, asked: [{ question: 'code-page', taken: 'gb18030' }] });
  });

  it('tells the addresses of a list, and asks about its columns', async () => {
    const list =
      'id;url;klasse\n1;https://a.test/1.jpg;Bär\n2;https://a.test/2.jpg;Wölfe\n3;https://a.test/2.jpg;Wölfe\n';
    expect(await inspect(file('excel.csv', encode(list, 'windows-1252')))).toMatchObject({
      kind: 'list',
      labels: { Bär: 1, Wölfe: 1 },
      addresses: { Bär: ['https://a.test/1.jpg'], Wölfe: ['https://a.test/2.jpg'] },
      left: { duplicate: 1 },
      asked: [{ question: 'code-page', why: 'confirm' }],
    });
    const ids = await inspect(
      file('ids.txt', 'n1_1\thttps://a.test/1.jpg\nn1_2\thttps://a.test/2.jpg\nn1_3\thttps://a.test/3.jpg\n'),
    );
    expect(ids).toMatchObject({
      labels: { ids: 3 },
      asked: [{ question: 'label-column', why: 'labels-all-different' }],
    });
  });

  it.each<[string, string | Uint8Array, object]>([
    ['table.parquet', 'PAR1 and more', { kind: 'refused', reason: 'list_binary' }],
    ['words.txt', 'no address at all', { kind: 'refused', reason: 'list_empty' }],
    ['empty.txt', '', { kind: 'refused', reason: 'list_empty' }],
    ['half.zip', 'PK\x03\x04 and no more', { kind: 'refused', reason: 'zip_unreadable' }],
    ['bad.h5', '\x89HDF\r\n\x1a\n and no more', { kind: 'refused' }],
  ])(
    'refuses by name: %s',
    async (name, content, expected) => {
      expect(await inspect(file(name, content))).toMatchObject(expected);
    },
    30_000,
  );

  it('knows an image, a backup and a page', async () => {
    expect(await inspect(file('one', image(1)))).toMatchObject({ kind: 'picture', type: 'jpeg' });
    expect(await inspect(file('mine.zip', packDraft(soundDraft())))).toMatchObject({ kind: 'backup' });
    const page = '<!doctype html><img src="/a.jpg" width="600" height="400">';
    expect(await inspect(file('page.html', page), 'https://site.test/')).toMatchObject({ kind: 'page' });
  });
});

const SHARED = join(import.meta.dirname, '../../../shared/field-cases');
const RIGHT: Record<string, object> = {
  'folders-class-called-train': { labels: { car: 2, bus: 2, train: 2 }, asked: null },
  'folders-copy-inside': { labels: { NORMAL: 3, SICK: 2 }, asked: null },
  'folders-no-extension': { labels: { cat: 2, dog: 3 }, asked: null },
  'folders-other-split-names': { labels: { cats: 4, dogs: 4 }, asked: null },
  'folders-stray-root-picture': { labels: { cat: 2, dog: 2, owl: 2 }, left: { 'beside-classes': 1 } },
  'zip-backslashes': { labels: { cat: 1, dog: 1 } },
  'zip-gbk-names': { labels: { 猫: 1, 狗: 1 } },
  'gif-301-frames': { kind: 'picture', frames: 301 },
  'list-ansi': { labels: { Bär: 1, Wölfe: 1 } },
  'list-commas-in-every-address': { labels: { urls: 3 } },
  'list-html-escaped': { labels: { urls: 2 } },
  'list-image-file-name': { labels: { cat: 1, dog: 1 } },
  'list-json-escaped': { labels: { urls: 2 } },
  'list-label-column-unknown': { labels: { cat: 1, dog: 1 } },
  'list-page-column-first': { labels: { 'Ursus arctos': 2, 'Vulpes vulpes': 1 } },
  'list-picture-ids-as-labels': { labels: { synset: 3 } },
  'list-row-numbers-as-labels': { labels: { urls: 3 } },
};

describe.skipIf(!existsSync(SHARED))('inputs of the field (skipped without ../shared/field-cases)', () => {
  it.each(Object.entries(RIGHT))('%s', async (name, right) => {
    const folder = join(SHARED, name);
    const [input = ''] = readdirSync(folder).filter(each => each !== 'README.txt');
    expect(readFileSync(join(folder, 'README.txt'), 'utf8')).toMatch(/Right:/);
    expect(await inspect(join(folder, input))).toMatchObject(right);
  });
});
