// Rows as collecting and training would have left them, for tests, benches and fuzzing: each says only what it is about.
import { ARTICLE_DEFAULTS } from '../src/contract/head';
import type { Report } from '../src/contract/report';
import type { Sample, Split } from '../src/contract/sample';

/** An image of a label `l`, in a group of its own. */
export function sampleRow(sha256: string, change: Partial<Sample> = {}): Sample {
  return {
    sha256,
    labelId: 'l',
    split: 'train',
    type: 'jpeg',
    bytes: 1,
    width: 200,
    height: 200,
    dHash: sha256,
    group: sha256,
    candidate: { url: '' },
    provenance: { engine: '', query: '', pageUrl: '', harvestedAt: 0 },
    harvestId: '',
    addedAt: 0,
    ...change,
  };
}

/** A name for the nth image that is scattered as SHA-256 are, and another's for no other n. */
export function scatteredHash(n: number): string {
  return (Math.imul(n + 1, 0x9e3779b1) >>> 0).toString(16).padStart(8, '0') + n.toString(16).padStart(56, '0');
}

/** Five of seven images train, in turn. */
export function splitOf(n: number): Split {
  return (['train', 'train', 'train', 'train', 'train', 'valid', 'test'] as const)[n % 7] ?? 'train';
}

/** What a search page says of the nth image, of the usual lengths. */
export function usualCandidate(n: number): Sample['candidate'] {
  return {
    url: `https://images.example/${n}/a-picture-with-a-name-of-usual-length.jpg`,
    title: `A picture with a title as search pages give them, number ${n}`,
    sourcePage: `https://pages.example/articles/${n}/where-the-picture-stands`,
  };
}

/** The report of a short training of two labels. */
export function reportRow(labels: readonly [string, string], change: Partial<Report> = {}): Report {
  return {
    labels: [...labels],
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
      labels: [...labels],
      matrix: [
        [1, 2],
        [3, 4],
      ],
    },
    perClass: labels.map(label => ({ label, precision: 0.5, recall: 0.5, f1: 0.5, support: 2 })),
    seconds: { features: 1.5, head: 2.5 },
    imagesPerSecond: 3,
    seed: 1,
    trainedAt: 7,
    ...change,
  };
}

/** The hashes of rows in one text, where each is a letter. */
export const letters = (rows: readonly Sample[]): string => rows.map(({ sha256 }) => sha256).join('');
