// What pages call to look for wrong labels: starts the worker, passes progress on, and ends it.
import * as Comlink from 'comlink';
import { backbonesOf, inputLength } from '../../backbones/together';
import type { Model } from '../../contract/report';
import { penaltyOf } from '../../pipeline/head/penalty';
import { readDataset } from './dataset';
import type { DoubtsWorker } from './doubts.worker';
import DoubtsThread from './doubts.worker?worker';
import { inWorker } from './one-call';

/** An image whose label is unlikely to models that learnt from the others. */
export interface Doubt {
  sha256: string;
  labelId: string;
  suggestedId: string;
  /** Probabilities of its own label and of the one suggested. */
  own: number;
  suggested: number;
}

/**
 * The images as they are labelled now, least likely label first. Judges by the cached features the model's head reads.
 * Rejects as `readDataset` does, and with the signal's reason.
 */
export async function findDoubts(
  model: Model,
  onFold: (done: number, total: number) => void,
  signal: AbortSignal,
): Promise<Doubt[]> {
  const { head, report } = model;
  const { samples, labels } = await readDataset();
  const job = {
    samples,
    classes: labels.length,
    backboneIds: backbonesOf(model).map(({ id }) => id),
    length: inputLength(model),
    backend: report.backend,
    penalty: penaltyOf(head),
    balanced: report.head.options.classWeights,
    seed: report.seed,
  };
  const find = (remote: Comlink.Remote<DoubtsWorker>) => remote.find(job, Comlink.proxy(onFold));
  const found = await inWorker(DoubtsThread, find, signal);
  const truth = new Map(samples.map(sample => [sample.sha256, sample.truth]));
  return found.map(({ sha256, predicted, own, likeliest }) => ({
    sha256,
    labelId: labels[truth.get(sha256) ?? -1]!.id,
    suggestedId: labels[predicted]!.id,
    own,
    suggested: likeliest,
  }));
}
