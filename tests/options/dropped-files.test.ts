// Dropped folders are walked through to their last file: a reader gives a hundred entries at a time, as browsers' do.
import { expect, it } from 'vitest';
import { filesOf, MOST_DROPPED } from '../../src/entries/options/dataset/dropped-files';

const AT_ONCE = 100;

const file = (name: string) => ({
  isDirectory: false,
  file: (give: (file: File) => void) => give(new File([name], name, { type: 'image/png' })),
});

function folder(...entries: object[]) {
  return {
    isDirectory: true,
    createReader: () => {
      let read = 0;
      return {
        readEntries: (give: (entries: object[]) => void) => {
          give(entries.slice(read, read + AT_ONCE));
          read += AT_ONCE;
        },
      };
    },
  };
}

/** A transfer that may be read only until the first await, as a browser's. */
function drop(...dropped: (object | File)[]): DataTransfer {
  let over = false;
  void Promise.resolve().then(() => {
    over = true;
  });
  const whileItLasts = <T>(value: T) => (over ? null : value);
  const items = dropped.map(one => ({
    kind: 'file',
    webkitGetAsEntry: () => whileItLasts(one instanceof File ? null : one),
    getAsFile: () => whileItLasts(one instanceof File ? one : new File([], 'a folder')),
  }));
  return { items } as unknown as DataTransfer;
}

it('gives every file of folders in folders, and single files beside them', async () => {
  const many = Array.from({ length: 2 * AT_ONCE + 1 }, (_, i) => file(`${i}.png`));
  const dropped = drop(folder(file('a.png'), folder(folder(...many))), new File(['x'], 'single.jpg'));
  const { files, more } = await filesOf(dropped);
  const names = files.map(({ name }) => name);
  expect(more).toBe(false);
  expect(names).toHaveLength(many.length + 2);
  expect(names).toEqual(expect.arrayContaining(['a.png', '0.png', `${2 * AT_ONCE}.png`, 'single.jpg']));
});

it('gives none of what is no file', async () => {
  const words = { items: [{ kind: 'string' }] } as unknown as DataTransfer;
  const nothing = { files: [], more: false };
  expect(await filesOf(words)).toEqual(nothing);
  expect(await filesOf(null)).toEqual(nothing);
});

it('takes as many as one drop may bring, and tells of the others', async () => {
  const full = () => folder(...Array.from({ length: MOST_DROPPED }, (_, i) => file(`${i}.png`)));
  const exactly = await filesOf(drop(full()));
  expect([exactly.files.length, exactly.more]).toEqual([MOST_DROPPED, false]);
  const further = await filesOf(drop(folder(full(), file('one-more.png')), new File(['x'], 'single.jpg')));
  expect([further.files.length, further.more]).toEqual([MOST_DROPPED, true]);
});
