// The files of model.zip: the classifier in every format asked for, and what it knows.

import { inputId } from '../../backbones/together';
import type { Backbone } from '../../contract/backbone';
import { GleanerError } from '../../contract/error';
import type { Model } from '../../contract/report';
import { textEntry, type ZipEntry } from '../../formats/zip/write';
import { formatReadme } from './format-readme';
import { kerasH5 } from './keras-h5';
import { gitAttributes } from './model-card';
import type { ModelFormat, ModelOptions } from './model-options';
import { modelReadme } from './model-readme';
import { classifier, headOnly, type Layer, type WeightedNetwork } from './network';
import { onnx } from './onnx';
import { reportJson, type Versions } from './report-json';
import { RESEMBLANCE_PATH, resemblanceJson } from './resemblance-json';
import { teachableMachine } from './teachable-machine';
import { tfjsModel } from './tfjs-model';
import { tflite } from './tflite';

export interface ModelSource {
  model: Model;
  /** The networks the head reads, in its order. */
  networks: (WeightedNetwork & { backbone: Backbone })[];
  versions: Versions;
  /** Licence and notice of the backbone, where it came with Gleaner. */
  licence: ZipEntry[];
  /** The report as one HTML file, drawn by whoever has a document to draw with. */
  reportPage: string | undefined;
}

/** Every file of model.zip, one at a time. Throws when the backbone's weights do not fit the architecture. */
export async function* modelEntries(source: ModelSource, options: ModelOptions): AsyncGenerator<ZipEntry> {
  const { model } = source;
  const generator = generatorOf(source);
  const labels = model.labels.map(label => label.name);
  if (labels.length === 0) throw new GleanerError('no_model');
  const layers = options.headOnly ? headOnly(model.head) : classifier(source.networks, model.head);
  for (const format of options.formats) {
    yield* formatEntries(format, layers, source, options);
    yield textEntry(`${format}/README.md`, formatReadme(format, model, options));
  }
  yield textEntry('labels.json', `${JSON.stringify(labels, null, 2)}\n`);
  // Teachable Machine's convention: the class number, a space, the name.
  yield textEntry('labels.txt', labels.map((label, i) => `${i} ${label.replace(/\s+/g, ' ')}\n`).join(''));
  yield textEntry('report.json', reportJson(model, source.versions));
  if (model.resemblance) yield textEntry(RESEMBLANCE_PATH, resemblanceJson(model.resemblance, labels.length));
  if (source.reportPage !== undefined) yield textEntry('report.html', source.reportPage);
  yield textEntry('README.md', modelReadme(model, generator, options, source.reportPage !== undefined));
  yield gitAttributes();
  if (!options.headOnly) yield* source.licence;
}

async function* formatEntries(
  format: ModelFormat,
  layers: Layer[],
  source: ModelSource,
  { half, headOnly }: ModelOptions,
): AsyncGenerator<ZipEntry> {
  const { model, networks } = source;
  const generator = generatorOf(source);
  const labels = model.labels.map(label => label.name);
  const tfjsOptions = {
    half,
    generatedBy: generator,
    metadata: { labels, backbone: model.backbone, ...(model.beside && { beside: model.beside }) },
  };
  switch (format) {
    case 'tfjs':
      return yield* tfjsModel(layers, 'tfjs/', tfjsOptions);
    case 'keras':
      return yield { path: 'keras/model.h5', bytes: await kerasH5(layers) };
    case 'onnx': {
      const metadata = { labels: JSON.stringify(labels), backbone: inputId(model) };
      return yield { path: 'onnx/model.onnx', bytes: onnx(layers, { half, producer: generator, metadata }) };
    }
    case 'tflite':
    case 'tflite-int8': {
      const precision = format === 'tflite-int8' ? 'int8' : half ? 'float16' : 'float32';
      const licences = networks.map(({ backbone }) => `${backbone.licence.name}, ${backbone.licence.url}`);
      const about = { generator, version: source.versions.gleaner, licence: `Backbone: ${licences.join('; ')}` };
      return yield { path: `${format}/model.tflite`, bytes: await tflite(layers, { precision, labels, ...about }) };
    }
    case 'teachable-machine': {
      if (headOnly) throw new GleanerError('teachable_machine_needs_backbone');
      const network = classifier(networks, model.head, 'teachable-machine');
      return yield* teachableMachine(network, labels, new Date(model.createdAt), tfjsOptions);
    }
  }
}

/** The program's name and version, as written into the files. */
function generatorOf({ versions }: ModelSource): string {
  return `Gleaner ${versions.gleaner}`;
}
