// Trains the head off the page's thread: features from the cache in, a stored model with its report out.
import { GleanerError } from '../../contract/error';
import { type BackboneInfo, type BackendName, FEATURE_LENGTH } from '../../contract/features';
import type { EpochRecord } from '../../contract/head';
import type { TrainRequest } from '../../contract/learner';
import type { Model, Report, Verdict } from '../../contract/report';
import { SPLITS, type Split } from '../../contract/sample';
import { getFeatures } from '../../edges/store/features';
import { saveModel } from '../../edges/store/models';
import { startBackend } from '../../edges/tf-backend';
import { classify, type FeatureTable, trainHead } from '../../pipeline/head';
import { assembleReport } from '../../pipeline/report/report';
import { offer } from './crossing';

export interface HeadSample {
  sha256: string;
  /** Index into the labels. */
  truth: number;
  split: Split;
  group: string;
}

export interface HeadJob {
  request: TrainRequest;
  samples: HeadSample[];
  labels: Model['labels'];
  backbone: BackboneInfo;
  backend: BackendName;
  found: number;
  stored: number;
  rejected: Report['rejected'];
  seconds: number;
  imagesPerSecond: number;
}

export type HeadNote = (code: string, words: string[], history: EpochRecord[]) => void;

const READ_AT_ONCE = 256;
let stopping = new AbortController();

const api = {
  /** Rejects with 'no_images' or 'one_label' when nothing can be learnt. */
  async train(job: HeadJob, onNote: HeadNote): Promise<Model> {
    stopping = new AbortController();
    await startBackend(job.backend);
    const began = performance.now();
    const { table, samples } = await readTable(job);
    const rows = (split: Split) =>
      Int32Array.from(samples.flatMap((sample, row) => (sample.split === split ? [row] : [])));
    const [train, valid, test] = SPLITS.map(rows) as [Int32Array, Int32Array, Int32Array];
    const { choice, options, timeCap } = job.request;
    const head = await trainHead({
      table,
      train,
      valid,
      choice,
      options,
      timeCap,
      onProgress: onNote,
      signal: stopping.signal,
    });
    const judged: [Int32Array, Float32Array][] = [
      [train, await classify(head.weights, table, train)],
      [valid, head.valid],
      [test, await classify(head.weights, table, test)],
    ];
    const verdicts = judged.flatMap(([split, p]) =>
      Array.from(split, (row, i): Verdict => {
        const { sha256, truth, split } = samples[row]!;
        return { sha256, split, truth, p: Array.from(p.subarray(i * table.classes, (i + 1) * table.classes)) };
      }),
    );
    const now = Date.now();
    const report = assembleReport(
      {
        labels: job.labels.map(({ name }) => name),
        found: job.found,
        stored: job.stored,
        rejected: job.rejected,
        backbone: { id: job.backbone.id, weights: job.backbone.weights },
        backend: job.backend,
        head: { choice, kind: head.weights.kind, options, leaderboard: head.leaderboard, reason: head.reason },
        epochs: head.history.length,
        bestEpoch: head.bestEpoch,
        history: head.history,
        skipped: job.samples.length - samples.length,
        seconds: { features: job.seconds, head: (performance.now() - began) / 1000 },
        imagesPerSecond: job.imagesPerSecond,
        seed: options.seed,
        trainedAt: now,
      },
      verdicts,
    );
    const { labels, backbone } = job;
    const model = { id: crypto.randomUUID(), createdAt: now, labels, backbone, head: head.weights, report, verdicts };
    await saveModel(model);
    return model;
  },

  /** Ends the training early; `train` resolves with the best so far. */
  stop: () => stopping.abort(),
};
export type HeadWorker = typeof api;
offer(api);

/** Samples without features (their picture could not be read) are left out. */
async function readTable(job: HeadJob): Promise<{ table: FeatureTable; samples: HeadSample[] }> {
  const { length } = job.samples;
  const m = new Float32Array(length * FEATURE_LENGTH);
  const q = new Float32Array(length * FEATURE_LENGTH);
  const samples: HeadSample[] = [];
  for (let start = 0; start < length; start += READ_AT_ONCE) {
    const part = job.samples.slice(start, start + READ_AT_ONCE);
    const features = await getFeatures(
      job.backbone.id,
      part.map(({ sha256 }) => sha256),
    );
    for (const [i, found] of features.entries()) {
      if (!found) continue;
      m.set(found.m, samples.length * FEATURE_LENGTH);
      q.set(found.q, samples.length * FEATURE_LENGTH);
      samples.push(part[i]!);
    }
  }
  if (samples.length === 0) throw new GleanerError('no_images');
  const table: FeatureTable = {
    count: samples.length,
    length: FEATURE_LENGTH,
    m,
    q,
    truth: Int32Array.from(samples, ({ truth }) => truth),
    classes: job.labels.length,
    groups: samples.map(({ group }) => group),
  };
  return { table, samples };
}
