// From the last activations to what is kept of a picture: two vectors of 2048, and the 49 positions for the heat map.
import { FEATURE_LENGTH, type Features } from '../../contract/features';

/**
 * m = mean over the positions and q = Σ a² / positions², each of length 2048, of one picture's activations
 * [positions × 2048], row-major. With dropout of rate p before pooling the pooled vector has mean m and variance q·p/(1−p).
 */
export function pool(activations: Float32Array): Features {
  const positions = activations.length / FEATURE_LENGTH;
  const m = new Float32Array(FEATURE_LENGTH);
  const q = new Float32Array(FEATURE_LENGTH);
  const sum = new Float64Array(FEATURE_LENGTH);
  const squares = new Float64Array(FEATURE_LENGTH);
  for (let start = 0; start < activations.length; start += FEATURE_LENGTH) {
    for (let c = 0; c < FEATURE_LENGTH; c++) {
      const a = activations[start + c]!;
      sum[c]! += a;
      squares[c]! += a * a;
    }
  }
  for (let c = 0; c < FEATURE_LENGTH; c++) {
    m[c] = sum[c]! / positions;
    q[c] = squares[c]! / (positions * positions);
  }
  return { m, q };
}

/** Mean over the 2048 channels at each position: 49 values, row-major over the 7×7 map. */
export function activationMap(activations: Float32Array): Float32Array {
  const map = new Float32Array(activations.length / FEATURE_LENGTH);
  for (let position = 0; position < map.length; position++) {
    let sum = 0;
    for (let c = 0; c < FEATURE_LENGTH; c++) sum += activations[position * FEATURE_LENGTH + c]!;
    map[position] = sum / FEATURE_LENGTH;
  }
  return map;
}
