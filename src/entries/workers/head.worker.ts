// Trains the head off the page's thread: features from the cache in, a stored model with its report out.
import { GleanerError } from '../../contract/error';
import { type BackboneInfo, type BackendName, FEATURE_LENGTH, type Variant } from '../../contract/features';
import type { EpochRecord, HeadWeights } from '../../contract/head';
import type { TrainRequest } from '../../contract/learner';
import type { Model, Report, Verdict } from '../../contract/report';
import { SPLITS, type Split } from '../../contract/sample';
import { getFeatures } from '../../edges/store/features';
import { newestModel, saveModel } from '../../edges/store/models';
import { onDevice, startBackend } from '../../edges/tf-backend';
import { alikePairs } from '../../pipeline/bucket/alike-features';
import { classify, type FeatureTable, forClasses, learntHeldOut, newsSince, trainHead } from '../../pipeline/head';
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
  /** Pairs of pictures the backbone finds alike, by SHA-256 and the most alike first; those without features have none. */
  async alike(backboneId: string, sha256s: string[], backend: BackendName): Promise<[string, string][]> {
    stopping = new AbortController();
    await startBackend(backend);
    const read: string[] = [];
    const rows = new Float32Array(sha256s.length * FEATURE_LENGTH);
    for (let start = 0; start < sha256s.length; start += READ_AT_ONCE) {
      const part = sha256s.slice(start, start + READ_AT_ONCE);
      for (const [i, features] of (await getFeatures(backboneId, part)).entries()) {
        if (!features) continue;
        rows.set(features.m, read.length * FEATURE_LENGTH);
        read.push(part[i]!);
      }
    }
    const table = rows.subarray(0, read.length * FEATURE_LENGTH);
    const pairs = await onDevice(() => alikePairs(table, FEATURE_LENGTH, stopping.signal));
    return pairs.map(({ a, b }) => [read[a]!, read[b]!]);
  },

  /** Rejects with 'no_images' or 'one_label' when nothing can be learnt. */
  async train(job: HeadJob, onNote: HeadNote): Promise<Model> {
    stopping = new AbortController();
    await startBackend(job.backend);
    const began = performance.now();
    const { table, samples, unread, mirrored } = await readTable(job);
    const rows = (split: Split) =>
      Int32Array.from(samples.flatMap((sample, row) => (sample.split === split ? [row] : [])));
    const [train, valid, test] = SPLITS.map(rows) as [Int32Array, Int32Array, Int32Array];
    const { choice, options, timeCap } = job.request;
    const { start, news } = await beginning(job);
    const fit = () =>
      trainHead({
        table,
        // The mirror images stand after all others, and only training sees them.
        train: Int32Array.from([...train, ...Array.from({ length: mirrored }, (_, i) => samples.length + i)]),
        valid,
        choice,
        options,
        timeCap,
        start,
        onProgress: onNote,
        signal: stopping.signal,
      });
    const head = await onDevice(fit);
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
        head: {
          choice,
          kind: head.weights.kind,
          options,
          leaderboard: head.leaderboard,
          reason: start ? { code: 'continued', words: [String(news)] } : head.reason,
        },
        epochs: head.history.length,
        bestEpoch: head.bestEpoch,
        history: head.history,
        skipped: unread.length,
        seconds: { features: job.seconds, head: (performance.now() - began) / 1000 },
        imagesPerSecond: job.imagesPerSecond,
        seed: options.seed,
        trainedAt: now,
      },
      verdicts,
    );
    const { labels, backbone } = job;
    const model: Model = {
      id: crypto.randomUUID(),
      createdAt: now,
      labels,
      backbone,
      head: head.weights,
      ...(head.unseen ? { unseen: head.unseen } : {}),
      unread,
      report,
      verdicts,
    };
    await saveModel(model);
    return model;
  },

  /** Ends the training early; `train` resolves with the best so far, `alike` rejects. */
  stop: () => stopping.abort(),
};
export type HeadWorker = typeof api;
offer(api);

/** The head to go on from, if one was asked for and there is one, and how many images are new to it. */
async function beginning({
  request,
  backbone,
  samples,
  labels,
}: HeadJob): Promise<{ start?: HeadWeights; news: number }> {
  const model = request.goOn ? await newestModel() : undefined;
  if (model?.backbone.id !== backbone.id) return { news: samples.length };
  const from = model.unseen ?? model.head;
  if (from.kind === 'article' && learntHeldOut(model, samples)) return { news: samples.length };
  const ids = (list: Model['labels']) => list.map(({ id }) => id);
  const start = forClasses(from, ids(model.labels), ids(labels), request.options.seed);
  return { start, news: newsSince(model, samples, labels).images };
}

interface Read {
  table: FeatureTable;
  /** The samples of the first rows; `mirrored` rows of mirror images follow. */
  samples: HeadSample[];
  mirrored: number;
  /** Samples without features: their picture could not be read. */
  unread: string[];
}

async function readTable({ samples, labels, backbone, request }: HeadJob): Promise<Read> {
  const learnt = request.options.mirror ? samples.filter(({ split }) => split === 'train') : [];
  const length = (samples.length + learnt.length) * FEATURE_LENGTH;
  const [m, q] = [new Float32Array(length), new Float32Array(length)];
  const rows: HeadSample[] = [];
  const add = async (some: HeadSample[], variant: Variant) => {
    for (let start = 0; start < some.length; start += READ_AT_ONCE) {
      const part = some.slice(start, start + READ_AT_ONCE);
      const sha256s = part.map(({ sha256 }) => sha256);
      for (const [i, found] of (await getFeatures(backbone.id, sha256s, variant)).entries()) {
        if (!found) continue;
        m.set(found.m, rows.length * FEATURE_LENGTH);
        q.set(found.q, rows.length * FEATURE_LENGTH);
        rows.push(part[i]!);
      }
    }
  };
  await add(samples, '');
  const plain = rows.slice();
  if (plain.length === 0) throw new GleanerError('no_images');
  await add(learnt, 'mirror');
  const read = new Set(plain);
  const table: FeatureTable = {
    count: rows.length,
    length: FEATURE_LENGTH,
    m,
    q,
    truth: Int32Array.from(rows, ({ truth }) => truth),
    classes: labels.length,
    groups: rows.map(({ group }) => group),
  };
  const unread = samples.filter(sample => !read.has(sample)).map(({ sha256 }) => sha256);
  return { table, samples: plain, mirrored: rows.length - plain.length, unread };
}
