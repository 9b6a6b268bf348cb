// The files of model.zip: the classifier in every format asked for, and what it knows.
import { backboneOf, geometryOf } from '../../backbones';
import { inputId, inputLength } from '../../backbones/together';
import type { Backbone } from '../../contract/backbone';
import { GleanerError } from '../../contract/error';
import type { Model } from '../../contract/report';
import { textEntry, type ZipEntry } from '../../formats/zip/write';
import { gitAttributes } from './model-card';
import { modelFormats } from './model-formats';
import { MODEL_FORMATS, type ModelFormatName, type ModelOptions } from './model-options';
import { modelReadme } from './model-readme';
import { classifier, headOnly as headLayers, type WeightedNetwork } from './network';
import { oneLine } from './one-line';
import { reportJson, type Versions } from './report-json';
import { RESEMBLANCE_PATH, resemblanceJson } from './resemblance-json';

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
  const labels = model.labels.map(label => label.name);
  if (labels.length === 0) throw new GleanerError('no_model');
  for (const format of options.formats) yield* formatEntries(format, source, options);
  yield textEntry('labels.json', `${JSON.stringify(labels, null, 2)}\n`);
  // Teachable Machine's convention: the class number, a space, the name.
  yield textEntry('labels.txt', labels.map((label, i) => `${i} ${oneLine(label)}\n`).join(''));
  yield textEntry('report.json', reportJson(model, source.versions));
  if (model.resemblance) yield textEntry(RESEMBLANCE_PATH, resemblanceJson(model.resemblance, labels.length));
  if (source.reportPage !== undefined) yield textEntry('report.html', source.reportPage);
  yield textEntry(
    'README.md',
    modelReadme(model, generatorOf(source.versions), options, source.reportPage !== undefined),
  );
  yield gitAttributes();
  if (!options.headOnly) yield* source.licence;
}

async function* formatEntries(
  name: ModelFormatName,
  { model, networks, versions }: ModelSource,
  { half, headOnly }: ModelOptions,
): AsyncGenerator<ZipEntry> {
  if (headOnly && !MODEL_FORMATS[name].headOnly) throw new GleanerError('format_needs_backbone', [name]);
  const format = modelFormats[name];
  const layers = headOnly ? headLayers(model.head) : classifier(networks, model.head, format.pixels);
  const labels = model.labels.map(label => label.name);
  const { createdAt } = model;
  const licences = networks.map(({ backbone }) => `${backbone.licence.name}, ${backbone.licence.url}`);
  const about = {
    generator: generatorOf(versions),
    version: versions.gleaner,
    licence: `Backbone: ${licences.join('; ')}`,
  };
  yield* format.files({ layers, labels, backbone: inputId(model), ...about, createdAt, half }, `${name}/`);
  const { side } = backboneOf(model.backbone.family);
  const loading = { headOnly, side, length: inputLength(model), geometry: geometryOf(model.backbone.id) };
  yield textEntry(`${name}/README.md`, format.readme(loading));
}

/** The program's name and version, as written into the files. */
function generatorOf({ gleaner }: Versions): string {
  return `Gleaner ${gleaner}`;
}
