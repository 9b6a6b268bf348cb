// What is backed up; the caller knows where it is kept.
import type { Harvest } from '../../contract/harvest';
import type { Job } from '../../contract/job';
import type { Label } from '../../contract/label';
import type { Model } from '../../contract/report';
import type { Sample } from '../../contract/sample';
import type { ProjectSettings } from '../../contract/settings';
import type { BlobsOf } from '../streams/with-blobs';
import type { FeatureRow } from './rows';

/** Features of one image by one backbone, as cached: m, then q. */
export interface CachedFeatures extends Omit<FeatureRow, 'length'> {
  values: Float32Array;
}

/** Labels, harvests, jobs and models may come in any order. */
export interface BackupSource {
  settings: ProjectSettings;
  labels: Label[];
  harvests: Harvest[];
  models: Model[];
  /** Id of the one that answers because the user chose it. */
  chosenModel?: string;
  /** Live samples by rising SHA-256. */
  samples: AsyncIterable<Sample>;
  /** All jobs of a label by rising id. */
  jobs(labelId: string): AsyncIterable<Job>;
  blobsOf: BlobsOf;
  /** Which of these images are in the dataset by now: some may have come since their turn was. Absent where nothing changes. */
  live?: (sha256s: readonly string[]) => Promise<ReadonlySet<string>>;
  /** Cached features of some images, by rising SHA-256 and backbone; absent when they shall not be saved. */
  features?: (sha256s: string[]) => Promise<CachedFeatures[]>;
  /** The program's name and version, and the time: for the note in the file, not for the manifest. */
  generator: string;
  savedAt: Date;
}
