// A small sound backup: its rows, and a way to pack altered tables with the hashes that a backup must have.
import { createHash } from 'node:crypto';
import { ARTICLE_DEFAULTS } from '../../src/contract/head';
import { DEFAULT_SETTINGS } from '../../src/contract/settings';
import { craftZip, type Part } from './craft-zip';

export const PICTURE = new TextEncoder().encode('the bytes of a picture');
const hashOf = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex');
const HASH = hashOf(PICTURE);
const ID = '123e4567-e89b-12d3-a456-426614174000';
const HARVEST = '123e4567-e89b-12d3-a456-426614174001';
const provenance = { engine: 'bing', query: 'bear', pageUrl: 'https://a.test/', harvestedAt: 1 };
const candidate = { url: 'https://a.test/1.png', width: 10, height: 20, title: 'a bear' };
const { version: _version, ...settings } = DEFAULT_SETTINGS;
const labels = ['bear', 'cat'];
const score = (label: string) => ({ label, precision: 0.5, recall: 0.5, f1: 0.5, support: 2 });

/** One row of each table, and the manifest's settings. */
export const ROWS = {
  settings,
  labels: { id: ID, name: 'bear', folder: 'bear', colour: 1, createdAt: 2 },
  samples: {
    sha256: HASH,
    labelId: ID,
    split: 'train',
    type: 'png',
    bytes: PICTURE.length,
    width: 10,
    height: 20,
    dHash: HASH,
    group: HASH,
    candidate,
    provenance,
    harvestId: HARVEST,
    addedAt: 3,
    confirmedLabels: [ID],
  },
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
    report: {
      labels,
      counts: Object.fromEntries(labels.map(label => [label, { train: 1, valid: 2, test: 3 }])),
      found: 1,
      stored: 2,
      rejected: { 'not-found': 3 },
      backbone: { id: 'resnet50', weights: 'seeded' },
      backend: 'wasm',
      head: { choice: 'auto', kind: 'linear', options: ARTICLE_DEFAULTS, reason: { code: 'won', words: ['1'] } },
      epochs: 1,
      bestEpoch: 1,
      history: [{ epoch: 1, loss: 0.1, acc: 0.5, valLoss: 0.1, valAcc: 0.5 }],
      trainAccuracy: 1,
      validAccuracy: 1,
      testAccuracy: 1,
      testInterval: [0.1, 0.9],
      confusion: {
        labels,
        matrix: [
          [1, 2],
          [3, 4],
        ],
      },
      perClass: labels.map(score),
      seconds: { features: 1.5, head: 2.5 },
      imagesPerSecond: 3,
      seed: 1,
      trainedAt: 7,
    },
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
  return craftZip([head, ...files, { path: `images/${HASH}.png`, data: PICTURE }]);
}
