// A small sound backup: its rows, and a way to pack altered tables with the hashes that a backup must have.
import { createHash } from 'node:crypto';
import { reportRow, sampleRow } from '../../harness/rows';
import { DEFAULT_SETTINGS, projectSettings } from '../../src/contract/settings';
import { craftZip, type Part } from './craft-zip';

export const IMAGE = new TextEncoder().encode('the bytes of a picture');
const hashOf = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex');
const HASH = hashOf(IMAGE);
const ID = '123e4567-e89b-12d3-a456-426614174000';
const HARVEST = '123e4567-e89b-12d3-a456-426614174001';
const provenance = { engine: 'bing', query: 'bear', pageUrl: 'https://a.test/', harvestedAt: 1 };
const candidate = { url: 'https://a.test/1.png', width: 10, height: 20, title: 'a bear' };
const settings = projectSettings(DEFAULT_SETTINGS);
const labels: [string, string] = ['bear', 'cat'];

/** One row of each table, and the manifest's settings. */
export const ROWS = {
  settings,
  labels: { id: ID, name: 'bear', folder: 'bear', colour: 1, createdAt: 2 },
  samples: sampleRow(HASH, {
    labelId: ID,
    type: 'png',
    bytes: IMAGE.length,
    width: 10,
    height: 20,
    candidate,
    provenance,
    harvestId: HARVEST,
    addedAt: 3,
    confirmedLabels: [ID],
  }),
  features: { sha256: HASH, backbone: 'resnet50', variant: '' },
  harvests: {
    id: HARVEST,
    labelId: ID,
    engine: 'bing',
    query: 'bear',
    pageUrl: 'https://a.test/',
    startedAt: 1,
    tiles: 1,
    found: 1,
    added: 1,
    known: 0,
    refused: { 'no-full-size': 1 },
    undone: false,
  },
  jobs: {
    labelId: ID,
    harvestId: HARVEST,
    candidate,
    provenance,
    state: 'stored',
    attempts: 1,
    notBefore: 1,
    sha256: HASH,
  },
  models: {
    id: ID,
    createdAt: 5,
    labels: labels.map((name, i) => ({ id: `${ID.slice(0, -1)}${i}`, name, folder: name })),
    backbone: { id: 'resnet50', family: 'keras-v1', weights: 'seeded', source: 'seed 1' },
    head: { kind: 'linear', classes: 2, l2: 0.1 },
    report: reportRow(labels),
    verdicts: [{ sha256: HASH, split: 'test', truth: 1, p: [0.25, 0.75] }],
  },
};

/** A table's file: texts, each so many times, and how many rows the manifest says there are. */
export interface DraftPiece {
  table: string;
  path: string;
  rows: number;
  texts: [text: string, times: number][];
  /** How often the manifest names it. */
  named: number;
}

export interface Draft {
  settings: unknown;
  pieces: DraftPiece[];
}

/** The sound backup as a draft, without a model: its numbers are half of a file of their own. */
export function soundDraft(): Draft {
  const tables = ['labels', 'samples', 'harvests', 'jobs'] as const;
  const pieces = tables.map(table => ({
    table,
    path: `${table}/00000.jsonl`,
    rows: 1,
    texts: [[`${JSON.stringify(ROWS[table])}\n`, 1]] as [string, number][],
    named: 1,
  }));
  return { settings, pieces };
}

/** Characters of one table at most, so that packing takes no longer than reading. */
const MOST_CHARACTERS = 8_000_000;

/** The draft as a zip in which every hash is right, whatever stands in it. */
export function packDraft({ settings, pieces }: Draft): Uint8Array<ArrayBuffer> {
  const files: Part[] = [];
  const listed: unknown[] = [];
  for (const { table, path, rows, texts, named } of pieces) {
    const text = texts
      .map(([part, times]) => part.repeat(Math.min(times, Math.floor(MOST_CHARACTERS / Math.max(1, part.length)))))
      .join('')
      .slice(0, MOST_CHARACTERS);
    const data = new TextEncoder().encode(text);
    files.push({ path, data, deflate: true });
    const entry = { table, path, rows, sha256: hashOf(data), numbers: '' };
    for (let n = 0; n < Math.min(named, 20_000); n++) listed.push(entry);
  }
  const manifest = { format: 'gleaner-backup', version: 1, part: 1, last: true, settings, pieces: listed };
  const head = { path: 'backup.json', data: new TextEncoder().encode(JSON.stringify(manifest)) };
  return craftZip([head, ...files, { path: `images/${HASH}.png`, data: IMAGE }]);
}
