// The import table of CONTRIBUTING.md, held as a test: who may import whom, and what every file must have.
import { readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { describe, expect, it } from 'vitest';
import { files, namesImported, ROOT, withoutComments } from './sources';
import { storeWriters } from './store-writers';

/**
 * Which rooms each room may import, besides itself. A room is `contract`, `engines`, `formats`, `backbones`, `kernels`, `edges`,
 * `pipeline/x` or `entries/x`.
 */
function allowed(room: string): (target: string) => boolean {
  if (['contract', 'formats', 'kernels'].includes(room)) return () => false;
  if (room === 'engines') return target => target === 'contract' || target === 'formats';
  if (room === 'backbones') return target => target === 'contract';
  // Data flows through every room of the pipeline in streams.
  if (room.startsWith('pipeline/'))
    return target => ['contract', 'formats', 'kernels', 'backbones', 'pipeline/streams'].includes(target);
  if (room === 'edges')
    return target => ['contract', 'formats', 'backbones'].includes(target) || target.startsWith('pipeline/');
  // What screens share may start workers, as they do.
  if (room === 'entries/parts') return target => !target.startsWith('entries/') || target === 'entries/workers';
  if (['entries/options', 'entries/popup', 'entries/share-page', 'entries/side-panel'].includes(room))
    return target => !target.startsWith('entries/') || target === 'entries/workers' || target === 'entries/parts';
  // The background imports the content scripts only as `?iife` file names, which never reach this function.
  return target => !target.startsWith('entries/');
}

function roomOf(path: string): string {
  const [, first, second] = path.split('/');
  return first === 'pipeline' || first === 'entries' ? `${first}/${second}` : (first ?? '');
}

function importsOf(file: string): string[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  const pattern = /(?:from|import)\s*\(?\s*['"](\.[^'"]+)['"]/g;
  return [...text.matchAll(pattern)]
    .map(match => match[1] ?? '')
    .filter(path => !path.endsWith('?iife'))
    .map(path =>
      relative(ROOT, join(ROOT, dirname(file), path))
        .split(sep)
        .join('/'),
    );
}

describe('the import table', () => {
  it.each(files)('%s imports only what its room may', file => {
    const room = roomOf(file);
    const may = allowed(room);
    for (const target of importsOf(file).filter(path => path.startsWith('src/'))) {
      const targetRoom = roomOf(target);
      expect(
        targetRoom === room || may(targetRoom),
        `${file} imports ${target}: ${room} must not know ${targetRoom}. Let entries/ wire the two.`,
      ).toBe(true);
    }
  });
});

/** Which rooms of the app each of its rooms may import; the frame around them, and the page itself, know them all. */
const ROOMS_OF_THE_APP: Record<string, string[]> = {
  app: [],
  image: ['app'],
  transfer: ['app'],
  backup: ['app', 'transfer'],
  import: ['app', 'transfer', 'backup'],
  dataset: ['app', 'image', 'import'],
  try: ['app', 'image', 'dataset'],
  train: ['app', 'try'],
  report: ['app', 'image', 'train'],
  export: ['app', 'transfer', 'backup', 'import', 'report'],
  settings: ['app', 'transfer', 'train'],
  shell: ['app', 'transfer', 'import', 'dataset', 'train', 'report', 'export', 'settings'],
};

describe('the screens of the app', () => {
  const app = 'src/entries/options/';
  const roomIn = (path: string) => path.slice(app.length).split('/')[0] ?? '';

  it.each(files.filter(file => file.startsWith(app) && file !== `${app}options.tsx`))(
    '%s imports what all screens share, and other screens one way only',
    file => {
      const room = roomIn(file);
      expect(Object.keys(ROOMS_OF_THE_APP), 'Add the room to the table, below those it builds on.').toContain(room);
      const others = importsOf(file)
        .filter(path => path.startsWith(app) && roomIn(path) !== room)
        .filter(path => !ROOMS_OF_THE_APP[room]?.includes(roomIn(path)));
      expect(others, `What ${room} and another screen both need goes to app/ or image/.`).toEqual([]);
    },
  );
});

describe('one way on the screens', () => {
  const screens = files.filter(file => /^src\/entries\/(options|popup|parts)\//.test(file));
  const holding = (pattern: RegExp) =>
    screens.filter(file => pattern.test(withoutComments(readFileSync(join(ROOT, file), 'utf8'))));

  it.each([
    ['choose files', /type="file"/, ['src/entries/parts/file-button.tsx'], 'FileButton or FileField'],
    ['answer a question', /class="row end"/, ['src/entries/options/app/confirm.tsx'], 'Confirm, or Answers in a form'],
    [
      'run a job that can be stopped',
      /new AbortController\(\)(?!\.signal)/,
      [
        'src/entries/options/app/read.ts',
        'src/entries/options/app/task.ts',
        // A notice with a way to stop, and the popup's one test: nothing of either is counted.
        'src/entries/options/dataset/url-lists.ts',
        'src/entries/parts/testing/testing.ts',
      ],
      'Task',
    ],
    ['say what went wrong', /console\.error/, ['src/entries/parts/complain.ts'], 'complain'],
  ])('to %s', (_, pattern, places, instead) => {
    expect(holding(pattern).sort(), `Use ${instead}.`).toEqual(places);
  });
});

describe('conventions', () => {
  it.each(files)('%s says on its first line what it is for', file => {
    const first = readFileSync(join(ROOT, file), 'utf8').split('\n', 1)[0] ?? '';
    expect(first, 'Begin the file with a comment of one line: // What this file is for.').toMatch(
      /^(\/\/ .{10,}|\/\*\* .{10,})/,
    );
  });

  it('has no attic: a file is named for what it holds', () => {
    const attics = files.filter(file => /\b(utils?|helpers?|misc|common)\b/.test(file));
    expect(attics, 'Name the file for its one function.').toEqual([]);
  });

  it('names browser APIs only in edges and entries', () => {
    const pattern =
      /\b(?:browser|chrome)\.(?:runtime|storage|tabs|scripting|permissions|i18n|alarms|action)\b|webextension-polyfill|\bindexedDB\b|\bnavigator\./;
    const guilty = files
      .filter(file => /^src\/(contract|formats|kernels|backbones|pipeline|engines)\//.test(file))
      .filter(file => pattern.test(withoutComments(readFileSync(join(ROOT, file), 'utf8'))));
    expect(guilty, 'Take what you need as an argument; src/edges holds the browser.').toEqual([]);
  });

  it('names the API of extensions, the database and locks in edges alone', () => {
    const pattern = /\bimport browser\b|\b(?:browser|chrome)\.\w|\bindexedDB\b|\bnavigator\.locks\b/;
    const naming = files.filter(file => pattern.test(withoutComments(readFileSync(join(ROOT, file), 'utf8'))));
    expect(naming.length).toBeGreaterThan(10);
    expect(
      naming.filter(file => !file.startsWith('src/edges/')),
      'One thin file of src/edges makes the call.',
    ).toEqual([]);
  });

  it('keeps in src/formats only what has a specification', () => {
    const readme = readFileSync(join(ROOT, 'src/formats/README.md'), 'utf8');
    const named = new Set([...readme.matchAll(/`([\w-]+(?:\.ts|\/))`/g)].map(([, name]) => name));
    const there = new Set(
      files
        .filter(file => roomOf(file) === 'formats')
        .map(file => file.replace(/^src\/formats\/([^/]+\/)?.*?([^/]*)$/, (_, folder, name) => folder ?? name)),
    );
    expect(
      [...there].filter(name => !named.has(name)),
      'Name its specification in src/formats/README.md.',
    ).toEqual([]);
    expect([...named].filter(name => name !== undefined && !there.has(name))).toEqual([]);
  });

  it('fetches addresses of others only behind the rules against private networks', () => {
    const values = files.filter(file =>
      /^import (?!type\b).*\/fetch-image'/m.test(readFileSync(join(ROOT, file), 'utf8')),
    );
    expect(values, 'Use fetchGuarded.').toEqual(['src/edges/fetch-guarded.ts']);
  });

  it('keeps files readable in one sitting', () => {
    const long = files.filter(file => readFileSync(join(ROOT, file), 'utf8').split('\n').length > 300);
    expect(long, 'Split the file: it has grown a second job.').toEqual([]);
  });
});

describe('who writes what', () => {
  const writers = storeWriters();

  /** What a function that writes these stores is for; images take their features along when they go. */
  function ownerOf(stores: ReadonlySet<string>): string | undefined {
    if (['labels', 'jobs', 'samples'].some(store => stores.has(store))) return 'entries/background';
    if (['features', 'backbones', 'models'].some(store => stores.has(store))) return 'entries/workers';
    return undefined;
  }

  it('finds the writers of every store, so that what follows is no empty word', () => {
    const written = (path: string) => {
      const [file, name = ''] = path.split('.');
      return [...(writers.get(`src/edges/store/${file}`)?.get(name) ?? [])];
    };
    expect(written('arrivals.storeArrivals').sort()).toEqual(expect.arrayContaining(['blobs', 'jobs', 'samples']));
    expect(written('sample-changes.moveSamples')).toContain('samples');
    expect(written('backbones.installBackbone')).toEqual(['backbones', 'meta']);
    expect(written('models.deleteModel').sort()).toEqual(['meta', 'models']);
    expect(written('merge-labels.mergeLabels')).toContain('labels');
    expect(written('labels.allLabels')).toEqual([]);
  });

  it('the background alone writes labels, jobs and samples; workers alone write features, backbones and models', () => {
    const strangers: string[] = [];
    for (const file of files.filter(name => name.startsWith('src/entries/'))) {
      for (const { name, target } of namesImported(file)) {
        const owner = ownerOf(writers.get(target)?.get(name) ?? new Set());
        if (owner && owner !== roomOf(file)) strangers.push(`${file}: ${name}`);
      }
    }
    expect(strangers.sort(), 'Ask the background by a message, or let a worker do it.').toEqual([]);
  });
});
