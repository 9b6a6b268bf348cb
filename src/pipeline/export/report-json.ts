// report.json: the report with what it does not say itself, the network the numbers belong to and the versions that wrote it.
import { type Architecture, type ConvLayer, FEATURE_LENGTH } from '../../contract/features';
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
 * The JSON of a model's report. `architecture` is the one of the backbone's family. Numbers that do not exist, such as the
 * accuracy of an empty split, are null.
 */
export function reportJson(model: Model, backbone: Architecture, versions: Versions): string {
  const head = headSummary(model);
  const document = {
    versions: { ...versions, format: FORMAT },
    ...model.report,
    architecture: {
      input: 'RGB from 0 to 255, 224 × 224, the whole picture squashed',
      backbone: {
        ...model.backbone,
        preprocessing: backbone.preprocessing,
        layers: backboneInWords(backbone),
        parameters: [...convolutions(backbone)].reduce((sum, { shape }) => sum + product(shape) + shape[3], 0),
        trained: false,
      },
      head: { layers: head, parameters: head.reduce((sum, { parameters }) => sum + parameters, 0) },
    },
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function headSummary({ head, report }: Model): HeadLayer[] {
  const { dropout } = report.head.options;
  let output = [FEATURE_LENGTH];
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

/** The stages of a residual network, as its paper's table 1 lists them. */
function backboneInWords({ stem, blocks }: Architecture): string[] {
  const stages = new Map<string, Architecture['blocks']>();
  for (const block of blocks) {
    const stage = block.name.split('_')[0] ?? block.name;
    stages.set(stage, [...(stages.get(stage) ?? []), block]);
  }
  const [height, width, from, to] = stem.shape;
  return [
    `conv1: convolution ${height} × ${width}, ${from} → ${to}, stride ${stem.stride}, batch norm folded in, ReLU`,
    'pool1: max pooling 3 × 3, stride 2',
    ...[...stages].map(([name, all]) => `${name}: ${stageInWords(all)}`),
    `avg_pool: mean over the positions, ${FEATURE_LENGTH} features`,
  ];
}

function stageInWords(blocks: Architecture['blocks']): string {
  const convs = blocks[0]?.convs ?? [];
  const channels = convs.map(({ shape }) => shape[3]).join(', ');
  const sizes = convs.map(({ shape: [height, width] }) => `${height} × ${width}`).join(', ');
  const stride = Math.max(...convs.map(conv => conv.stride));
  const narrowing = stride > 1 ? `, the first of stride ${stride}` : '';
  return `${blocks.length} residual blocks of ${channels} channels (${sizes})${narrowing}`;
}

function* convolutions({ stem, blocks }: Architecture): Generator<ConvLayer> {
  yield stem;
  for (const { shortcut, convs } of blocks) {
    if (shortcut) yield shortcut;
    yield* convs;
  }
}

function product(shape: readonly number[]): number {
  return shape.reduce((total, side) => total * side, 1);
}
