// Looks at single pictures with the newest model.
import { GleanerError } from '../../contract/error';
import type { Prediction } from '../../contract/report';
import { readSettings } from '../../edges/settings';
import { installedBackbone } from '../../edges/store/backbones';
import { newestModel } from '../../edges/store/models';
import type { BackboneWorker } from './backbone.worker';
import type { WorkerLink } from './crossing';
import { onNextBackend } from './fallbacks';
import { openBackbone } from './feature-pool';

export interface Looker {
  prepare(): Promise<void>;
  predict(image: Blob, signal: AbortSignal): Promise<Prediction>;
  close(): void;
}

export function createLooker(): Looker {
  /** Kept from one picture to the next, because the weights take longer to load than a picture to classify. */
  let open: { id: string; worker: Promise<WorkerLink<BackboneWorker>> } | undefined;

  function close(): void {
    void open?.worker.then(worker => worker.terminate()).catch(() => undefined);
    open = undefined;
  }

  /** A GPU would first compile its shaders for seconds; wasm has classified the picture by then. */
  async function start(): Promise<WorkerLink<BackboneWorker>> {
    return onNextBackend((await readSettings()).backend ?? 'wasm', openBackbone);
  }

  /** A worker with the backbone of this id; one that failed is not used again. */
  async function look<T>(id: string, work: (worker: WorkerLink<BackboneWorker>) => Promise<T>): Promise<T> {
    if (open?.id !== id) close();
    open ??= { id, worker: start() };
    const mine = open;
    const giveUp = (error: unknown): never => {
      if (open === mine) close();
      throw error;
    };
    const worker = await mine.worker.catch(giveUp);
    return work(worker).catch(error => {
      // An error of ours is about the picture; any other leaves a worker that nobody knows the state of.
      if (error instanceof GleanerError) throw error;
      return giveUp(error);
    });
  }

  return {
    async prepare() {
      const backbone = await installedBackbone();
      if (!backbone || !(await newestModel())) return;
      await look(backbone.id, async () => undefined).catch(() => undefined);
    },

    async predict(image, signal) {
      const began = performance.now();
      const model = await newestModel();
      if (!model) throw new GleanerError('no_model');
      if ((await installedBackbone())?.id !== model.backbone.id) {
        throw new GleanerError('backbone_changed', [model.backbone.source]);
      }
      signal.throwIfAborted();
      const { p, activation, gradCams } = await look(model.backbone.id, worker =>
        worker.call(remote => remote.look(image, model.head)),
      );
      signal.throwIfAborted();
      const order = [...p.keys()].sort((a, b) => p[b]! - p[a]!);
      return {
        top: order.map(k => ({ label: model.labels[k]!.name, p: p[k]! })),
        activation,
        gradCams: order.map(k => gradCams[k]!),
        backbone: model.backbone,
        seconds: (performance.now() - began) / 1000,
      };
    },
    close,
  };
}
