// Loads a model.zip as anyone would, with plain tfjs in Node, and asks it about an image of exactly 224 × 224.
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import type JSZip from 'jszip';
import { PNG } from 'pngjs';

/** Classes with probabilities, best first. */
export async function classifyWithPlainTfjs(zip: JSZip, png: Buffer): Promise<{ label: string; p: number }[]> {
  setWasmPaths(`${join(import.meta.dirname, '../../../node_modules/@tensorflow/tfjs-backend-wasm/dist')}/`);
  await tf.setBackend('wasm');
  const model = await tf.loadLayersModel({ load: () => artifactsOf(zip) });
  const labels = JSON.parse(await text(zip, 'labels.json')) as string[];
  const { width, height, data } = PNG.sync.read(png);
  const input = tf.tidy(() =>
    tf.tensor4d(Float32Array.from(data), [1, height, width, 4]).slice([0, 0, 0, 0], [1, height, width, 3]),
  );
  const predicted = model.predict(input) as tf.Tensor;
  const output = await predicted.data();
  // The memory of wasm holds no more than a few networks, and nothing else gives it back.
  tf.dispose([input, predicted]);
  model.dispose();
  return labels.map((label, i) => ({ label, p: output[i] ?? Number.NaN })).sort((a, b) => b.p - a.p);
}

async function artifactsOf(zip: JSZip): Promise<tf.io.ModelArtifacts> {
  const { modelTopology, weightsManifest } = JSON.parse(await text(zip, 'tfjs/model.json')) as {
    modelTopology: object;
    weightsManifest: { paths: string[]; weights: tf.io.WeightsManifestEntry[] }[];
  };
  const shards: Uint8Array[] = [];
  for (const path of weightsManifest.flatMap(group => group.paths)) {
    const file = zip.file(`tfjs/${path}`);
    if (file === null) throw new Error(`${path} is missing`);
    shards.push(await file.async('uint8array'));
  }
  const weightData = Buffer.concat(shards);
  return {
    modelTopology,
    weightSpecs: weightsManifest.flatMap(group => group.weights),
    weightData: weightData.buffer.slice(weightData.byteOffset, weightData.byteOffset + weightData.byteLength),
  };
}

function text(zip: JSZip, path: string): Promise<string> {
  const file = zip.file(path);
  if (file === null) throw new Error(`${path} is missing`);
  return file.async('string');
}
