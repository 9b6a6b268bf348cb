// The model in Teachable Machine's layout, so that `@teachablemachine/image` loads it: model.json, weights.bin, metadata.json.
import { textEntry, type ZipEntry } from '../../formats/zip/write';
import type { Layer } from './network';
import { type TfjsOptions, tfjsModel } from './tfjs-model';

/** The version of the library whose metadata this is; its loader refuses files that name none. */
const LIBRARY = '0.8.5';

/** `layers` must take pixels as x / 127 − 1, which is what that library's loader feeds. */
export function* teachableMachine(
  layers: Layer[],
  labels: string[],
  timeStamp: Date,
  options: Omit<TfjsOptions, 'single'>,
): Generator<ZipEntry> {
  const folder = 'teachable-machine/';
  yield* tfjsModel(layers, folder, { ...options, single: 'weights.bin' });
  const [input] = layers;
  const metadata = {
    tfjsVersion: '4.22.0',
    tmVersion: '2.4.7',
    packageVersion: LIBRARY,
    packageName: '@teachablemachine/image',
    timeStamp: timeStamp.toISOString(),
    userMetadata: {},
    modelName: options.generatedBy,
    labels,
    imageSize: input?.kind === 'input' ? input.shape[0] : undefined,
  };
  yield textEntry(`${folder}metadata.json`, `${JSON.stringify(metadata, null, 2)}\n`);
}
