// The frozen network on the CPU: what its plan says, on our own kernels, in memory laid out once.
import { kernelLength, outputsOf, weightedLayers } from '../../backbones/layers';
import type { Architecture, ConvLayer, FoldedLayer } from '../../contract/backbone';
import { bytesOf, concatenated } from '../../formats/bytes';
import { bestArithmetic } from '../../kernels/trial';
import type { WinogradSide } from '../../kernels/winograd';
import { createWorkspace, type Piece, toPanels } from '../../kernels/workspace';
import { planKernels } from './kernel-plan';
import type { Site } from './kernel-site';
import { runOf } from './kernel-steps';
import { createTables, type Maps, mapsLength } from './kernel-tables';
import { imagesInStrip } from './kernel-windows';
import { placeWinograd, winograd, winogradLength, winogradRoom, winogradSide } from './kernel-winograd';
import type { Network } from './network';
import { preprocess } from './preprocess';

/** A convolution that is done in Winograd's way, and the side of its tiles. */
type Quick = [layer: ConvLayer, side: WinogradSide];

/** Images computed together: each weight is fetched once for all of them. More need more memory and are no faster. */
const TOGETHER = 4;

/**
 * Makes the network that `createTensorNetwork` makes. Takes the layers as they come; their arrays are not kept. Throws for
 * windows that the kernels do not have.
 */
export async function createKernelNetwork(
  architecture: Architecture,
  layers: Iterable<FoldedLayer> | AsyncIterable<FoldedLayer>,
): Promise<Network> {
  const workspace = createWorkspace(bestArithmetic().arithmetic);
  const { floats } = workspace;
  const plan = planKernels(architecture, TOGETHER);
  const quick = new Map<string, Quick>();
  for (const step of plan.steps) {
    const side = winogradSide(step, plan.layouts.get(step.to)!.side);
    if (side) quick.set(step.layer.name, [step.layer as ConvLayer, side]);
  }
  const weights = new Map<string, { weights: Piece; bias: Piece }>();
  for (const layer of weightedLayers(architecture)) {
    const inWinograd = quick.get(layer.name);
    const length = inWinograd ? winogradLength(...inWinograd) : kernelLength(layer);
    weights.set(layer.name, { weights: workspace.take(length), bias: workspace.take(outputsOf(layer)) });
  }
  for await (const layer of layers) {
    const place = weights.get(layer.name)!;
    const outputs = outputsOf(layer);
    const inWinograd = quick.get(layer.name);
    if (inWinograd) placeWinograd(floats(place.weights), ...inWinograd, layer.kernel);
    else toPanels(floats(place.weights), layer.kernel, layer.kernel.length / outputs, outputs);
    floats(place.bias).set(layer.bias);
  }

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
  const shared = new Map<string, Piece>();
  const strips = new Map<string, Maps & { images: number }>();
  for (const [name, layout] of plan.stripLayouts) {
    const images = imagesInStrip(layout, TOGETHER);
    // Strips of one shape may take turns in one place: what stands around them is never written.
    const shape = [layout.side, layout.border].join();
    const piece = shared.get(shape) ?? workspace.take(mapsLength(images, layout));
    shared.set(shape, piece);
    strips.set(name, { ...layout, ...piece, images });
  }
  const planes =
    quick.size > 0 ? workspace.take(Math.max(...[...quick.values()].map(one => winogradRoom(...one)))) : undefined;
  const site: Site = { workspace, tables, weights, maps, strips };
  const runs = plan.steps.map(step => {
    const inWinograd = quick.get(step.layer.name);
    return inWinograd ? winograd(...inWinograd, step, site, planes!) : runOf(step, site, TOGETHER);
  });

  const bytesOfOne = architecture.side ** 2 * 3;
  async function some(pixels: Uint8Array, breathe?: () => Promise<void>): Promise<Float32Array> {
    const count = pixels.length / bytesOfOne;
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
      for (let start = 0; start < pixels.length; start += TOGETHER * bytesOfOne) {
        parts.push(await some(pixels.subarray(start, start + TOGETHER * bytesOfOne), breathe));
      }
      return parts.length === 1 ? parts[0]! : new Float32Array(concatenated(parts.map(bytesOf)).buffer);
    },
  };
}
