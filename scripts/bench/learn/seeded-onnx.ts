// The seeded network with a small linear head as an ONNX file: what the rivals run.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { FEATURE_LENGTH } from '../../../src/contract/features';
import type { HeadWeights } from '../../../src/contract/head';
import { classifier } from '../../../src/pipeline/export/network';
import { onnx } from '../../../src/pipeline/export/onnx';
import { architecture } from '../../../src/pipeline/features/resnet50';
import { seededLayers } from '../../../src/pipeline/features/seeded';
import { seededRandom } from '../../../src/pipeline/head';

const CLASSES = 5;

export function seededHead(seed: number): HeadWeights {
  const { normal } = seededRandom(seed);
  const values = Float32Array.from({ length: FEATURE_LENGTH * CLASSES }, () => normal() / 10);
  return { kind: 'linear', w: { rows: FEATURE_LENGTH, columns: CLASSES, values }, b: new Float32Array(CLASSES), l2: 0 };
}

export function writeSeededOnnx(path: string, seed: number): void {
  if (existsSync(path)) return;
  const network = architecture('keras-v1');
  const layers = classifier(network, seededLayers(network, seededRandom(seed).uniform), seededHead(seed));
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, onnx(layers, { half: false, producer: 'Gleaner bench', metadata: {} }));
}
