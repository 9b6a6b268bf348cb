// Trees of class folders as people have them, and the classes they mean.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { everyReading, readFolders } from '../../../src/pipeline/import/folder-choices';
import { classFolders } from '../../../src/pipeline/import/folders';

const files = (paths: readonly string[]) => paths.map(path => ({ path }));

/** "cat 2, dog 1": labels with their counts, by name. */
function told(paths: readonly string[]): string {
  const { labels } = readFolders(files(paths), 'my pictures', new Map());
  return [...labels]
    .map(([label, members]) => `${label} ${members.length}`)
    .sort()
    .join(', ');
}

const doubts = (paths: readonly string[]) => classFolders(files(paths), 'my pictures').doubts;
const leftOf = (paths: readonly string[]) =>
  Object.fromEntries(Object.entries(classFolders(files(paths), 'x').left).map(([reason, all]) => [reason, all.length]));

describe('the classes of a tree', () => {
  it.each<[string, string[], string]>([
    ['one class', ['bears/1.jpg', 'bears/2.jpg'], 'bears 2'],
    ['classes at the root', ['bears/1.jpg', 'foxes/1.png'], 'bears 1, foxes 1'],
    ['classes below a folder', ['pets/cats/1.jpg', 'pets/dogs/1.webp'], 'cats 1, dogs 1'],
    ['split folders', ['dataset/train/bears/1.jpg', 'dataset/Test/foxes/2.gif'], 'bears 1, foxes 1'],
    ['one split folder', ['data/train/bears/1.jpg', 'data/train/foxes/2.jpg'], 'bears 1, foxes 1'],
    ['folders below a class', ['bears/brown/1.jpg', 'bears/2.jpg', 'foxes/3.jpg'], 'bears 2, foxes 1'],
    ['splits below a class', ['bears/train/1.jpg', 'bears/test/3.jpg', 'foxes/test/2.jpg'], 'bears 2, foxes 1'],
    ['no folder', ['1.jpg', '2.JPEG'], 'my pictures 2'],
    ['only split folders', ['train/1.jpg', 'test/2.jpg'], 'my pictures 2'],
    ['classes named as splits', ['v/car/1', 'v/bus/1', 'v/train/1'], 'bus 1, car 1, train 1'],
    ['classes test and val beside others', ['test/1', 'val/1', 'cat/1'], 'cat 1, test 1, val 1'],
    ['a class called train below splits', ['d/train/train/1', 'd/train/bus/2', 'd/val/train/3'], 'bus 1, train 2'],
    ['splits of classes train and test', ['d/train/train/1', 'd/train/test/2', 'd/val/test/3'], 'test 2, train 1'],
    [
      'a copy inside',
      ['x/train/NORMAL/1', 'x/train/SICK/2', 'x/test/NORMAL/3', 'x/x/train/NORMAL/4', 'x/x/train/SICK/5'],
      'NORMAL 3, SICK 2',
    ],
    ['a copy of the classes inside', ['cats/1', 'dogs/2', 'archive/cats/3', 'archive/dogs/4'], 'cats 2, dogs 2'],
    ['a copy beside', ['set/a/1', 'set/b/2', 'set - Copy/a/3', 'set - Copy/b/4'], 'a 2, b 2'],
    ['a backup beside', ['set/train/a/1', 'set/test/b/2', 'old/train/a/3', 'old/test/b/4'], 'a 2, b 2'],
    [
      'doubled split folders',
      ['training_set/training_set/cats/1', 'training_set/training_set/dogs/2', 'test_set/test_set/cats/3'],
      'cats 2, dogs 1',
    ],
    [
      'splits with a prefix, one without classes',
      ['seg_train/seg_train/sea/1', 'seg_train/seg_train/ice/2', 'seg_test/seg_test/sea/3', 'seg_pred/seg_pred/4'],
      'ice 1, sea 2',
    ],
    [
      'a prefix of words',
      [
        'asl_alphabet_train/asl_alphabet_train/A/1',
        'asl_alphabet_train/asl_alphabet_train/B/2',
        'asl_alphabet_test/C_test.jpg',
      ],
      'A 1, B 1',
    ],
    ['Training and Testing', ['Training/glioma/1', 'Training/none/2', 'Testing/glioma/3'], 'glioma 2, none 1'],
    ['PublicTest', ['Training/sad/1', 'PublicTest/sad/2', 'PrivateTest/joy/3', 'Training/joy/4'], 'joy 2, sad 2'],
    ['dev, eval and holdout', ['dev/a/1', 'eval/b/2', 'HoldOut/a/3', 'train/b/3'], 'a 2, b 2'],
    ['years on splits', ['train2017/a/1', 'val2017/b/2'], 'a 1, b 1'],
    ['one class in splits', ['data/train/cats/1', 'data/val/cats/2'], 'cats 2'],
    ['folds', ['fold1/a/1', 'fold1/b/2', 'fold2/a/3', 'fold2/b/4'], 'a 2, b 2'],
    ['classes below images', ['pets/images/cats/1', 'pets/images/dogs/2'], 'cats 1, dogs 1'],
    ['images and masks of classes', ['images/a/1', 'images/b/2', 'masks/a/3', 'masks/b/4'], 'a 1, b 1'],
    ['images and masks in classes', ['c/images/1', 'c/masks/2', 'n/images/3', 'n/masks/4'], 'c 1, n 1'],
    ['Roboflow', ['train/images/1', 'valid/images/2', 'test/images/3'], 'my pictures 3'],
    ['wrapper images alone', ['images/1.jpg', 'images/2.jpg'], 'my pictures 2'],
    ['class in images', ['bears/images/1.jpg'], 'bears 1'],
    ['numbers', ['mnist/0/1', 'mnist/1/2', 'mnist/10/3', 'mnist/2/4'], '0 1, 1 1, 10 1, 2 1'],
    [
      'Takeout',
      ['Takeout/Google Photos/Alps/1', 'Takeout/Google Photos/Photos from 2020/2'],
      'Alps 1, Photos from 2020 1',
    ],
    ['Imagenette', ['imagenette2/train/n01440764/1', 'imagenette2/val/n02102040/2'], 'n01440764 1, n02102040 1'],
    ['flower_photos', ['flower_photos/daisy/1', 'flower_photos/tulips/2'], 'daisy 1, tulips 1'],
    ['splits and a folder of samples', ['train/a/1', 'train/b/2', 'test/a/3', 'samples/4'], 'a 2, b 1'],
    ['accents in splits', ['entraînement/a/1', 'entraînement/b/2', 'validation/a/3'], 'a 2, b 1'],
    ['splits in Portuguese', ['treino/a/1', 'treino/b/2', 'teste/a/3', 'validação/b/4'], 'a 2, b 2'],
    ['splits in Russian and Korean', ['обучение/a/1', 'тест/a/2', 'обучение/b/3', '훈련/a/4'], 'a 3, b 1'],
    ['splits in Japanese', ['学習用/a/1', '学習用/b/2', 'テスト/b/3'], 'a 1, b 2'],
    [
      'folds with splits in them',
      ['fold_0/train/a/1', 'fold_0/test/b/2', 'fold_1/train/a/3', 'fold_1/test/b/4'],
      'a 2, b 2',
    ],
    ['splits with batches in them', ['train/batch1/a/1', 'train/batch2/b/2', 'test/batch1/a/3'], 'a 2, b 1'],
    [
      'a set and its test set',
      ['rps/rock/1', 'rps/paper/2', 'rps-test-set/rock/3', 'rps-test-set/paper/4'],
      'paper 2, rock 2',
    ],
    [
      'wrappers of other names in splits',
      ['x-train/x/a/1', 'x-train/x/b/2', 'x-test/x-test-set/a/3', 'x-test/x-test-set/b/4'],
      'a 2, b 2',
    ],
    [
      'masks beside splits',
      ['cup/train/good/1', 'cup/test/good/2', 'cup/test/bent/3', 'cup/ground_truth/bent/4'],
      'bent 1, good 2',
    ],
    ['class folders of one number', ['cat_1/images/1', 'cat_2/images/2'], 'cat_1 1, cat_2 1'],
  ])('%s', (_name, paths, expected) => {
    expect(told(paths)).toBe(expected);
  });

  it('never takes two classes for one because their names begin alike', () => {
    const long = 'a'.repeat(250);
    expect(told([`${long}/1.jpg`, `${long}b/1.jpg`])).toBe(`${long} 1, ${long}b 1`);
  });

  it('leaves out what lies beside the classes, and hidden files, and says so', () => {
    const paths = ['a/preview.png', 'a/cat/1', 'a/dog/2', '__MACOSX/a/cat/._1', 'a/cat/.1.jpg', 'a/'];
    expect(told(paths.slice(0, 5))).toBe('cat 1, dog 1');
    expect(leftOf(paths.slice(0, 5))).toEqual({ 'beside-classes': 1, hidden: 2 });
    expect(doubts(paths.slice(0, 5))).toEqual([]);
  });

  it('is empty for nothing', () => {
    expect(classFolders([], 'x')).toEqual({ images: [], left: {}, splits: [], doubts: [] });
  });

  it.each<[string, string[], string]>([
    ['splits without classes', ['train/1', 'test/2'], 'splits-only'],
    ['splits of two kinds', ['trainA/1', 'trainB/2', 'testA/3', 'testB/4'], 'splits-mixed'],
    ['a set called as a test set', ['rps/rock/1', 'rps/paper/2', 'rps-test-set/rock/3'], 'splits-mixed'],
    ['states within kinds', ['apple/fresh/1', 'apple/rotten/2', 'pear/fresh/3', 'pear/rotten/4'], 'folders-in-classes'],
    ['kinds within orders', ['animals/cats/1', 'animals/dogs/2', 'cars/vw/3', 'cars/bmw/4'], 'folders-in-classes'],
    ['a class that holds the others', ['car/1', 'bus/2', 'toy/car/3', 'toy/bus/4'], 'copy'],
    ['a folder in a folder', ['bears/1', 'bears/2', 'bears/brown/3'], 'one-in-another'],
    ['many beside', [...Array.from({ length: 9 }, (_, i) => `x/${i}`), 'x/a/1', 'x/b/2'], 'many-beside'],
    [
      'classes in file names',
      ['train/cat.1.jpg', 'train/cat.2.jpg', 'train/dog.1.jpg', 'train/dog.2.jpg'],
      'file-names',
    ],
  ])('asks about %s', (_name, paths, doubt) => {
    expect(doubts(paths)).toContain(doubt);
  });

  it('offers every other way once, with the labels it gives', () => {
    const readings = everyReading(files(['s/apple/fresh/1', 's/apple/rotten/2', 's/pear/fresh/3']), 'x', new Map());
    expect(readings.map(({ choice, labels }) => [choice, [...labels.keys()]])).toEqual([
      ['found', ['apple', 'pear']],
      ['level-1', ['s']],
      ['level-3', ['fresh', 'rotten']],
      ['one', ['x']],
    ]);
  });
});

