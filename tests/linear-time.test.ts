// Every reader of what others write takes time in proportion to it, also where one token or two in turn are all there is.
import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { describe, expect, it } from 'vitest';
import { judge } from '../scripts/fuzz/judge';
import { repeated } from '../scripts/fuzz/mutate';
import type { Input, Target } from '../scripts/fuzz/target';
import { targets } from '../scripts/fuzz/targets';
import { BYTE_TOKENS, TEXT_TOKENS } from '../scripts/fuzz/tokens';

/** Characters of a repetition: from where a cubic reader shows itself to where a quadratic one takes seconds. */
const SMALLEST = 1 << 6;
const LARGEST = 1 << 16;
/** Pairs are many, and what they find, they find early. */
const LARGEST_OF_PAIRS = 1 << 13;
/** The tokens that took longest are tried up to the length of a page. */
const SLOWEST = 3;
const LARGEST_OF_SLOWEST = 1 << 18;
/** What pairs well with a reader's own literals: what begins, ends and parts things. */
const PARTNERS: readonly string[] = [' ', '"', '\\', ',', '<', '[', 'a', '\n'];
/** Below this many milliseconds a time says nothing on a busy machine. */
const NOISE = 40;
/** Milliseconds that no input of this length may take: many times what the slowest reader needs. */
const most = (length: number) => 1000 + length * 0.005;
/** Sixteen times the length may take so many times as long; quadratic would be 256. */
const GROWTH = 64;

const own = (target: Target): readonly Input[] => (target.kind === 'text' ? TEXT_TOKENS : BYTE_TOKENS);
const joined = (one: Input, other: Input): Input =>
  typeof one === 'string' ? one + (other as string) : Uint8Array.from([...one, ...(other as Uint8Array)]);

function inputOf(target: Target, token: Input, length: number): Input {
  const times = Math.max(1, Math.floor(length / token.length));
  const input = typeof token === 'string' ? token.repeat(times) : repeated(token, times);
  return (target.around as ((input: Input) => Input) | undefined)?.(input) ?? input;
}

/** The least of a few times, since other work on the machine only adds to it. */
async function timeOf(target: Target, token: Input, length: number, times = 1): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let n = 0; n < times && least > NOISE; n++)
    least = Math.min(least, (await judge(target, inputOf(target, token, length))).ms);
  return least;
}

/** The time of the longest input, and, where time grows faster than the input or is more than any may take, how. */
async function growth(
  target: Target,
  token: Input,
  smallest: number,
  largest: number,
): Promise<{ ms: number; fault?: string }> {
  // Above a certain length growth is that of the memory that is collected meanwhile; a bound tells more there.
  const grown = (length: number, ms: number, before: number) =>
    length <= LARGEST && ms > NOISE && ms > GROWTH * Math.max(before, NOISE / 16);
  const times = new Map<number, number>();
  let ms = 0;
  for (let length = smallest; length <= Math.min(largest, target.longest ?? largest); length *= 4) {
    ms = await timeOf(target, token, length);
    let before = times.get(length / 16) ?? ms;
    if (grown(length, ms, before) || ms > most(length)) {
      // Once more, both of them: one slow moment is no growth.
      ms = await timeOf(target, token, length, 10);
      before = await timeOf(target, token, length / 16, 10);
      const shown = JSON.stringify(typeof token === 'string' ? token.slice(0, 60) : [...token.slice(0, 20)]);
      if (grown(length, ms, before) || ms > most(length))
        return { ms, fault: `${shown} × ${length}: ${ms.toFixed(0)} ms, a sixteenth of it ${before.toFixed(0)} ms` };
    }
    times.set(length, ms);
  }
  return { ms };
}

describe('a repetition', () => {
  it.each(targets.filter(({ slow }) => !slow).map(target => [target.name, target] as const))(
    'of a token or two takes %s no longer than its length',
    async (_name, target) => {
      const literals: readonly Input[] = target.tokens ?? [];
      const partners = target.kind === 'text' ? [...literals, ...PARTNERS] : literals;
      const tokens = target.whole ? partners : [...literals, ...own(target)];
      const times = new Map<Input, number>();
      for (const token of tokens) {
        const { fault, ms } = await growth(target, token, SMALLEST, LARGEST);
        expect(fault).toBeUndefined();
        times.set(token, ms);
      }
      if (target.whole) return;
      const slowest = [...tokens].sort((a, b) => (times.get(b) ?? 0) - (times.get(a) ?? 0)).slice(0, SLOWEST);
      for (const token of slowest)
        expect((await growth(target, token, LARGEST / 16, LARGEST_OF_SLOWEST)).fault).toBeUndefined();
      for (const one of literals) {
        for (const other of partners)
          expect((await growth(target, joined(one, other), SMALLEST, LARGEST_OF_PAIRS)).fault).toBeUndefined();
      }
    },
    600_000,
  );
});

