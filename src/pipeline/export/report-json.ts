// report.json: the report with what it does not say itself, the network the numbers belong to and the versions that wrote it.
import { backboneOf, geometryOf } from '../../backbones';
import { packedLength } from '../../backbones/layers';
import type { NetworkLayer } from '../../contract/backbone';
import type { BackboneInfo } from '../../contract/features';
import type { HeadWeights } from '../../contract/head';
import type { Model } from '../../contract/report';
import { namedWeights } from './keras-topology';
import { headOnly } from './network';
import { RESEMBLANCE_PATH } from './resemblance-json';

/** Raised when a field of report.json goes away or changes its meaning; fields may be added without. */
const FORMAT = 1;

export interface Versions {
  /** Of the extension. */
  gleaner: string;
  tfjs: string;
}

/** One layer of the head; shapes are those of one image, without the batch. */
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
export function reportJson(model: Model, versions: Versions): string {
  const head = headSummary(model);
  const { side } = backboneOf(model.backbone.family);
  const geometry = geometryOf(model.backbone.id);
  const seen = geometry === 'crop' ? 'the middle square of the upright image' : 'the whole image squashed';
  const document = {
    versions: { ...versions, format: FORMAT },
    ...model.report,
    ...(model.resemblance && { resemblance: { file: RESEMBLANCE_PATH, least: model.resemblance.least } }),
    architecture: {
      input: `RGB from 0 to 255, ${side} × ${side}, ${seen}`,
      geometry,
      backbone: backboneSummary(model.backbone),
      // The head reads the features of these after those of the first.
      ...(model.beside && { beside: model.beside.map(backboneSummary) }),
      head: {
        layers: head,
        parameters: head.reduce((sum, { parameters }) => sum + parameters, 0),
        ...(model.head.kind === 'linear' ? { penalty: penaltyInWords(model.head) } : {}),
      },
    },
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function backboneSummary(info: BackboneInfo) {
  const backbone = backboneOf(info.family);
  return {
    ...info,
    network: backbone.network,
    licence: backbone.licence.name,
    publishedBy: backbone.source,
    preprocessing: backbone.preprocessing,
    layers: [...backbone.layers.map(layerInWords), `avg_pool: mean over the positions, ${backbone.length} features`],
    parameters: packedLength(backbone),
    trained: false,
  };
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

function penaltyInWords({ l2, lambda }: Extract<HeadWeights, { kind: 'linear' }>) {
  const loss = 'mean cross-entropy + l2 / 2 · (sum of the squares of the kernel)';
  if (lambda === undefined) return { l2, loss };
  return { l2, lambda, loss: `${loss}; l2 = lambda · (sum of the features' variances) / 100` };
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
