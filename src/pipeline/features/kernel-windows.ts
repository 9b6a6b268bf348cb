// Depthwise layers on the kernels: over maps as they stand, or over strips of the convolution before them.
import type { DepthwiseLayer } from '../../contract/backbone';
import { type Kernels, PANEL, type WindowSide, type WindowStride } from '../../kernels/kernels';
import type { Layout, PlannedStep } from './kernel-plan';
import { boundsOf, type Run, type Site } from './kernel-site';
import { type Maps, mapsLength, offsetOf } from './kernel-tables';

/** Bytes of the strips that are worked on at once: what a first or a small second-level cache holds. */
const IN_CACHE = 64 * 1024;

/** Runs the windows of one image's maps over panels of eight channels, from a panel of the layer on. */
type Windows = (from: number, to: number, panel: number, panels: number) => void;

/** The layer over `input`, all channels. */
export function windows(layer: DepthwiseLayer, input: Maps, { to, activation }: PlannedStep, site: Site): Run {
  const output = site.maps.get(to)!;
  const run = windowsOf(layer, input, output, boundsOf(activation), site);
  return count => {
    for (let image = 0; image < count; image++) run(image, image, 0, output.channels / PANEL);
  };
}

/** How many images a strip is made of. */
export function imagesInStrip(layout: Layout, most: number): number {
  return Math.max(1, Math.min(most, Math.floor(IN_CACHE / (mapsLength(1, layout) * 4))));
}

/**
 * The convolution `strips` eight channels at a time, each of which the windows pass over while it is in the cache: its
 * maps, the widest of such a network, never are in memory as a whole.
 */
export function windowsOverStrips(layer: DepthwiseLayer, step: PlannedStep, site: Site, together: number): Run {
  const strips = step.strips!;
  const { workspace, tables, weights, maps } = site;
  const { kernels } = workspace;
  const [input, strip, output] = [maps.get(step.from)!, site.strips.get(strips.name)!, maps.get(step.to)!];
  const run = windowsOf(layer, strip, output, boundsOf(step.activation), site);
  const bounds = boundsOf(strips.activation);
  const { weights: b, bias } = weights.get(strips.name)!;
  const places = tables.ofRows(strip, strip.images);
  const groups = Array.from({ length: Math.ceil(together / strip.images) }, (_, group) =>
    tables.ofConvolution(strips, input, group * strip.images, strip.images),
  );
  return count => {
    for (const [group, { table, taps, depth }] of groups.entries()) {
      const first = group * strip.images;
      const images = Math.min(strip.images, count - first);
      if (images <= 0) return;
      const tiles = Math.ceil((images * strip.side ** 2) / kernels.tileRows);
      for (let panel = 0; panel < output.channels / PANEL; panel++) {
        kernels.product(
          table.address,
          taps,
          depth,
          b.address + panel * taps * depth * PANEL * 4,
          bias.address + panel * PANEL * 4,
          places.address,
          strip.address,
          0,
          tiles,
          1,
          0,
          ...bounds,
        );
        for (let image = 0; image < images; image++) run(image, first + image, panel, 1);
      }
    }
  };
}

function windowsOf(
  { name, shape: [side], stride, pad }: DepthwiseLayer,
  input: Maps,
  output: Maps,
  bounds: [floor: number, ceiling: number],
  { workspace, weights }: Site,
): Windows {
  const kernel = kernelOf(workspace.kernels, side, stride);
  const { weights: b, bias } = weights.get(name)!;
  const steps = ({ side, channels, border }: Maps) =>
    [(side + 2 * border) * channels * 4, channels * 4, PANEL * 4] as const;
  const [stepsIn, stepsOut] = [steps(input), steps(output)];
  return (from, to, panel, panels) =>
    kernel(
      input.address + offsetOf(input, from, -pad[0], -pad[0]),
      ...stepsIn,
      b.address + panel * side * side * PANEL * 4,
      bias.address + panel * PANEL * 4,
      output.address + offsetOf(output, to, 0, 0) + panel * PANEL * 4,
      ...stepsOut,
      output.side,
      output.side,
      panels,
      ...bounds,
    );
}

function kernelOf(kernels: Kernels, side: number, stride: number) {
  const kernel = kernels[`depthwise${side as WindowSide}x${stride as WindowStride}`];
  if (!kernel) throw new Error(`the kernels have no window of ${side} × ${side} by steps of ${stride}`);
  return kernel;
}
