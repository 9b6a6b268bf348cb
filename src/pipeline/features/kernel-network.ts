// The frozen network on the CPU: what its plan says, on our own kernels, in memory laid out once.
import { kernelLength, outputsOf, weightedLayers } from '../../backbones/layers';
import type { Activation, Architecture, FoldedLayer } from '../../contract/backbone';
import { type Kernels, PANEL, type WindowSide, type WindowStride } from '../../kernels/kernels';
import { bestArithmetic } from '../../kernels/trial';
import { createWorkspace, type Piece, toPanels } from '../../kernels/workspace';
import { type PlannedStep, planKernels } from './kernel-plan';
import { createTables, type Maps, mapsLength, offsetOf } from './kernel-tables';
import type { Network } from './network';
import { preprocess } from './preprocess';

/** Pictures computed together: each weight is fetched once for all of them. More need more memory and are no faster. */
const TOGETHER = 4;
/** Bytes of a convolution's input that its panels of weights pass over in turn: half of a small second-level cache. */
const IN_CACHE = 256 * 1024;

const FLOOR: Record<Activation, number> = { none: Number.NEGATIVE_INFINITY, relu: 0, relu6: 0 };
const CEILING: Record<Activation, number> = {
  none: Number.POSITIVE_INFINITY,
  relu: Number.POSITIVE_INFINITY,
  relu6: 6,
};

/** Computes the maps of so many pictures. */
type Run = (count: number) => void;

/**
 * Makes the network that `createTensorNetwork` makes. Takes the layers as they come; their arrays are not kept. Throws for
 * windows that the kernels do not have.
 */
export async function createKernelNetwork(
  architecture: Architecture,
  layers: Iterable<FoldedLayer> | AsyncIterable<FoldedLayer>,
): Promise<Network> {
  const workspace = createWorkspace(bestArithmetic().arithmetic);
  const { kernels, floats } = workspace;
  const weights = new Map<string, { weights: Piece; bias: Piece }>();
  for (const layer of weightedLayers(architecture)) {
    weights.set(layer.name, { weights: workspace.take(kernelLength(layer)), bias: workspace.take(outputsOf(layer)) });
  }
  for await (const layer of layers) {
    const place = weights.get(layer.name)!;
    const outputs = outputsOf(layer);
    toPanels(floats(place.weights), layer.kernel, layer.kernel.length / outputs, outputs);
    floats(place.bias).set(layer.bias);
  }

  const plan = planKernels(architecture, TOGETHER);
  const rooms = plan.lengths.map(length => workspace.take(length));
  const maps = new Map<string, Maps>();
  for (const [name, layout] of plan.layouts) {
    const room = plan.rooms.get(name);
    const piece = room === undefined ? workspace.take(mapsLength(TOGETHER, layout)) : rooms[room]!;
    maps.set(name, { ...layout, address: piece.address, length: mapsLength(TOGETHER, layout) });
  }
  const zeros = workspace.take(Math.max(...[...plan.layouts.values()].map(({ channels }) => channels)));
  const tables = createTables(workspace, TOGETHER, zeros);
  const input = maps.get('image')!;
  const last = maps.get(architecture.layers.at(-1)!.name)!;
  const runs = plan.steps.map(planned => bordered(maps.get(planned.to)!, step(planned)));

  function step({ layer, from, to, residual, activation }: PlannedStep): Run {
    const [input, output] = [maps.get(from)!, maps.get(to)!];
    const [floor, ceiling] = [FLOOR[activation], CEILING[activation]];
    if (layer.kind === 'max-pool') {
      const table = tables.ofPool(layer, input);
      return count =>
        kernels.largest(table.address, layer.side ** 2, input.channels, output.address, count * output.side ** 2);
    }
    const { weights: b, bias } = weights.get(layer.name)!;
    if (layer.kind === 'depthwise') {
      const kernel = depthwiseKernel(kernels, layer.shape[0], layer.stride);
      const steps = ({ side, channels, border }: Maps) =>
        [(side + 2 * border) * channels * 4, channels * 4, PANEL * 4] as const;
      return count => {
        for (let picture = 0; picture < count; picture++) {
          kernel(
            input.address + offsetOf(input, picture, -layer.pad[0], -layer.pad[0]),
            ...steps(input),
            b.address,
            bias.address,
            output.address + offsetOf(output, picture, 0, 0),
            ...steps(output),
            output.side,
            output.side,
            output.channels / PANEL,
            floor,
            ceiling,
          );
        }
      };
    }
    const { table, taps, depth } = tables.ofConvolution(layer, input);
    const places = tables.ofRows(output);
    const other = residual === undefined ? 0 : maps.get(residual)!.address;
    // In runs of rows whose input stays in the cache while all panels pass.
    const most = Math.max(1, Math.floor(IN_CACHE / (input.channels * 4 * kernels.tileRows)));
    return count => {
      const tiles = Math.ceil((count * output.side ** 2) / kernels.tileRows);
      for (let tile = 0; tile < tiles; tile += most) {
        kernels.product(
          table.address + tile * taps * kernels.tileRows * 4,
          taps,
          depth,
          b.address,
          bias.address,
          places.address + tile * kernels.tileRows * 4,
          output.address,
          PANEL * 4,
          Math.min(most, tiles - tile),
          output.channels / PANEL,
          other,
          floor,
          ceiling,
        );
      }
    };
  }

  /** The room may have held other maps since: what stands around these is zero again before they are read. */
  function bordered(output: Maps, run: Run): Run {
    if (output.border === 0) return run;
    const { side, channels, border } = output;
    return count => {
      run(count);
      const values = floats(output);
      const clear = (picture: number, y: number, x: number, pixels: number) => {
        const from = offsetOf(output, picture, y, x) / 4;
        values.fill(0, from, from + pixels * channels);
      };
      for (let picture = 0; picture < count; picture++) {
        const line = (side + 2 * border) * border + border;
        clear(picture, -border, -border, line);
        // The end of a line and the beginning of the next lie side by side.
        for (let y = 0; y < side - 1; y++) clear(picture, y, side, 2 * border);
        clear(picture, side - 1, side, line);
      }
    };
  }

  const picture = architecture.side ** 2 * 3;
  async function some(pixels: Uint8Array, breathe?: () => Promise<void>): Promise<Float32Array> {
    const count = pixels.length / picture;
    preprocess(pixels, architecture, floats(input), input.border);
    for (const run of runs) {
      run(count);
      await breathe?.();
    }
    return floats(last).slice(0, count * last.side ** 2 * last.channels);
  }

  return {
    async activations(pixels, _batch, breathe) {
      const parts: Float32Array[] = [];
      for (let start = 0; start < pixels.length; start += TOGETHER * picture) {
        parts.push(await some(pixels.subarray(start, start + TOGETHER * picture), breathe));
      }
      return joined(parts);
    },
  };
}

function depthwiseKernel(kernels: Kernels, side: number, stride: number) {
  const kernel = kernels[`depthwise${side as WindowSide}x${stride as WindowStride}`];
  if (!kernel) throw new Error(`the kernels have no window of ${side} × ${side} by steps of ${stride}`);
  return kernel;
}

function joined(parts: Float32Array[]): Float32Array {
  if (parts.length === 1) return parts[0]!;
  const all = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
