// Brings weights in: downloads, reads, folds and installs them off the page's thread.
import { backboneOf } from '../../backbones';
import { GleanerError } from '../../contract/error';
import type { BackboneInfo } from '../../contract/features';
import { packedFile, packedWeights } from '../../edges/packed-weights';
import { openPart, partAsFile, removePart } from '../../edges/part-file';
import { chooseBackbone, installBackbone } from '../../edges/store/backbones';
import { downloadWeights, KERAS_RESNET50 } from '../../edges/weights-download';
import { seededLayers } from '../../pipeline/features/seeded';
import { readWeights } from '../../pipeline/features/weights-file';
import { seededRandom } from '../../pipeline/head/random';
import type { OnLayer } from './stalled';
import { expose } from './worker-bridge';

const PART = 'keras-resnet50.h5.part';

const api = {
  /** The page ends this worker to cancel; what was received stays for the next time. */
  async download(onProgress: (received: number, total: number) => void, onLayer: OnLayer): Promise<BackboneInfo> {
    const part = await openPart(PART);
    let [due, latest] = [false, 0];
    // At most ten times a second, and the latest even when nothing follows it for long.
    const tell = (received: number, total: number) => {
      latest = received;
      if (received === total) onProgress(received, total);
      if (due || received === total) return;
      due = true;
      setTimeout(() => {
        due = false;
        if (latest < total) onProgress(latest, total);
      }, 100);
    };
    try {
      await downloadWeights(KERAS_RESNET50, part, tell, new AbortController().signal);
    } finally {
      part.close();
    }
    const { family, layers } = await readWeights(await partAsFile(PART), onLayer);
    const info = await installBackbone({ family, weights: 'imagenet', source: KERAS_RESNET50.address }, layers);
    await removePart(PART);
    return info;
  },

  async fromFile(file: File, onLayer: OnLayer): Promise<BackboneInfo> {
    const { family, layers } = await readWeights(file, onLayer).catch(cause => {
      // The browser refuses a file that was moved or changed since it was chosen.
      throw cause instanceof DOMException ? new GleanerError('weights_gone', [file.name], { cause }) : cause;
    });
    return installBackbone({ family, weights: 'file', source: file.name }, layers);
  },

  async packed(onLayer: OnLayer): Promise<BackboneInfo> {
    const packed = await packedWeights();
    if (!packed) throw new GleanerError('no_weights');
    const { family, layers } = await readWeights(await packedFile(packed), onLayer);
    return installBackbone({ family, weights: packed.weights, source: packed.name, packed: true }, layers);
  },

  /** From now on trainings use these weights, which are there. */
  choose: chooseBackbone,

  async seeded(seed: number): Promise<BackboneInfo> {
    const keras = backboneOf('keras-v1');
    const layers = seededLayers(keras, keras.file.epsilon, seededRandom(seed).uniform);
    return installBackbone({ family: 'keras-v1', weights: 'seeded', source: `seed ${seed}` }, layers);
  },
};
export type WeightsWorker = typeof api;
expose(api);
