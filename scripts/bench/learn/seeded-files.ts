// The seeded network with a small linear head in the formats the rivals read, from our own exports.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { backboneOf } from '../../../src/backbones';
import type { HeadWeights } from '../../../src/contract/head';
import { classifier, type Layer } from '../../../src/pipeline/export/network';
import { onnx } from '../../../src/pipeline/export/onnx';
import { tfjsModel } from '../../../src/pipeline/export/tfjs-model';
import { seededLayers } from '../../../src/pipeline/features/seeded';
import { seededRandom } from '../../../src/pipeline/head/random';

const NETWORK = backboneOf('keras-v1');
const { length: FEATURE_LENGTH } = NETWORK;
const CLASSES = 5;

export function seededHead(seed: number): HeadWeights {
  const { normal } = seededRandom(seed);
  const values = Float32Array.from({ length: FEATURE_LENGTH * CLASSES }, () => normal() / 10);
  return { kind: 'linear', w: { rows: FEATURE_LENGTH, columns: CLASSES, values }, b: new Float32Array(CLASSES), l2: 0 };
}

export function writeSeededOnnx(path: string, seed: number): void {
  if (existsSync(path)) return;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, onnx(seededNetwork(seed), { half: false, producer: 'Gleaner bench', metadata: {} }));
}

/** `model.json` and its shards, for `tf.loadLayersModel`. */
export function writeSeededTfjs(folder: string, seed: number): void {
  if (existsSync(join(folder, 'model.json'))) return;
  mkdirSync(folder, { recursive: true });
  for (const entry of tfjsModel(seededNetwork(seed), '', { half: false, generatedBy: 'Gleaner bench', metadata: {} })) {
    writeFileSync(join(folder, entry.path), entry.bytes as Uint8Array);
  }
}

function seededNetwork(seed: number): Layer[] {
  const layers = seededLayers(NETWORK, NETWORK.file.epsilon, seededRandom(seed).uniform);
  return classifier(NETWORK, layers, seededHead(seed));
}
