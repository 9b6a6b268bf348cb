// What pages may ask of the learning workers. Cancelling is always an AbortSignal.
import type { BackboneInfo, BackendName } from './features';
import type { ArticleOptions, EpochRecord, HeadChoice } from './head';
import type { Model, Prediction } from './report';

export interface TrainRequest {
  choice: HeadChoice;
  options: ArticleOptions;
  /** Seconds the automatic choice may take before it keeps the best so far. */
  timeCap: number;
  /**
   * Go on from the newest model: its head, with new labels appended, is where the fit begins, and no heads are compared.
   * Where that model cannot be gone on from, the training begins anew.
   */
  goOn?: boolean;
}

/** How far the dataset is from being learnt. */
export interface Standing {
  /** Images that take part, and those of them whose features are computed. */
  total: number;
  ready: number;
  /** What came since the newest model was trained; missing where there is no model to go on from. */
  news?: { images: number; labels: string[] };
}

/** Progress of features, then of the head. `secondsLeft` is missing until it can be told honestly. */
export type TrainProgress =
  | {
      phase: 'features';
      done: number;
      total: number;
      imagesPerSecond: number;
      backend: BackendName;
      secondsLeft?: number;
    }
  | { phase: 'head'; note: string; history: EpochRecord[]; epochs: number; secondsLeft?: number };

export interface Learner {
  /**
   * Computes the missing features, trains, evaluates and stores the model. Aborting during features keeps those done
   * and rejects with the signal's reason; aborting during epochs keeps the best epoch so far and resolves with it.
   * Rejects with a `GleanerError` that names what is missing (labels, images, weights).
   */
  train(request: TrainRequest, onProgress: (progress: TrainProgress) => void, signal: AbortSignal): Promise<Model>;
  /** Undefined where nothing can be trained yet. */
  standing(): Promise<Standing | undefined>;
  /** Loads the network ahead of a prediction that is likely to come; a failure is told by the prediction. */
  prepare(): Promise<void>;
  /** Classifies one picture with the newest model. */
  predict(image: Blob, signal: AbortSignal): Promise<Prediction>;
  /** Frees the workers. */
  close(): void;
}

/** How the weights of the backbone come into the app. */
export interface BackboneSource {
  /** What is installed now, or undefined. */
  current(): Promise<BackboneInfo | undefined>;
  /** Downloads Keras's file: progress in bytes, resumable, checked by MD5. */
  download(onProgress: (received: number, total: number) => void, signal: AbortSignal): Promise<BackboneInfo>;
  /** Reads a `.h5` or `.safetensors` file chosen by the user. */
  fromFile(file: File, signal: AbortSignal): Promise<BackboneInfo>;
  /** Name of the weights file packed into this build, or undefined when it brings none. */
  packedName(): Promise<string | undefined>;
  /** Reads and installs the packed file; rejects when there is none. */
  packed(signal: AbortSignal): Promise<BackboneInfo>;
  /** Seeded random weights: for tests and the demo only, marked on every screen. */
  seeded(seed: number): Promise<BackboneInfo>;
}
