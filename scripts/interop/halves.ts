// With 16 bits a weight a model says the same, in every format that can hold them.
import { join } from 'node:path';
import JSZip from 'jszip';
import type { ImageFile } from '../../harness/pictures/pictures';
import { exportZips } from '../../harness/steps/learn-steps';
import { show, type Walk } from '../../harness/walk';
import type { Checks } from './check';
import { tick } from './exports';
import { type Answer, compare, predictByLiteRt, predictByPython, predictByTfjs } from './models';
import { writePixels } from './pictures';
import { unpack } from './unpack';

export interface Halved {
  /** Images of 224 × 224, and what the popup said of each. */
  asked: ImageFile[];
  popup: Answer[];
  labels: string[];
  network: string;
  /** How far probabilities may lie from the popup's, of whose last digit half is rounding. */
  bound: number;
}

/** Exports the model in the formats that are ticked, in halves, and asks each what the popup was asked. */
export async function checkHalves(
  checks: Checks,
  walk: Walk,
  { asked, popup, labels, network, bound }: Halved,
): Promise<void> {
  const folder = join(walk.out, 'model-half');
  const pixels = join(walk.out, 'asked-in-halves.rgb');
  writePixels(asked, pixels);
  let zip = new JSZip();
  const exported = await checks.check(`The extension exports a model on ${network} in half precision`, async () => {
    await show(walk, 'export');
    await tick(walk, 'Half precision', true);
    await exportZips(walk);
    await tick(walk, 'Half precision', false);
    zip = await unpack(join(walk.out, 'model.zip'), folder);
    return `${Object.keys(zip.files).length} files in model.zip`;
  });
  if (!exported) return;
  await checks.check(`model.zip on ${network} in onnxruntime with 16 bits, onnx/model.onnx`, async () =>
    compare(popup, labels, await predictByPython('model_onnx.py', folder, pixels), bound),
  );
  await checks.check(`model.zip on ${network} in LiteRT with 16 bits, tflite/model.tflite`, async () =>
    compare(popup, labels, await predictByLiteRt(folder, 'tflite/model.tflite', pixels, labels), bound),
  );
  await checks.check(`model.zip on ${network} in plain tfjs with 16 bits, tfjs/model.json`, async () =>
    compare(popup, labels, await predictByTfjs(zip, asked), bound),
  );
}
