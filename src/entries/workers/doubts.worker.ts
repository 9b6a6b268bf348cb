// Judges every image by fits that have not seen it, off the page's thread.
import type { BackendName } from '../../contract/features';
import type { Penalty } from '../../contract/head';
import { everyFeature } from '../../edges/store/features';
import { onDevice, startBackend } from '../../edges/tf-backend';
import { outOfFold } from '../../pipeline/head/out-of-fold';
import { type Doubted, doubted } from '../../pipeline/report/doubts';
import type { HeadSample } from './head-job';
import { expose } from './worker-bridge';

export interface DoubtsJob {
  samples: HeadSample[];
  classes: number;
  backboneIds: string[];
  /** Of the features these backbones give together. */
  length: number;
  backend: BackendName;
  penalty: Penalty;
  balanced: boolean;
  seed: number;
}

const api = {
  /** Doubted samples with their hashes, least self-confident first; samples without features are left out. */
  async find(job: DoubtsJob, onFold: (done: number, total: number) => void): Promise<(Doubted & { sha256: string })[]> {
    await startBackend(job.backend);
    const samples: HeadSample[] = [];
    const { length } = job;
    const m = new Float32Array(job.samples.length * length);
    for await (const { image, features } of everyFeature(job.backboneIds, job.samples)) {
      m.set(features.m, samples.length * length);
      samples.push(image);
    }
    const truth = Int32Array.from(samples, sample => sample.truth);
    const table = {
      count: samples.length,
      length,
      m: m.subarray(0, samples.length * length),
      // Only the article's head draws its dropout from q.
      q: new Float32Array(0),
      truth,
      classes: job.classes,
      groups: samples.map(({ group }) => group),
    };
    const p = await onDevice(() => outOfFold(table, { ...job, passes: 2 }, onFold));
    return p ? doubted(p, truth, job.classes).map(one => ({ ...one, sha256: samples[one.row]!.sha256 })) : [];
  },
};
export type DoubtsWorker = typeof api;
expose(api);
