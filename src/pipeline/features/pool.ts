// From the last activations to what is kept of an image: two vectors of features, and the positions for the heat map.
import type { Features } from '../../contract/features';

/**
 * m = mean over the positions and q = Σ a² / positions², each of `length`, of one image's activations
 * [positions × length], row-major. With dropout of rate p before pooling the pooled vector has mean m and variance q·p/(1−p).
 */
export function pool(activations: Float32Array, length: number): Features {
  const positions = activations.length / length;
  const m = new Float32Array(length);
  const q = new Float32Array(length);
  const sum = new Float64Array(length);
  const squares = new Float64Array(length);
  for (let start = 0; start < activations.length; start += length) {
    for (let c = 0; c < length; c++) {
      const a = activations[start + c]!;
      sum[c]! += a;
      squares[c]! += a * a;
    }
  }
  for (let c = 0; c < length; c++) {
    m[c] = sum[c]! / positions;
    q[c] = squares[c]! / (positions * positions);
  }
  return { m, q };
}

/**
 * Activations [positions × length] of several networks over the same positions, of one image, as those of one network with
 * all channels: [positions × Σ lengths].
 */
export function sideBySide(each: readonly Float32Array[], lengths: readonly number[]): Float32Array {
  const [first] = each;
  if (each.length === 1 && first) return first;
  const width = lengths.reduce((sum, length) => sum + length, 0);
  const positions = (first?.length ?? 0) / (lengths[0] ?? 1);
  const all = new Float32Array(positions * width);
  let from = 0;
  for (const [i, activations] of each.entries()) {
    const length = lengths[i]!;
    if (activations.length !== positions * length) throw new Error('the networks have maps of different sizes');
    for (let position = 0; position < positions; position++) {
      all.set(activations.subarray(position * length, (position + 1) * length), position * width + from);
    }
    from += length;
  }
  return all;
}

/** Mean over the channels at each position, row-major: what the network responded to. */
export function activationMap(activations: Float32Array, length: number): Float32Array {
  const map = new Float32Array(activations.length / length);
  for (let position = 0; position < map.length; position++) {
    let sum = 0;
    for (let c = 0; c < length; c++) sum += activations[position * length + c]!;
    map[position] = sum / length;
  }
  return map;
}
