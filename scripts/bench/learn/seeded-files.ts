// The networks that are measured, each with a small seeded head, in the formats the rivals read: from our own exports.
import { existsSync, mkdirSync, openAsBlob, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { BUILT_IN, backboneOf } from '../../../src/backbones';
import type { Backbone, FoldedLayer } from '../../../src/contract/backbone';
import type { HeadWeights } from '../../../src/contract/head';
import { onnxGraph } from '../../../src/pipeline/export/model-formats/onnx-graph';
import { tfjsModel } from '../../../src/pipeline/export/model-formats/tfjs';
import { tfliteModel } from '../../../src/pipeline/export/model-formats/tflite-model';
import { classifier } from '../../../src/pipeline/export/network';
import { seededLayers } from '../../../src/pipeline/features/seeded';
import { readWeights } from '../../../src/pipeline/features/weights-file';
import { seededRandom } from '../../../src/pipeline/head/random';

export const SEEDED = backboneOf('keras-v1');
const CLASSES = 5;
/** The file of the built-in weights, which the page finds under its path in the package. */
export const BUILT_IN_FILE = join(import.meta.dirname, '../../../public', BUILT_IN.builtIn!.path);

export function seededHead({ length }: Backbone, seed: number): HeadWeights {
  const { normal } = seededRandom(seed);
  const values = Float32Array.from({ length: length * CLASSES }, () => normal() / 10);
  return { kind: 'linear', w: { rows: length, columns: CLASSES, values }, b: new Float32Array(CLASSES), l2: 0 };
}

export async function writeOnnx(path: string, backbone: Backbone, seed: number): Promise<void> {
  if (existsSync(path)) return;
  mkdirSync(dirname(path), { recursive: true });
  const network = classifier([{ backbone, layers: await layersOf(backbone, seed) }], seededHead(backbone, seed));
  writeFileSync(path, onnxGraph(network, { half: false, producer: 'Gleaner bench', metadata: {} }));
}

export async function writeTflite(path: string, backbone: Backbone, seed: number): Promise<void> {
  if (existsSync(path)) return;
  mkdirSync(dirname(path), { recursive: true });
  const network = classifier([{ backbone, layers: await layersOf(backbone, seed) }], seededHead(backbone, seed));
  const labels = Array.from({ length: CLASSES }, (_, i) => `${i}`);
  const about = { generator: 'Gleaner bench', version: '', licence: '' };
  writeFileSync(path, await tfliteModel(network, { precision: 'float32', labels, ...about }));
}

/** `model.json` and its shards, for `tf.loadLayersModel`. */
export async function writeSeededTfjs(folder: string, seed: number): Promise<void> {
  if (existsSync(join(folder, 'model.json'))) return;
  mkdirSync(folder, { recursive: true });
  const network = classifier([{ backbone: SEEDED, layers: await layersOf(SEEDED, seed) }], seededHead(SEEDED, seed));
  for (const entry of tfjsModel(network, '', { half: false, generatedBy: 'Gleaner bench', metadata: {} })) {
    writeFileSync(join(folder, entry.path), entry.bytes as Uint8Array);
  }
}

/** The built-in network's own weights; of any other, seeded ones. */
async function layersOf(backbone: Backbone, seed: number): Promise<FoldedLayer[]> {
  if (backbone !== BUILT_IN) return seededLayers(backbone, backbone.file.epsilon, seededRandom(seed).uniform);
  const layers: FoldedLayer[] = [];
  for await (const layer of (await readWeights(await openAsBlob(BUILT_IN_FILE))).layers) layers.push(layer);
  return layers;
}
