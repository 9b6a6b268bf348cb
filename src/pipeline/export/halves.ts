// Which weights may be kept as 16-bit floats: those whose rounding does not show.
import { bottlenecks, kernelLength, weightedLayers } from '../../backbones/layers';
import type { Architecture } from '../../contract/backbone';

/** Tensors of fewer numbers keep 32 bits: biases, and the head of a few labels. */
const FEWEST = 65_536;

/** The smallest kernels keep 32 bits, up to this share of a network's numbers: their rounding costs most for each number. */
const SMALLEST = 0.15;

/**
 * Whether a tensor is written with 16 bits a number in a file of halves.
 * @param count  its numbers
 */
export function inHalf(count: number, exact = false): boolean {
  return !exact && count >= FEWEST;
}

/**
 * The layers whose kernels keep 32 bits in a file of halves: the smallest, and those that everything goes through. Of
 * ResNet-50 they are 15 % of the numbers; of EfficientNet-Lite0 30 %, since four of its narrow layers alone make up half of
 * what rounding costs.
 */
export function exactLayers(network: Architecture): Set<string> {
  const exact = bottlenecks(network);
  const bySize = weightedLayers(network).sort((a, b) => kernelLength(a) - kernelLength(b));
  let room = SMALLEST * bySize.reduce((sum, layer) => sum + kernelLength(layer), 0);
  for (const layer of bySize) {
    room -= kernelLength(layer);
    if (room < 0) break;
    exact.add(layer.name);
  }
  return exact;
}

/** How many numbers of the kernels keep 32 bits in a file of halves. */
export function exactNumbers(network: Architecture): number {
  const exact = exactLayers(network);
  const kept = weightedLayers(network).filter(layer => exact.has(layer.name) || !inHalf(kernelLength(layer)));
  return kept.reduce((sum, layer) => sum + kernelLength(layer), 0);
}
