// Which weights may be kept as 16-bit floats: those whose rounding does not show.
import { bottlenecks, kernelLength, weightedLayers } from '../../backbones/layers';
import type { Architecture } from '../../contract/backbone';

/**
 * Tensors of fewer numbers keep 32 bits: biases, the head of a few labels, the kernels of single channels and the first of a
 * network, which everything goes through and whose rounding costs most for each number.
 */
const FEWEST = 65_536;

/**
 * Whether a tensor is written with 16 bits a number in a file of halves.
 * @param count  its numbers
 */
export function inHalf(count: number, exact = false): boolean {
  return !exact && count >= FEWEST;
}

/**
 * How many numbers of a network keep 32 bits in a file of halves: of ResNet-50 1 %; of EfficientNet-Lite0 30 %, since four of
 * its narrow layers alone make up half of what rounding all kernels but the small ones costs.
 */
export function keptWhole(network: Architecture): number {
  const narrow = bottlenecks(network);
  const kept = weightedLayers(network).filter(layer => narrow.has(layer.name) || kernelLength(layer) < FEWEST);
  return kept.reduce((sum, layer) => sum + kernelLength(layer), 0);
}