const SHORT = 'what it scans is bounded just before';
const OURS = 'what it scans is our own';
/** Files without an entry, and why they need none. */
const WITHOUT: Record<string, string> = {
  'backbones/together': 'ids of backbones, which are bounded before; one mark',
  'backbones/index': 'ids of our own rows, one suffix; a file of a backup holds at most 200 letters of one',
  'backbones/resnet50': OURS,
  'edges/i18n': OURS,
  'edges/store/backend-checks': OURS,
  'edges/referer-rule': SHORT,
  'edges/weights-download': 'one anchored header of the one server asked, digits only',
  'engines/scan/google-hosts': SHORT,
  'engines/scan/image-sources': 'media queries cut to 300 characters; srcset and size-in-address have entries',
  'entries/background/menu-model': OURS,
  'entries/content/answers/answer-channel': SHORT,
  'entries/content/saved-page/kinds': 'names and attributes one by one, each in one anchored pass',
  'entries/content/saved-page/make-inert': 'texts of scripts one by one, single marks',
  'entries/content/saved-page/rebuild': 'names of attributes one by one, each in one anchored pass',
  'entries/content/answers/native-looks': OURS,
  'entries/content/saved-page/page-copy':
    'redact has an entry, the rest are single words; nesting has a test of its own',
  'entries/content/reading/stale-scripts': 'words looked for in texts that are bounded before',
  'entries/options/dataset/more-searches': 'our own words, and a field that holds 300 characters',
  'entries/parts/plan/searches-ahead': OURS,
  'entries/options/dataset/url-lists': "a file's own name",
  'entries/options/import/importing': "a file's own name",
  'entries/options/import/folder-words': 'paths that the reader of the tree has bounded',
  'entries/options/report/document/content': OURS,
  'entries/options/app/route': OURS,
  'entries/share-page/words': OURS,
  'entries/workers/exporter': OURS,
  'entries/parts/image-sources': 'lines of what the user pastes, one pass',
  'formats/tflite/write': OURS,
  'pipeline/export/dataset-card': 'labels and addresses of our own rows, single marks',
  'pipeline/export/dataset-entries': 'labels and addresses of our own rows, runs of blanks',
  'pipeline/export/model-readme': "a model's labels, runs of marks",
  'pipeline/export/one-line': "a model's labels, runs of blanks and controls",
  'pipeline/export/report-json': OURS,
  'pipeline/export/shared-page': 'a title, single marks; JSON of our own, one mark; our own template',
};

/** Files of byte formats that read nothing. */
const ONLY_WRITES = [
  'format-error',
  'hdf5/write',
  'image-header',
  'protobuf',
  'sha256',
  'steps',
  'tflite/metadata',
  'tflite/tables',
  'tflite/write',
  'zip/append',
  'zip/limits',
  'zip/write',
].map(file => `formats/${file}`);

describe('the list of readers', () => {
  const SRC = join(import.meta.dirname, '../src');
  const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
    .filter(name => /\.tsx?$/.test(name))
    .map(name => name.split(sep).join('/'));
  const named = new Set(targets.flatMap(({ of }) => of));
  const scans = (file: string) =>
    /\.(?:match|matchAll|replace|replaceAll|split|search|exec)\(|\bRegExp\(|\/[*+{][^/\n]*\/[dgimsuyv]*\.test\(|\.indexOf\([^)]*,/.test(
      readFileSync(join(SRC, file), 'utf8').replace(/\/\*[\s\S]*?\*\//g, ''),
    );

  it('names every file that takes a text or bytes apart, or says why not', () => {
    const unnamed = files
      .filter(file => !file.endsWith('.d.ts') && scans(file))
      .map(file => file.replace(/\.tsx?$/, ''))
      .filter(file => !named.has(file) && !Object.hasOwn(WITHOUT, file));
    expect(unnamed, 'Name it in `of` of a target in scripts/fuzz/targets, or here where it only writes.').toEqual([]);
  });

  it('names every file of a byte format that reads, wherever it looks', () => {
    const unnamed = files
      .filter(file => file.startsWith('formats/'))
      .map(file => file.replace(/\.ts$/, ''))
      .filter(file => !named.has(file) && !ONLY_WRITES.includes(file));
    expect(unnamed, 'Name it in `of` of a target in scripts/fuzz/targets, or here where it only writes.').toEqual([]);
  });

  it('names no file that is not there', () => {
    const there = new Set(files.map(file => file.replace(/\.tsx?$/, '')));
    expect([...named, ...Object.keys(WITHOUT), ...ONLY_WRITES].filter(file => !there.has(file))).toEqual([]);
  });
});