describe('a dataset of our own', () => {
  const hash = (n: number) => `${n}`.padStart(64, 'a');
  const paths = [
    `dataset/train/train/${hash(1)}.jpg`,
    `dataset/train/test/${hash(2)}.png`,
    `dataset/valid/label =x/${hash(3)}.jpg`,
  ];

  it('comes back with its classes, whatever they are called', () => {
    expect(told(paths)).toBe('label =x 1, test 1, train 1');
    expect(told(paths.slice(0, 1))).toBe('train 1');
  });

  it('comes back with the names of its classes, by their numbers', () => {
    const line = (file: string, label: unknown) => `${JSON.stringify({ file_name: file, label })}\n`;
    const tables = new Map([
      ['dataset/labels.json', '["=x", "007", "Train, \\"fast\\""]\n'],
      ['dataset/valid/metadata.jsonl', line(`label =x/${hash(3)}.jpg`, 0)],
      ['dataset/train/metadata.jsonl', line(`train/${hash(1)}.jpg`, 2) + line(`test/${hash(2)}.png`, 1)],
    ]);
    const { labels } = readFolders(files(paths), 'x', tables);
    expect([...labels.keys()].sort()).toEqual(['007', '=x', 'Train, "fast"']);
  });

  it.each([
    ['no list of names', undefined],
    ['a broken list', '["=x", '],
    ['a list of no words', '[1, 2, 3]'],
    ['a number too few', '[]'],
  ])('comes back with the names of its folders where there is %s', (_, names) => {
    const tables = new Map([
      ...(names === undefined ? [] : [['dataset/labels.json', names] as const]),
      ['dataset/train/metadata.jsonl', `{"file_name":"train/${hash(1)}.jpg","label":0}\n{"broken\n`],
    ]);
    const { labels } = readFolders(files(paths), 'x', tables);
    expect([...labels.keys()].sort()).toEqual(['label =x', 'test', 'train']);
  });

  it('is read from image folders of others, whose lines have words', () => {
    const tables = new Map([
      ['set/metadata.jsonl', '\uFEFF{"file_name":"1","label":"cat"}\n\n{"file_name":"2","label":"7"}\n'],
    ]);
    const { labels } = readFolders(files(['set/1', 'set/2']), 'x', tables);
    expect([...labels.keys()]).toEqual(['cat', '7']);
  });

  it('comes back with the names of its tables, as earlier versions wrote them', () => {
    const tables = new Map([
      ['dataset/valid/metadata.csv', `file_name,label\r\nlabel =x/${hash(3)}.jpg,'=x\r\n`],
      ['dataset/train/metadata.csv', `file_name,label\r\ntrain/${hash(1)}.jpg,"Train, ""fast"""\r\n`],
    ]);
    const { labels } = readFolders(files(paths), 'x', tables);
    expect([...labels.keys()].sort()).toEqual(['=x', 'Train, "fast"', 'test']);
  });
});

