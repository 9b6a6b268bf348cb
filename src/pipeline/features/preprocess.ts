// A picture's bytes to the numbers the network was trained on.
import { IMAGE_SIDE, type Preprocessing } from '../../contract/features';

const LINE = IMAGE_SIDE * 3;

/** RGB bytes, pictures end to end, to floats [224 × 224 × 3] each; `border` values around each picture stay untouched. */
export function preprocess(
  pixels: Uint8Array,
  { order, mean, std }: Preprocessing,
  floats: Float32Array,
  border = 0,
): void {
  const [first, third] = order === 'bgr' ? [2, 0] : [0, 2];
  const side = IMAGE_SIDE + 2 * border;
  const lines = pixels.length / LINE;
  for (let line = 0; line < lines; line++) {
    const [picture, y] = [Math.floor(line / IMAGE_SIDE), line % IMAGE_SIDE];
    let to = ((picture * side + y + border) * side + border) * 3;
    for (let i = line * LINE; i < (line + 1) * LINE; i += 3) {
      floats[to++] = (pixels[i + first]! - mean[0]) / std[0];
      floats[to++] = (pixels[i + 1]! - mean[1]) / std[1];
      floats[to++] = (pixels[i + third]! - mean[2]) / std[2];
    }
  }
}
