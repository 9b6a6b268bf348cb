// report.json: the report with what it does not say itself, the network the numbers belong to and the versions that wrote it.
import { geometryOf } from '../../backbones';
import { packedLength } from '../../backbones/layers';
import type { Backbone, NetworkLayer } from '../../contract/backbone';
import type { Model } from '../../contract/report';
import { namedWeights } from './keras-topology';
import { headOnly } from './network';

/** Raised when a field of report.json goes away or changes its meaning; fields may be added without. */
const FORMAT = 1;

export interface Versions {
  /** Of the extension. */
  gleaner: string;
  tfjs: string;
}

/** One layer of the head; shapes are those of one picture, without the batch. */
export interface HeadLayer {
  name: string;
  /** Keras's class name. */
  layer: string;
  output: number[];
  parameters: number;
  /** Shape of each weight, row-major: a kernel is [inputs, outputs]. */
  weights: Record<string, number[]>;
  activation?: string;
  /** Share of activations dropped; such a layer works in training only and is in no exported model. */
  rate?: number;
}

/**
 * The JSON of a model's report. Numbers that do not exist, such as the
 * accuracy of an empty split, are null.
 */
export function reportJson(model: Model, backbone: Backbone, versions: Versions): string {
  const head = headSummary(model);
  const geometry = geometryOf(model.backbone.id);
  const seen = geometry === 'crop' ? 'the middle square of the upright image' : 'the whole image squashed';
  const document = {
    versions: { ...versions, format: FORMAT },
    ...model.report,
    architecture: {
      input: `RGB from 0 to 255, ${backbone.side} × ${backbone.side}, ${seen}`,
      geometry,
      backbone: {
        ...model.backbone,
        network: backbone.network,
        licence: backbone.licence.name,
        publishedBy: backbone.source,
        preprocessing: backbone.preprocessing,
        layers: [
          ...backbone.layers.map(layerInWords),
          `avg_pool: mean over the positions, ${backbone.length} features`,
        ],
        parameters: packedLength(backbone),
        trained: false,
      },
      head: { layers: head, parameters: head.reduce((sum, { parameters }) => sum + parameters, 0) },
    },
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function headSummary({ head, report }: Model): HeadLayer[] {
  const { dropout } = report.head.options;
  let output = [head.kind === 'linear' ? head.w.rows : head.w1.rows];
  const layers: HeadLayer[] =
    head.kind === 'article' && dropout > 0
      ? [{ name: 'dropout', layer: 'Dropout', output, parameters: 0, weights: {}, rate: dropout }]
      : [];
  for (const layer of headOnly(head)) {
    if (layer.kind !== 'dense' && layer.kind !== 'normalise') continue;
    if (layer.kind === 'dense') output = layer.bias.shape;
    const weights = Object.fromEntries(namedWeights([layer]).map(({ name, tensor }) => [name, tensor.shape]));
    layers.push({
      name: layer.name,
      layer: layer.kind === 'dense' ? 'Dense' : 'BatchNormalization',
      output,
      parameters: Object.values(weights).reduce((sum, shape) => sum + product(shape), 0),
      weights,
      ...(layer.kind === 'dense' ? { activation: layer.activation } : {}),
    });
  }
  return layers;
}

const ACTIVATIONS = { none: '', relu: ', ReLU', relu6: ', ReLU up to 6' } as const;

function layerInWords(layer: NetworkLayer): string {
  const { kind, name } = layer;
  if (kind === 'add') return `${name}: sum of ${layer.from.join(' and ')}${ACTIVATIONS[layer.activation]}`;
  const [before, after] = layer.pad;
  const zeros = before === after ? String(before) : `${before} before and ${after} after`;
  const window = `of stride ${layer.stride}, padded by ${zeros}, of ${layer.from}`;
  if (kind === 'max-pool') return `${name}: max pooling ${layer.side} × ${layer.side} ${window}`;
  const [height, width, from, to] = layer.shape;
  const what =
    kind === 'depthwise'
      ? `depthwise convolution ${height} × ${width}, ${from} channels,`
      : `convolution ${height} × ${width}, ${from} → ${to},`;
  return `${name}: ${what} ${window}, batch norm folded in${ACTIVATIONS[layer.activation]}`;
}

function product(shape: readonly number[]): number {
  return shape.reduce((total, side) => total * side, 1);
}
