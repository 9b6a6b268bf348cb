// The frozen network on the CPU: every convolution is a product of matrices on our own kernels, in memory laid out once.
import { type Architecture, type ConvLayer, type FoldedConv, IMAGE_SIDE } from '../../contract/features';
import { bytesOf, concatenated } from '../../formats/bytes';
import { PANEL, TILE_ROWS } from '../../kernels/kernels';
import { createWorkspace, type Piece, toPanels } from '../../kernels/workspace';
import { type ConvolutionTable, createTables, type Maps, outputSide, POOL } from './kernel-tables';
import type { Network } from './network';
import { preprocess } from './preprocess';
import { convLayers, kernelLength } from './resnet50';

/** Pictures computed together: each weight is fetched once for all of them. More need more memory and are no faster. */
const TOGETHER = 4;
/** Bytes of a convolution's input that its panels of weights pass over in turn: half of a small second-level cache. */
const IN_CACHE = 256 * 1024;
const PICTURE = IMAGE_SIDE * IMAGE_SIDE * 3;

/** What runs one convolution: where its rows lie, and what to give the kernel. */
interface Step extends Omit<ConvolutionTable, 'side'> {
  layer: ConvLayer;
  weights: Piece;
  bias: Piece;
  output: Maps;
  residual?: Maps;
}

/**
 * Makes the network that `createTensorNetwork` makes, in about 140 MB. Takes the layers as they come; their arrays are not
 * kept.
 */
export async function createKernelNetwork(
  architecture: Architecture,
  layers: Iterable<FoldedConv> | AsyncIterable<FoldedConv>,
): Promise<Network> {
  const workspace = createWorkspace();
  const { kernels, floats } = workspace;
  const weights = new Map<string, { weights: Piece; bias: Piece }>();
  for (const layer of convLayers(architecture)) {
    weights.set(layer.name, { weights: workspace.take(kernelLength(layer)), bias: workspace.take(layer.shape[3]) });
  }
  for await (const { name, shape, kernel, bias } of layers) {
    const place = weights.get(name)!;
    toPanels(floats(place.weights), kernel, kernel.length / shape[3], shape[3]);
    floats(place.bias).set(bias);
  }

  const maps = (side: number, channels: number, border = 0): Maps => ({
    // A product writes whole tiles of rows.
    ...workspace.take(TOGETHER * (side + 2 * border) ** 2 * channels + TILE_ROWS * channels),
    side,
    channels,
    border,
  });
  const zeros = workspace.take(Math.max(...convLayers(architecture).map(({ shape }) => shape[2])));
  const tables = createTables(workspace, TOGETHER, zeros);

  function convolution(layer: ConvLayer, input: Maps, room: Piece, residual?: Maps): Step {
    const { side, ...rows } = tables.ofConvolution(layer, input);
    const output: Maps = { ...room, side, channels: layer.shape[3], border: 0 };
    return { layer, ...weights.get(layer.name)!, ...rows, output, ...(residual ? { residual } : {}) };
  }

  const { stem, blocks, preprocessing } = architecture;
  const input = maps(IMAGE_SIDE, 3, stem.pad);
  const stemSide = outputSide(IMAGE_SIDE, stem.shape[0], stem.stride, stem.pad);
  const pooledSide = outputSide(stemSide, POOL.side, POOL.stride, POOL.pad);
  // The widest maps are those of the stem and of the first blocks; every block's output takes turns in two such rooms.
  const [here, there] = [0, 1].map(() => maps(stemSide, stem.shape[3])) as [Maps, Maps];
  const [inner1, inner2] = [0, 1].map(() => maps(pooledSide, 2 * stem.shape[3])) as [Maps, Maps];
  const pooled = maps(pooledSide, stem.shape[3]);
  const first = convolution(stem, input, here);
  const pooling = tables.ofPool(first.output, pooledSide);
  let x = pooled;
  const steps = blocks.map(({ shortcut, convs: [a, b, c] }) => {
    const room = x.address === there.address ? here : there;
    const side = shortcut ? [convolution(shortcut, x, room)] : [];
    const one = convolution(a, x, inner1);
    const two = convolution(b, one.output, inner2);
    const three = convolution(c, two.output, room, side[0]?.output ?? x);
    x = three.output;
    return [...side, one, two, three];
  });
  const last = x;

  /** One convolution of `count` pictures, in runs of rows whose input stays in the cache while all panels pass. */
  function run({ layer, weights: b, bias, table, taps, depth, output, residual }: Step, count: number): void {
    const [, , inputs, outputs] = layer.shape;
    const tiles = Math.ceil((count * output.side ** 2) / TILE_ROWS);
    const most = Math.max(1, Math.floor(IN_CACHE / (inputs * 4 * TILE_ROWS)));
    const rowBytes = outputs * 4;
    // The shortcut or the block's input is added in the last product of a block, and there ReLU follows.
    const floor = layer.relu || residual ? 0 : Number.NEGATIVE_INFINITY;
    for (let tile = 0; tile < tiles; tile += most) {
      const down = tile * TILE_ROWS * rowBytes;
      kernels.product(
        table.address + tile * taps * TILE_ROWS * 4,
        taps,
        depth,
        b.address,
        bias.address,
        output.address + down,
        rowBytes,
        PANEL * 4,
        Math.min(most, tiles - tile),
        outputs / PANEL,
        residual ? residual.address + down : 0,
        floor,
      );
    }
  }

  async function some(pixels: Uint8Array, breathe?: () => Promise<void>): Promise<Float32Array> {
    const count = pixels.length / PICTURE;
    preprocess(pixels, preprocessing, floats(input), stem.pad);
    run(first, count);
    kernels.largest(pooling.address, POOL.side ** 2, stem.shape[3], pooled.address, count * pooledSide ** 2);
    for (const block of steps) {
      await breathe?.();
      for (const step of block) run(step, count);
    }
    return floats(last).slice(0, count * last.side ** 2 * last.channels);
  }

  return {
    async activations(pixels, _batch, breathe) {
      const parts: Float32Array[] = [];
      for (let start = 0; start < pixels.length; start += TOGETHER * PICTURE) {
        parts.push(await some(pixels.subarray(start, start + TOGETHER * PICTURE), breathe));
      }
      return parts.length === 1 ? parts[0]! : new Float32Array(concatenated(parts.map(bytesOf)).buffer);
    },
  };
}
