// What `npm run inspect` prints of files as people have them: the contract that reports rely on.
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drawImage } from '../../harness/pictures/pictures';
import { PAGE_ADDRESS, RIGHT } from '../../scripts/field-cases/right';
import { craftZip } from '../../scripts/fuzz/craft-zip';
import { packDraft, soundDraft } from '../../scripts/fuzz/small-backup';
import { inspect } from '../../scripts/inspect/inspect';
import { encode } from '../pipeline/import/encode';

let place: string;
beforeAll(() => {
  place = mkdtempSync(join(tmpdir(), 'gleaner-inspect-'));
});
afterAll(() => rmSync(place, { recursive: true, force: true }));

const image = (n: number) => new Uint8Array(drawImage('rings', n).bytes);
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

  it('names images whose format is not taken apart from what is no image', async () => {
    const heic = new TextEncoder().encode('\0\0\0\u0018ftypheic\0\0\0\0mif1heic');
    const parts = [
      { path: 'pets/cat/1.jpg', data: image(3) },
      { path: 'pets/cat/2.heic', data: heic },
      { path: 'pets/notes.txt', data: encode('words', 'windows-1252') },
    ];
    expect(await inspect(file('phone.zip', craftZip(parts)))).toMatchObject({ left: { 'no-image': 1, unfit: 1 } });
    expect(await inspect(file('heic.zip', craftZip(parts.slice(1))))).toMatchObject({ reason: 'import_unfit' });
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

describe.skipIf(!existsSync(SHARED))('inputs of the field (skipped without ../shared/field-cases)', () => {
  it.each(Object.entries(RIGHT).filter(([, { by }]) => by !== 'hosts'))(
    '%s',
    async (name, { by, labels, addresses, left, asked, order, leastGroups }) => {
      const folder = join(SHARED, name);
      const [input = ''] = readdirSync(folder).filter(each => each !== 'README.txt');
      const found = await inspect(join(folder, input), by === 'page' ? PAGE_ADDRESS : undefined);
      if (by === 'weights')
        return expect(found).toMatchObject({ kind: 'refused', reason: expect.stringMatching(/^weights_/) });
      if (by === 'image') return expect(found).toMatchObject({ kind: 'picture', frames: 301 });
      if (by === 'page') {
        // One candidate for each, and the address that gives the image among those it is tried by.
        const tried = (found.candidates ?? []).map(({ url, alternatives }) => [url, ...alternatives]);
        expect(tried).toHaveLength(addresses?.length ?? 0);
        for (const address of addresses ?? []) expect(tried.flat()).toContain(address);
        return;
      }
      expect(found).toMatchObject({ labels, ...(left && { left }), ...(order && { order }) });
      if (by === 'list')
        expect(
          Object.values(found.addresses ?? {})
            .flat()
            .sort(),
        ).toEqual(addresses);
      expect(found.asked?.map(({ question, why }) => (question === 'code-page' ? question : why)).join()).toBe(asked);
      if (leastGroups) expect(found.groups).toBeGreaterThanOrEqual(leastGroups);
    },
    30_000,
  );
});