describe('random trees', () => {
  const SPLITS = [
    ['train', 'test'],
    ['Train', 'Valid', 'Test'],
    ['training_set', 'test_set'],
    ['seg_train', 'seg_test'],
    ['training', 'validation', 'testing'],
    ['train', 'dev', 'eval'],
    ['TRAIN', 'VAL'],
    ['train_images', 'holdout_images'],
    ['fold1', 'fold2', 'fold3'],
    ['entraînement', 'test'],
    ['обучение', 'проверка'],
    ['学習用', 'テスト用'],
    ['treino', 'validação', 'teste'],
  ];
  const NAMES = [
    'cat',
    'dog',
    'train',
    'test',
    'val',
    '0',
    '1',
    '10',
    'n01440764',
    'Black bear',
    'plane',
    '猫',
    'images of cats',
    'data scientist',
  ];
  const tree = fc
    .record({
      classes: fc.uniqueArray(fc.constantFrom(...NAMES), { minLength: 2, maxLength: 6 }),
      wrappers: fc.array(fc.constantFrom('archive', 'my set', 'data', 'images', 'Pets 2020'), { maxLength: 2 }),
      splits: fc.option(fc.constantFrom(...SPLITS)),
      doubled: fc.boolean(),
      below: fc.boolean(),
      folds: fc.boolean(),
      inner: fc.option(fc.constantFrom('images', 'raw', 'cam 1')),
      stray: fc.boolean(),
      mac: fc.boolean(),
      copy: fc.boolean(),
    })
    // A set all of whose classes bear splits' names is no set anybody can tell.
    .filter(({ classes }) => classes.some(name => !['train', 'test', 'val'].includes(name)));

  it('give back their classes, or are asked about', () => {
    fc.assert(
      fc.property(tree, ({ classes, wrappers, splits, doubled, below, folds, inner, stray, mac, copy }) => {
        const top = wrappers.map(name => `${name}/`).join('');
        const paths: string[] = [];
        // Folds in folds are nobody's.
        const within = splits && folds && !splits.includes('fold1') ? ['fold_0/', 'fold_1/'] : [''];
        const place = (top: string, n: number) => {
          for (const fold of within) placeIn(`${top}${fold}`, n);
        };
        const placeIn = (root: string, n: number) => {
          for (const name of classes) {
            const within = inner ? `${inner}/` : '';
            if (!splits) paths.push(`${root}${name}/${within}${n}.jpg`);
            else if (below) for (const split of splits) paths.push(`${root}${name}/${split}/${within}${n}.jpg`);
            else
              for (const split of splits)
                paths.push(`${root}${split}/${doubled ? `${split}/` : ''}${name}/${within}${n}.jpg`);
          }
        };
        place(top, 1);
        const last = wrappers.at(-1);
        if (copy && last !== undefined && last !== 'data' && last !== 'images') place(`${top}${last}/`, 2);
        const expected = paths.length / classes.length;
        if (stray) paths.push(`${top}preview.png`);
        if (mac) paths.push(`__MACOSX/${paths[0]}`);
        const { labels, doubts: asked, left } = readFolders(files(paths), 'otherwise', new Map());
        if (asked.length > 0) return;
        expect([...labels.keys()].sort()).toEqual([...classes].sort());
        expect([...labels.values()].map(members => members.length)).toEqual(classes.map(() => expected));
        expect(left['beside-classes']?.length ?? 0).toBe(stray ? 1 : 0);
      }),
      { numRuns: 2000, seed: 13 },
    );
  });

  it('are hardly ever asked about when nothing is odd in them', () => {
    let asked = 0;
    const runs = 500;
    fc.assert(
      fc.property(tree, ({ classes, wrappers, splits }) => {
        const top = wrappers.map(name => `${name}/`).join('');
        const paths = classes.flatMap(name =>
          (splits ?? ['']).map(split => `${top}${split && `${split}/`}${name}/1.jpg`),
        );
        if (classFolders(files(paths), 'x').doubts.length > 0) asked++;
      }),
      { numRuns: runs, seed: 13 },
    );
    expect(asked).toBeLessThan(runs / 5);
  });
});

/** Folders, of as many files as a zip may hold. */
const MANY = 32_000;
const each = (of: (i: number) => string[]) =>
  Array.from({ length: MANY }, (_, i) => of(i)).flatMap(paths => paths.map(path => ({ path })));

it.each([
  ['folds of one split each', each(i => [`fold${i}/train/a${i}/1.jpg`])],
  ['images and masks in every class', each(i => [`a/c/${i}/images/1.jpg`, `a/c/${i}/masks/1.jpg`])],
  ['splits among others', each(i => [`train${i}/a/1.jpg`, `o${i}/1.jpg`])],
  ['copies of their neighbours', each(i => [`k${i}/k${i + 1}/1.jpg`])],
])('reads a tree of tens of thousands of folders in seconds: %s', (_, images) => {
  const began = performance.now();
  everyReading(images, 'x', new Map());
  expect(performance.now() - began).toBeLessThan(10_000);
});
