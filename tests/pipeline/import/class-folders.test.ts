// Trees of class folders as people have them, and the classes they mean.
import { describe, expect, it } from 'vitest';
import { classFolders } from '../../../src/pipeline/import/class-folders';

const labels = (paths: string[]) =>
  classFolders(
    paths.map(path => ({ path })),
    'my pictures',
  ).images.map(({ file, label }) => `${file.path} → ${label}`);

describe('classFolders', () => {
  it.each([
    ['one class', ['bears/1.jpg', 'bears/2.jpg'], ['bears', 'bears']],
    ['classes at the root', ['bears/1.jpg', 'foxes/1.png'], ['bears', 'foxes']],
    ['classes below a folder', ['pets/cats/1.jpg', 'pets/dogs/1.webp'], ['cats', 'dogs']],
    ['split folders', ['dataset/train/bears/1.jpg', 'dataset/Test/foxes/2.gif'], ['bears', 'foxes']],
    ['one split folder', ['data/train/bears/1.jpg', 'data/train/foxes/2.jpg'], ['bears', 'foxes']],
    ['folders below a class', ['bears/brown/1.jpg', 'bears/2.jpg', 'foxes/3.jpg'], ['bears', 'bears', 'foxes']],
    ['splits below a class', ['bears/train/1.jpg', 'foxes/test/2.jpg'], ['bears', 'foxes']],
    ['no folder', ['1.jpg', '2.JPEG'], ['my pictures', 'my pictures']],
    ['only split folders', ['train/1.jpg', 'test/2.jpg'], ['my pictures', 'my pictures']],
  ])('%s', (_name, paths, expected) => {
    expect(labels(paths)).toEqual(paths.map((path, i) => `${path} → ${expected[i]}`));
  });

  it('never takes two classes for one because their names begin alike', () => {
    const long = 'a'.repeat(250);
    expect(labels([`${long}/1.jpg`, `${long}b/1.jpg`])).toEqual([
      `${long}/1.jpg → ${long}`,
      `${long}b/1.jpg → ${long}b`,
    ]);
  });

  it('counts other files and leaves out hidden ones and folders', () => {
    const paths = ['a/1.jpg', 'a/notes.txt', 'a/.DS_Store', '__MACOSX/a/._1.jpg', 'a/'];
    const { images, others } = classFolders(
      paths.map(path => ({ path })),
      'x',
    );
    expect(images).toHaveLength(1);
    expect(others).toBe(3);
  });

  it('is empty for nothing', () => {
    expect(classFolders([], 'x')).toEqual({ images: [], others: 0 });
  });
});
