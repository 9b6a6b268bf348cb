// Brings weights in: downloads, reads, folds and installs them off the page's thread.
import type { BackboneInfo } from '../../contract/features';
import { openPart, partAsFile, removePart } from '../../edges/part-file';
import { installBackbone } from '../../edges/store/backbones';
import { downloadWeights, KERAS_RESNET50, type PublishedFile } from '../../edges/weights-download';
import { architecture } from '../../pipeline/features/resnet50';
import { seededLayers } from '../../pipeline/features/seeded';
import { readWeights } from '../../pipeline/features/weights-file';
import { seededRandom } from '../../pipeline/head';
import { offer } from './crossing';

const PART = 'keras-resnet50.h5.part';

const api = {
  /** The page ends this worker to cancel; what was received stays for the next time. */
  async download(
    onProgress: (received: number, total: number) => void,
    published: PublishedFile = KERAS_RESNET50,
  ): Promise<BackboneInfo> {
    const part = await openPart(PART);
    let told = 0;
    const tell = (received: number, total: number) => {
      if (received < total && performance.now() - told < 100) return;
      told = performance.now();
      onProgress(received, total);
    };
    try {
      await downloadWeights(published, part, tell, new AbortController().signal);
    } finally {
      part.close();
    }
    const { family, layers } = await readWeights(await partAsFile(PART));
    const info = await installBackbone({ family, weights: 'imagenet', source: published.address }, layers);
    await removePart(PART);
    return info;
  },

  async fromFile(file: File): Promise<BackboneInfo> {
    const { family, layers } = await readWeights(file);
    return installBackbone({ family, weights: 'file', source: file.name }, layers);
  },

  async seeded(seed: number): Promise<BackboneInfo> {
    const layers = seededLayers(architecture('keras-v1'), seededRandom(seed).uniform);
    return installBackbone({ family: 'keras-v1', weights: 'seeded', source: `seed ${seed}` }, layers);
  },
};
export type WeightsWorker = typeof api;
offer(api);
