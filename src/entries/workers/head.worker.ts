// Trains the head off the page's thread: features from the cache in, a stored model with its report out.
import { idsOf } from '../../backbones/together';
import type { BackboneInfo } from '../../contract/features';
import type { BackboneComparison } from '../../contract/head';
import type { Model, Report, Verdict } from '../../contract/report';
import { SPLITS, type Split } from '../../contract/sample';
import { saveModel } from '../../edges/store/models';
import { onDevice, startBackend } from '../../edges/tf-backend';
import type { BackboneChoice } from '../../pipeline/head/backbone-choice';
import { classify } from '../../pipeline/head/classify';
import { learnResemblance } from '../../pipeline/head/resemblance';
import { type TrainedHead, trainHead } from '../../pipeline/head/train';
import { assembleReport } from '../../pipeline/report/report';
import { compareBackbones, SHARE } from './compare-backbones';
import { readTable, type TrainingTable } from './feature-table';
import type { HeadJob, HeadNote } from './head-job';
import { headToResumeFrom } from './resume';
import { expose } from './worker-bridge';

/** The worker lives for one training. */
const stopping = new AbortController();

const api = {
  /** Rejects with 'no_images' or 'one_label' when nothing can be learnt. */
  async train(asked: HeadJob, onNote: HeadNote): Promise<Model> {
    await startBackend(asked.backend);
    const began = performance.now();
    const { input, against } = await onDevice(() => compareBackbones(asked, onNote, stopping.signal));
    const job = { ...asked, ...input };
    const read = await readTable(job);
    const { table, samples, mirrored } = read;
    const rows = (split: Split) =>
      Int32Array.from(samples.flatMap((sample, row) => (sample.split === split ? [row] : [])));
    const [train, valid, test] = SPLITS.map(rows) as [Int32Array, Int32Array, Int32Array];
    const { choice, options, timeCap } = job.request;
    const { start, news } = await headToResumeFrom(job);
    const fit = () =>
      trainHead({
        table,
        // The mirror images stand after all others, and only training sees them.
        train: Int32Array.from([...train, ...Array.from({ length: mirrored }, (_, i) => samples.length + i)]),
        valid,
        // The article's head stands on one network: several have linear ones.
        choice: input.beside ? 'linear' : choice,
        options,
        timeCap: against ? (1 - SHARE) * timeCap : timeCap,
        start,
        onProgress: onNote,
        signal: stopping.signal,
      });
    const head = await onDevice(fit);
    const leaderboard = head.leaderboard && [...head.leaderboard, ...(against?.others ?? [])];
    const reason = start ? { code: 'continued', words: [String(news)] } : head.reason;
    const verdicts = [
      ...verdictsOf(read, train, await classify(head.weights, table, train)),
      ...verdictsOf(read, valid, head.valid),
      ...verdictsOf(read, test, await classify(head.weights, table, test)),
    ];
    const resemblance = learnResemblance(table, Int32Array.from([...train, ...valid]));
    const seconds = (performance.now() - began) / 1000;
    const model = {
      ...modelOf(job, read, { ...head, leaderboard, reason, against }, verdicts, seconds),
      ...(resemblance && { resemblance }),
    };
    await saveModel(model);
    return model;
  },

  /** Ends the training early; `train` resolves with the best so far. */
  stop: () => stopping.abort(),
};
export type HeadWorker = typeof api;
expose(api);

/** @param p  probabilities [rows × classes] */
function verdictsOf({ table, samples }: TrainingTable, rows: Int32Array, p: Float32Array): Verdict[] {
  return Array.from(rows, (row, i) => {
    const { sha256, truth, split } = samples[row]!;
    return { sha256, split, truth, p: Array.from(p.subarray(i * table.classes, (i + 1) * table.classes)) };
  });
}

function withPace(comparisons: BackboneComparison[], pace: HeadJob['pace']): BackboneComparison[] {
  return comparisons.map(one => {
    const [winner, other] = [paceOf(one.winner, pace), paceOf(one.other, pace)];
    return winner === undefined || other === undefined ? one : { ...one, seconds: { winner, other } };
  });
}

/** Several together take as long as one after the other. */
function paceOf(id: string, pace: HeadJob['pace']): number | undefined {
  const all = idsOf(id).map(one => pace[one]);
  return all.reduce((sum, one) => (sum === undefined || one === undefined ? undefined : sum + one), 0);
}

/** What is stored of the training, under a new id. `seconds` are those of the head. */
function modelOf(
  { request, labels, backbone, beside, pace, leftOut, backend, found, stored, rejected, ...features }: HeadJob,
  { unread }: TrainingTable,
  {
    weights,
    unseen,
    leaderboard,
    reason,
    history,
    bestEpoch,
    against,
  }: Omit<TrainedHead, 'reason' | 'leaderboard'> &
    Pick<Report['head'], 'reason' | 'leaderboard'> & { against: BackboneChoice | undefined },
  verdicts: Verdict[],
  seconds: number,
): Model {
  const { choice, options } = request;
  const createdAt = Date.now();
  const report = assembleReport(
    {
      labels: labels.map(({ name }) => name),
      found,
      stored,
      rejected,
      backbone: shortly(backbone),
      ...(beside && { beside: beside.map(shortly) }),
      backend,
      head: {
        choice,
        kind: weights.kind,
        options,
        leaderboard,
        reason,
        ...(against && against.comparisons.length > 0 ? { backbones: withPace(against.comparisons, pace) } : {}),
        ...(leftOut.length > 0 ? { leftOut } : {}),
      },
      epochs: history.length,
      bestEpoch,
      history,
      skipped: unread.length,
      seconds: { features: features.seconds, head: seconds },
      imagesPerSecond: features.imagesPerSecond,
      seed: options.seed,
      trainedAt: createdAt,
    },
    verdicts,
  );
  return {
    id: crypto.randomUUID(),
    createdAt,
    labels,
    backbone,
    ...(beside && { beside }),
    head: weights,
    ...(unseen ? { unseen } : {}),
    unread,
    report,
    verdicts,
  };
}

function shortly({ id, weights }: BackboneInfo): Report['backbone'] {
  return { id, weights };
}
