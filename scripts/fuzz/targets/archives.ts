// Readers of zips and backups, which may come from anybody.

import { entryName } from '../../../src/formats/zip/entry-name';
import { manifestShape } from '../../../src/pipeline/backup/format';
import { modelRow } from '../../../src/pipeline/backup/model-row';
import { openBackup } from '../../../src/pipeline/backup/open-backup';
import { featureRow, harvestRow, jobRow, labelRow, sampleRow } from '../../../src/pipeline/backup/rows';
import { settingsRow } from '../../../src/pipeline/backup/settings-row';
import type { Shape } from '../../../src/pipeline/backup/shape';
import type { Random } from '../../../src/pipeline/head/random';
import { classFolders } from '../../../src/pipeline/import/folders';
import { openZip } from '../../../src/pipeline/import/open-zip';
import { craftZip } from '../craft-zip';
import { mutateJson, mutateText, pick } from '../mutate';
import { type Draft, IMAGE, packDraft, ROWS, soundDraft } from '../small-backup';
import { bytes, bytesIn, type Target, text, textIn } from '../target';
import { TEXT_TOKENS } from '../tokens';

const encoded = (words: string) => new TextEncoder().encode(words);
/** Files larger than this are not unpacked: that they may be is a promise of the directory, not its reading. */
const MOST_UNPACKED = 4_000_000;

/** Any entry that leads elsewhere than below the root. */
function pathFault(path: string): string | undefined {
  const parts = path.split('/');
  return /^\/|\\|^[a-z]:|\p{Cc}/iu.test(path) || parts.includes('..') || parts.includes('.')
    ? `path ${path}`
    : undefined;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function rowTarget(name: string, shape: Shape<unknown>, row: unknown, of: string[]): Target {
  return textIn({
    name: `row:${name}`,
    of,
    samples: () => [JSON.stringify(row)],
    mutate: mutateJson,
    prepare: parsed,
    run: value => shape(value, name),
    refusals: /^backup_field$/,
    fault: checked => (Object.getPrototypeOf(checked) === Object.prototype ? undefined : 'not a plain object'),
  });
}

const BOMBS: [string, number][] = [
  ['\n', 4_000_000],
  ['[]', 500_000],
  ['{},', 500_000],
  ['[', 2_000_000],
  ['[],', 1_000_000],
  ['{"a":1}\n', 500],
];

/** Structure: how often a text stands in a table, what the manifest says of it, and the rows themselves. */
function mutateDraft(json: string, random: Random): string {
  const draft = parsed(json) as Draft | undefined;
  const piece = draft?.pieces.length ? pick(random, draft.pieces) : undefined;
  if (!draft || !piece) return json;
  switch (random.integer(6)) {
    case 0:
      piece.texts.splice(random.integer(2), random.integer(2), pick(random, BOMBS));
      break;
    case 1:
      piece.rows = pick(random, [0, 1, 500, 501]);
      break;
    case 2:
      piece.named = 2 ** random.integer(12);
      break;
    case 3:
      piece.texts = piece.texts.map(([part, times]) => [mutateText(part, random, TEXT_TOKENS, 200_000), times]);
      break;
    case 4:
      piece.texts = piece.texts.map(([part, times]) => [
        `${mutateJson(part.trim(), random)}\n`,
        times * pick(random, [1, 500]),
      ]);
      break;
    default:
      piece.path = pick(random, [...draft.pieces.map(each => each.path), 'labels/1.jsonl', '../x', 'backup.json']);
  }
  return JSON.stringify(draft);
}

export const archiveTargets: Target[] = [
  bytesIn({
    name: 'zip',
    of: [
      'formats/zip/directory',
      'formats/zip/read-entry',
      'formats/zip/unicode-path',
      'pipeline/import/open-zip',
      'pipeline/import/open-zip',
    ],
    samples: () => [
      craftZip([
        { path: 'set/bears/1.jpg', data: IMAGE },
        { path: 'set/cats/2.png', data: new Uint8Array(5000), deflate: true },
        { path: 'set/', data: new Uint8Array(0) },
      ]),
    ],
    prepare: file => new Blob([file]),
    run: async file => {
      const archive = await openZip(file);
      for (const entry of archive.entries) if (entry.size <= MOST_UNPACKED) await archive.read(entry);
      return { archive, folders: classFolders(archive.entries, 'otherwise') };
    },
    fault: ({ archive }) => archive.entries.map(({ path }) => pathFault(path)).find(Boolean),
    refusals: /^zip_/,
  }),
  bytes({
    name: 'entry-name',
    of: ['formats/zip/entry-name'],
    tokens: ['../', 'a/', 'con.', './'].map(encoded),
    samples: () => ['set/bears/1.jpg', 'CON.txt', 'C:\\x', 'b\u00e4r/'].map(encoded),
    longest: 65_535,
    run: name => entryName(name, true),
    fault: pathFault,
    refusals: /^(?:name|unfit|garbled)$/,
  }),
  textIn({
    name: 'open-backup',
    of: ['pipeline/backup/open-backup', 'pipeline/backup/read-piece'],
    samples: () => [JSON.stringify(soundDraft())],
    mutate: mutateDraft,
    slow: true,
    prepare: async json => {
      const draft = parsed(json) as Draft | undefined;
      const sound = draft && Array.isArray(draft.pieces) && draft.pieces.every(piece => Array.isArray(piece?.texts));
      return openZip(new Blob([packDraft(sound ? draft : soundDraft())])).catch(() => undefined);
    },
    run: async archive => {
      const backup = archive && (await openBackup(archive, 25_000_000, new AbortController().signal));
      return backup?.labels;
    },
    refusals: /^(?:backup_|zip_)/,
  }),
  text({
    name: 'manifest',
    of: ['pipeline/backup/format', 'pipeline/backup/shape'],
    samples: () => ['{"format":"gleaner-backup","version":1,"part":1,"last":true,"pieces":[]}'],
    mutate: mutateJson,
    run: json => manifestShape(parsed(json), 'backup.json'),
    refusals: /^backup_field$/,
  }),
  rowTarget('settings', settingsRow, ROWS.settings, ['pipeline/backup/settings-row']),
  rowTarget('label', labelRow, ROWS.labels, []),
  rowTarget('sample', sampleRow, ROWS.samples, []),
  rowTarget('feature', featureRow, ROWS.features, []),
  rowTarget('harvest', harvestRow, ROWS.harvests, []),
  rowTarget('job', jobRow, ROWS.jobs, []),
  rowTarget('model', modelRow, ROWS.models, ['pipeline/backup/model-row', 'pipeline/backup/report-shape']),
];
