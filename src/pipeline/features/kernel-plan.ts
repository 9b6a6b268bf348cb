// What the kernels do for a network, step by step: sums join the convolution before them, and every map gets its room.
import { inputsOf, lastReaders, outputsOf } from '../../backbones/layers';
import type { Activation, Architecture, ConvLayer, PoolLayer, WeightedLayer } from '../../contract/backbone';
import { PANEL } from '../../kernels/kernels';
import type { Piece } from '../../kernels/workspace';
import { assignRooms } from './kernel-rooms';
import { type Maps, mapsLength, outputSide } from './kernel-tables';

/** Maps as they lie in a room. */
export type Layout = Omit<Maps, keyof Piece>;

/**
 * One step of the kernels. `residual` is added before the activation. `strips` is a convolution whose maps only this
 * layer's windows read: they are never there as a whole.
 */
export interface PlannedStep {
  layer: WeightedLayer | PoolLayer;
  from: string;
  to: string;
  residual?: string;
  strips?: ConvLayer;
  activation: Activation;
}

interface Plan {
  steps: PlannedStep[];
  /** Of every map, the image included. */
  layouts: Map<string, Layout>;
  /** Of what is read in strips: eight channels. */
  stripLayouts: Map<string, Layout>;
  /** The number of the room each map but the image lies in, and the rooms' lengths in values. */
  rooms: Map<string, number>;
  lengths: number[];
}

/** Throws for a network that the kernels cannot run: `AddLayer` says where a sum may stand. */
export function planKernels({ side, layers }: Architecture, images: number): Plan {
  const last = lastReaders(layers);
  const steps: PlannedStep[] = [];
  for (const [i, layer] of layers.entries()) {
    if (layer.kind === 'max-pool') {
      steps.push({ layer, from: layer.from, to: layer.name, activation: 'none' });
    } else if (layer.kind !== 'add') {
      const [strips, sum] = [readInStrips(i - 1), layers[i + 1]];
      if (readInStrips(i)) continue;
      if (strips) {
        steps.push({ layer, from: strips.from, to: layer.name, strips, activation: layer.activation });
      } else if (sum?.kind !== 'add' || sum.from[1] !== layer.name) {
        steps.push({ layer, from: layer.from, to: layer.name, activation: layer.activation });
      } else if (layer.kind !== 'conv' || layer.activation !== 'none' || last.get(layer.name) !== i + 1) {
        throw new Error(`the kernels cannot add ${layer.name} to another map`);
      } else {
        const { name: to, activation } = sum;
        steps.push({ layer, from: layer.from, to, residual: sum.from[0], activation });
      }
    }
  }

  /** The convolution in this place, if all that reads it is a depthwise layer right after it. */
  function readInStrips(i: number): ConvLayer | undefined {
    const [layer, next] = [layers[i], layers[i + 1]];
    const read = next?.kind === 'depthwise' && next.from === layer?.name && last.get(next.from) === i + 1;
    return read && layer?.kind === 'conv' ? layer : undefined;
  }

  const layouts = new Map<string, Layout>([['image', { side, channels: 3, border: borderOf('image') }]]);
  /** A window over single channels, and the stem's over pixels, go over their border as over the rest. */
  function borderOf(name: string): number {
    const pads = layers.flatMap(layer => {
      const windowed = layer.kind === 'depthwise' || (layer.kind === 'conv' && layer.from === 'image');
      return windowed && layer.from === name ? layer.pad : [];
    });
    return Math.max(0, ...pads);
  }
  const stripLayouts = new Map<string, Layout>();
  for (const { layer, from, to, residual, strips } of steps) {
    if (strips) {
      const { shape, stride, pad, name } = strips;
      const side = outputSide(layouts.get(from)!.side, shape[0], stride, pad);
      stripLayouts.set(name, { side, channels: PANEL, border: borderOf(name) });
    }
    const input = strips ? stripLayouts.get(strips.name)! : layouts.get(from)!;
    const window = layer.kind === 'max-pool' ? layer.side : layer.shape[0];
    const layout: Layout = {
      side: outputSide(input.side, window, layer.stride, layer.pad),
      channels: layer.kind === 'max-pool' ? input.channels : outputsOf(layer),
      border: borderOf(to),
    };
    const other = residual === undefined ? layout : layouts.get(residual);
    if (other?.border !== layout.border) throw new Error(`the kernels cannot add maps of other borders to ${to}`);
    layouts.set(to, layout);
  }

  const placeOf = new Map(steps.map(({ to }, step) => [to, step]));
  const lastStep = (name: string) => {
    const readers = layers.flatMap((layer, i) => {
      if (!inputsOf(layer).includes(name)) return [];
      return [placeOf.get(layer.name) ?? placeOf.get(layers[i + 1]!.name)!];
    });
    return readers.length > 0 ? Math.max(...readers) : steps.length;
  };
  const ranges = steps.map(({ to, residual }, step) => ({
    name: to,
    length: mapsLength(images, layouts.get(to)!),
    lastRead: lastStep(to),
    ...(residual !== undefined && lastStep(residual) === step ? { over: residual } : {}),
  }));
  return { steps, layouts, stripLayouts, ...assignRooms(ranges) };
}
