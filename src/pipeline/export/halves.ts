// Which weights may be kept as 16-bit floats: those whose rounding does not show.

/**
 * Tensors of fewer numbers keep 32 bits: biases, the head of a few labels, and above all the kernels of single channels, through
 * which everything goes. On EfficientNet-Lite0 they are 3 % of the numbers. With them rounded, probabilities of photographs
 * differed by up to 0.006; with the larger ones alone by 0.0002.
 */
const FEWEST = 16_384;

/** @param count  numbers of the tensor */
export function halved(count: number, half: boolean): boolean {
  return half && count >= FEWEST;
}
